"""What programs write: kept where it belongs, never answered; and what did not arrive."""

import pytest

from samspill.channels.dispatch import dispatch as send_out
from samspill.channels.email import markers
from samspill.channels.email.account import our_addresses
from samspill.channels.email.forwarded import first_sender
from samspill.channels.email.proof import proven
from samspill.conversations.attach import path
from samspill.conversations.models import Conversation, Dispatch, Inbox, Message
from samspill.kit.models import Event
from samspill.mail.mail import Address, Kind, Mail
from tests.channels.email.post import HELP, INGRID, answers, arrives, comes, mailbox
from tests.world import World

pytestmark = pytest.mark.django_db


def bounce(original: str = "", address: str = "ingrid@berg.example", status: str = "5.1.1") -> bytes:
    """A report as RFC 3464 describes it."""
    return f"""From: Mail Delivery System <MAILER-DAEMON@mx.example>
To: {HELP}
Subject: Undelivered Mail Returned to Sender
Date: Sun, 22 Nov 2026 04:00:00 +0000
Message-ID: <bounce-{hash((original, address, status)):x}@mx.example>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="x"

--x
Content-Type: text/plain

I could not deliver your mail to {address}.

--x
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; {address}
Action: {"failed" if status.startswith("5") else "delayed"}
Status: {status}
Diagnostic-Code: smtp; 550 {status} no such user

--x
Content-Type: text/rfc822-headers

From: {HELP}
To: {address}
Subject: Re: Pakken
Message-ID: <{original}>

--x--
""".replace("\n", "\r\n").encode()


def sent(inbox: Inbox, world: World) -> Message:
    """A mail of ours that is out."""
    answer = answers(comes(inbox).conversation, world.kari)
    send_out(answer.pk)
    assert answer.dispatch.state == "sent"
    return answer


@pytest.mark.parametrize(
    ("subject", "kind"),
    [("Auto: takk for din mail", "auto_reply"), ("Out of office", "out_of_office")],
)
def test_automatic_answers_stand_in_their_thread_and_wake_nobody(
    inbox: Inbox, world: World, subject: str, kind: str
) -> None:
    answer = sent(inbox, world)
    Conversation.objects.update(status="closed", waiting_since=None)
    before = Event.objects.filter(kind="message.received").count()
    reference = f"<{answer.dispatch.external_id}>"
    message = comes(inbox, subject=subject, In_Reply_To=reference, Auto_Submitted="auto-replied")
    conversation = Conversation.objects.get()
    assert (message.conversation, message.extras) == (conversation, {"mail": kind})
    assert (conversation.status, conversation.waiting_since) == ("closed", None)
    assert Event.objects.filter(kind="message.received").count() == before
    assert Event.objects.filter(kind="mail.noticed").count() == 1


def test_a_newsletter_is_kept_closed(inbox: Inbox) -> None:
    message = comes(inbox, List_Id="<news.shop.example>")
    assert (message.conversation.status, message.extras) == ("closed", {"mail": "list"})
    assert not Event.objects.filter(kind__in=["message.received", "conversation.closed"]).exists()


def test_a_bounce_is_matched_by_our_number(inbox: Inbox, world: World) -> None:
    answer = sent(inbox, world)
    held = arrives(inbox, bounce(answer.dispatch.external_id, address="somebody@else.example"))
    answer.refresh_from_db()
    conversation = Conversation.objects.get()
    assert (answer.delivery, Dispatch.objects.get().state) == ("failed", "failed")
    assert (held.message.conversation, held.message.direction) == (conversation, "note")
    assert held.message.extras == {"mail": "bounce", "of": answer.pk, "permanent": True}
    assert (conversation.status, conversation.in_charge) == ("open", "person")
    assert conversation.waiting_since is not None
    assert "@" not in Dispatch.objects.get().error


def test_a_bounce_without_our_number_is_matched_by_address_and_time(inbox: Inbox, world: World) -> None:
    answer = sent(inbox, world)
    arrives(inbox, bounce("rewritten@provider.example"))
    answer.refresh_from_db()
    assert answer.delivery == "failed"


def test_a_delay_is_shown_and_nothing_has_failed(inbox: Inbox, world: World) -> None:
    answer = sent(inbox, world)
    held = arrives(inbox, bounce(answer.dispatch.external_id, status="4.4.1"))
    answer.refresh_from_db()
    assert (answer.delivery, held.message.extras["permanent"]) == ("sent", False)


