"""What we say, as mails: they thread everywhere, go out once, and failures are told."""

import email
import email.policy
import socket
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from samspill.channels.dispatch import dispatch as send_out
from samspill.channels.email import markers
from samspill.channels.errors import Unreachable
from samspill.channels.models import ChannelHealth
from samspill.conversations.models import Attachment, Dispatch, Inbox, Message
from samspill.kit.models import Event
from tests.channels.email.post import HELP, LUKAS, answers, assistant_answers, comes, mailbox, server
from tests.world import World

pytestmark = pytest.mark.django_db


class Office:
    """A mail server that answers what the test tells it to."""

    def __init__(self) -> None:
        self.took: list[tuple[list[str], EmailMessage]] = []
        self.says = {"RCPT": "", "DATA": ""}
        self.tried = 0

    async def handle_RCPT(
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if self.says["RCPT"]:
            return self.says["RCPT"]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        self.tried += 1
        if self.says["DATA"]:
            return self.says["DATA"]
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.took.append((envelope.rcpt_tos, mail))
        return "250 OK"


def _authenticate(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
    return AuthResult(success=data.password == b"right", handled=False)


@pytest.fixture
def office() -> Iterator[Office]:
    office = Office()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    running = Controller(
        office, hostname="127.0.0.1", port=port, authenticator=_authenticate, auth_require_tls=False
    )
    running.start()
    office.port = port  # type: ignore[attr-defined]
    yield office
    running.stop()


@pytest.fixture
def post(world: World, office: Office) -> Inbox:
    return mailbox(smtp=server(office.port, "help", "right"))  # type: ignore[attr-defined]


def test_an_answer_is_threaded_and_readable(post: Inbox, office: Office, world: World) -> None:
    first = comes(
        post, "Hvor er pakken?\n<b>nå</b>", id="b@x", References="<a@x>", subject="SV: Pakken", Cc=LUKAS
    )
    answer = answers(
        first.conversation, world.kari, "Den kommer i morgen.\n\nSe https://nordlys.example/p?a=1&b=2"
    )
    send_out(answer.pk)
    ((to, mail),) = office.took
    assert to == ["ingrid@berg.example", "lukas@weber.example"]
    assert (mail["From"], mail["To"]) == (f"Nordlys Solar <{HELP}>", "Ingrid Berg <ingrid@berg.example>")
    assert (mail["Cc"], mail["Subject"]) == ("Lukas Weber <lukas@weber.example>", "Re: Pakken")
    assert (mail["In-Reply-To"], mail["References"]) == ("<b@x>", "<a@x> <b@x>")
    assert markers.ours(mail["Message-ID"].strip("<>")) == (first.conversation_id, answer.pk)
    assert mail["Auto-Submitted"] is None
    text = mail.get_body(("plain",)).get_content()
    html = mail.get_body(("html",)).get_content()
    assert text.startswith("Den kommer i morgen.")
    assert "> Hvor er pakken?" in text
    assert markers.tag(first.conversation_id) in text
    assert 'href="https://nordlys.example/p?a=1&amp;b=2"' in html
    assert "<b>" not in html
    assert "&lt;b&gt;" in html
    answer.refresh_from_db()
    assert (answer.delivery, answer.dispatch.external_id) == ("sent", mail["Message-ID"].strip("<>"))
    assert answer.letter.subject == "Re: Pakken"


def test_sending_again_sends_nothing(post: Inbox, office: Office, world: World) -> None:
    answer = answers(comes(post).conversation, world.kari)
    send_out(answer.pk)
    send_out(answer.pk)
    assert len(office.took) == 1


def test_whom_the_agent_took_off_the_list_gets_nothing(post: Inbox, office: Office, world: World) -> None:
    answer = answers(comes(post, Cc=LUKAS).conversation, world.kari)
    Message.objects.filter(pk=answer.pk).update(extras={"left_out": ["Lukas@weber.example"]})
    send_out(answer.pk)
    ((to, mail),) = office.took
    assert (to, mail["Cc"]) == (["ingrid@berg.example"], None)


def test_the_assistants_mail_says_so_and_goes_to_one_person(post: Inbox, office: Office) -> None:
    send_out(assistant_answers(comes(post, Cc=LUKAS).conversation).pk)
    ((to, mail),) = office.took
    assert (to, mail["Cc"]) == (["ingrid@berg.example"], None)
    assert mail["Auto-Submitted"] == "auto-replied"
    assert mail["X-Auto-Response-Suppress"] == "OOF, AutoReply"


@pytest.mark.parametrize("step", ["RCPT", "DATA"])
def test_what_the_server_refuses_for_now_is_tried_again_with_the_same_number(
    post: Inbox, office: Office, world: World, step: str
) -> None:
    answer = answers(comes(post).conversation, world.kari)
    office.says[step] = "451 4.7.1 Greylisted, come back"
    with pytest.raises(Unreachable, match="Greylisted"):
        send_out(answer.pk)
    assert Dispatch.objects.get().state == "waiting"
    office.says[step] = ""
    send_out(answer.pk)
    held = Dispatch.objects.get()
    assert (held.state, held.attempts, len(office.took)) == ("sent", 2, 1)


@pytest.mark.parametrize("step", ["RCPT", "DATA"])
def test_what_the_server_refuses_for_good_is_shown_without_the_address(
    post: Inbox, office: Office, world: World, step: str
) -> None:
    answer = answers(comes(post).conversation, world.kari)
    office.says[step] = "550 5.1.1 <ingrid@berg.example> user unknown"
    send_out(answer.pk)
    answer.refresh_from_db()
    assert (answer.delivery, answer.dispatch.error) == ("failed", "550 5.1.1 user unknown")
    assert Event.objects.filter(kind="message.failed").count() == 1


def test_a_wrong_password_waits_and_is_told(post: Inbox, office: Office, world: World) -> None:
    Inbox.objects.update(
        settings={"mail": post.settings["mail"] | {"smtp": server(office.port, "help", "wrong")}}
    )  # type: ignore[attr-defined]
    answer = answers(comes(post).conversation, world.kari)
    with pytest.raises(Unreachable):
        send_out(answer.pk)
    assert ChannelHealth.objects.get().error == "smtp_refused"
    Inbox.objects.update(settings=post.settings)
    send_out(answer.pk)
    assert ChannelHealth.objects.get().failing_since is None
    assert Dispatch.objects.get().state == "sent"


def test_a_server_that_is_down_waits(post: Inbox, world: World) -> None:
    Inbox.objects.update(settings={"mail": post.settings["mail"] | {"smtp": server(1)}})
    answer = answers(comes(post).conversation, world.kari)
    with pytest.raises(Unreachable):
        send_out(answer.pk)
    assert ChannelHealth.objects.get().error == "smtp_closed"


def test_programs_are_never_answered_by_a_program(post: Inbox, office: Office) -> None:
    first = comes(post, Auto_Submitted="auto-replied")
    send_out(assistant_answers(first.conversation).pk)
    assert office.took == []
    assert Dispatch.objects.get().state == "failed"


def test_the_assistant_stops_when_one_address_writes_without_end(post: Inbox, office: Office) -> None:
    for number in range(12):
        send_out(assistant_answers(comes(post, f"Hei {number}").conversation).pk)
    assert len(office.took) == 10


def test_our_own_addresses_are_never_written_to(post: Inbox, office: Office, world: World) -> None:
    first = comes(post, sender="sales@nordlys.example")
    mailbox("Sales@nordlys.example")
    send_out(answers(first.conversation, world.kari).pk)
    assert office.took == []
    assert Dispatch.objects.get().error == "own_address"


def test_an_inbox_without_a_mailbox_says_so(world: World) -> None:
    from samspill.conversations.configure import add_inbox

    inbox = add_inbox("email", "help@nordlys.example", by="system")
    send_out(answers(comes(inbox).conversation, world.kari).pk)
    assert Dispatch.objects.get().error == "no_mailbox"


def test_marks_and_files_go_along(post: Inbox, office: Office, world: World) -> None:
    settings = {"mail": post.settings["mail"] | {"marker": "plus"}}
    Inbox.objects.update(settings=settings)
    first = comes(post, sender="Ola <ola@x.example>")
    answer = answers(first.conversation, world.kari)
    from samspill.conversations.attach import keep_file

    keep_file(answer, b"%PDF-1.4 test", "følgeseddel.pdf")
    send_out(answer.pk)
    mail = office.took[0][1]
    assert markers.of_address(str(mail["Reply-To"])) == first.conversation_id
    file = next(mail.iter_attachments())
    assert (file.get_filename(), file.get_content()) == ("følgeseddel.pdf", b"%PDF-1.4 test")
    assert Attachment.objects.count() == 1


@pytest.mark.parametrize("name", ["Ola\r\nBcc: x@evil.example", 'Ola "den" <Store>', "陳怡君", "x" * 300])
def test_names_of_people_cannot_add_headers(post: Inbox, office: Office, world: World, name: str) -> None:
    first = comes(post)
    contact = first.conversation.contact
    contact.name = name[:160]
    contact.save()
    send_out(answers(first.conversation, world.kari).pk)
    ((to, mail),) = office.took
    assert to == ["ingrid@berg.example"]
    assert mail["Bcc"] is None


def test_a_person_writes_long_lines_in_any_language(post: Inbox, office: Office, world: World) -> None:
    text = "您好，" + "太陽能板 " * 400
    first = comes(post, "Hvor?", subject="關於訂單的問題 " * 20)
    send_out(answers(first.conversation, world.kari, text).pk)
    body = office.took[0][1].get_body(("plain",)).get_content()
    assert text.strip() in body.replace("\r\n", "\n")


def test_each_answer_names_its_message(post: Inbox, office: Office, world: World) -> None:
    first = comes(post)
    both: list[Message] = [answers(first.conversation, world.kari, text) for text in ("En", "To")]
    for answer in both:
        send_out(answer.pk)
    assert len({mail["Message-ID"] for _to, mail in office.took}) == 2