def test_a_bounce_of_nothing_we_know_is_kept_apart(inbox: Inbox) -> None:
    first = comes(inbox)
    held = arrives(inbox, bounce("unknown@elsewhere", address="who@else.example"))
    assert held.message.conversation != first.conversation
    assert held.message.extras == {"mail": "bounce"}
    again = arrives(inbox, bounce("unknown-2@elsewhere", address="other@else.example"))
    assert again.message.conversation == held.message.conversation


def test_a_reply_to_a_bounce_joins_what_it_was_about(inbox: Inbox, world: World) -> None:
    answer = sent(inbox, world)
    raw = bounce(answer.dispatch.external_id)
    report = arrives(inbox, raw).message
    number = raw.decode().split("Message-ID: <")[1].split(">")[0]
    assert comes(inbox, "Prøv igjen", In_Reply_To=f"<{number}>").conversation == report.conversation


def test_files_are_kept_whatever_they_are_and_once(inbox: Inbox) -> None:
    from email.message import EmailMessage

    def mail(number: int) -> bytes:
        made = EmailMessage()
        made["From"], made["To"], made["Subject"], made["Message-ID"] = (
            INGRID,
            HELP,
            "Filer",
            f"<f{number}@x>",
        )
        made.set_content("Se vedlegg")
        made.add_attachment(
            b"MZ\x90\x00", maintype="application", subtype="x-msdownload", filename="../../virus.exe"
        )
        made.add_attachment("<script>alert(1)</script>", subtype="html", filename="side.html")
        return made.as_bytes()

    first, second = (arrives(inbox, mail(number)).message for number in (1, 2))
    kept = list(first.attachments.order_by("pk"))
    assert [one.name for one in kept] == ["virus.exe", "side.html"]
    assert [one.sha256 for one in kept] == [one.sha256 for one in second.attachments.order_by("pk")]
    assert all(path(one.sha256).exists() for one in kept)
    assert not {one.kind for one in kept} & {"text/html", "image/svg+xml"}


def read(sender: str, results: str) -> Mail:
    return Mail(
        Kind.HUMAN, "", Address(sender), headers={"authentication-results": tuple(results.split("|"))}
    )


@pytest.mark.parametrize(
    ("results", "right"),
    [
        ("mx.ours.example; dkim=pass header.d=berg.example; spf=fail", True),
        ("mx.ours.example 1; dmarc=pass (p=none) header.from=berg.example", True),
        ("mx.ours.example; spf=pass smtp.mailfrom=bounce@berg.example", True),
        ("mx.ours.example; dkim=pass header.d=evil.example", False),
        ("mx.ours.example; dkim=fail header.d=berg.example", False),
        ("mx.ours.example; dkim=pass header.d=notberg.example", False),
        ("mx.evil.example; dkim=pass header.d=berg.example", False),
        ("mx.ours.example; dkim=none|mx.ours.example; dkim=pass header.d=berg.example", False),
        ("mx.ours.example; dkim=fail (dkim=pass header.d=berg.example) header.d=berg.example", False),
        ("", False),
    ],
)
def test_only_our_own_server_proves_a_sender(results: str, right: bool) -> None:
    assert proven(read("ingrid@berg.example", results), "mx.ours.example") is right
    assert proven(read("ingrid@berg.example", results), "") is False


@pytest.mark.parametrize(
    "line",
    [
        "Von: Lukas <l@x.example>",
        "> Fra: Lukas [mailto:l@x.example]",
        "寄件者: Lukas <l@x.example>",
        "*From:* l@x.example",
    ],
)
def test_who_wrote_first_is_found_in_any_language(line: str) -> None:
    found = first_sender(Mail(Kind.HUMAN, "Fwd", Address(), text=f"Se under\n\n{line}\nDato: i går\n\nhei"))
    assert found is not None
    assert found.address == "l@x.example"


def test_marks_are_signed() -> None:
    made = markers.message_id(7, 9, "nordlys.example")
    assert markers.ours(made) == (7, 9)
    assert markers.ours(made.replace("7", "8", 1)) is None
    address = markers.plus_address(HELP, 7)
    assert (markers.of_address(address), markers.bare(address)) == (7, HELP)
    assert markers.of_address(address.replace("+t7", "+t8")) is None


@pytest.mark.django_db
def test_our_addresses_are_known_however_they_are_spelled(world: World) -> None:
    mailbox("Help@Nordlys.example")
    assert our_addresses() == {"help@nordlys.example"}
