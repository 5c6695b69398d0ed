"""Bounces of every mail server: who, why, for good or not, and which of our mails. And what only looks like one."""

import pytest

from samspill.mail.mail import Bounce, Kind
from samspill.mail.read import read
from tests.mail.made import HEAD, headed, mail, multipart, part, with_parts

OURS = (
    "Message-ID: <ours-7@nordlys.example>\nFrom: hei@nordlys.example\nTo: ola@kunde.example\nSubject: Svar\n"
)
DAEMON = "From: Mail Delivery System <MAILER-DAEMON@mx.example>\nTo: hei@nordlys.example\nReturn-Path: <>\n"


def _head(
    subject: str, sender: str = "Mail Delivery System <MAILER-DAEMON@mx.example>", more: str = ""
) -> str:
    return f"From: {sender}\nTo: hei@nordlys.example\nSubject: {subject}\nDate: Mon, 5 Jan 2026 10:00:00 +0000\n{more}"


def _report(
    fields: str,
    text: str = "It failed.",
    copy: str = OURS,
    subject: str = "Undelivered Mail Returned to Sender",
) -> bytes:
    parts = [
        part(text),
        part(f"Reporting-MTA: dns; mx.example\n\n{fields}", "message/delivery-status"),
        part(copy, "message/rfc822"),
    ]
    return with_parts(
        parts,
        "report",
        parameters="; report-type=delivery-status",
        head=_head(subject) + "MIME-Version: 1.0\n",
    )


def _bounce(raw: bytes) -> Bounce:
    found = read(raw)
    assert found.kind is Kind.BOUNCE, found.kind
    assert found.bounce
    return found.bounce


def test_a_report_says_who_why_and_which() -> None:
    found = _bounce(
        _report(
            "Final-Recipient: rfc822; ola@kunde.example\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 No such user\n"
        )
    )
    assert found == Bounce(
        "ola@kunde.example", "5.1.1", True, "ours-7@nordlys.example", "550 5.1.1 No such user"
    )


def test_a_report_on_several_names_them_all_and_the_failed_first() -> None:
    fields = "\n".join(
        f"Final-Recipient: rfc822; {who}@kunde.example\nAction: {action}\nStatus: {status}\n"
        for who, action, status in [
            ("a", "delayed", "4.4.1"),
            ("b", "failed", "5.2.2"),
            ("c", "delivered", "2.0.0"),
            ("d", "failed", "5.1.1"),
        ]
    )
    found = _bounce(_report(fields))
    assert (found.address, found.status, found.others) == ("b@kunde.example", "5.2.2", ("d@kunde.example",))


def test_the_address_we_wrote_to_counts_not_where_it_was_forwarded() -> None:
    fields = "Original-Recipient: rfc822;ola@kunde.example\nFinal-Recipient: rfc822;x9@inner.example\nAction: failed\nStatus: 5.0.0\n"
    assert _bounce(_report(fields)).address == "ola@kunde.example"


def test_a_vague_status_gives_way_to_the_servers_own_words() -> None:
    fields = "Final-Recipient: rfc822;o@k.example\nAction: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 552 mailbox full\n"
    assert _bounce(_report(fields)).status == "5.2.2"


def test_a_delay_is_not_for_good() -> None:
    found = _bounce(
        _report(
            "Final-Recipient: rfc822; o@k.example\nAction: delayed\nStatus: 4.4.1\n",
            subject="Delayed Mail (still being retried)",
        )
    )
    assert (found.permanent, found.status) == (False, "4.4.1")


def test_a_report_of_success_is_no_bounce() -> None:
    found = read(
        _report(
            "Final-Recipient: rfc822; o@k.example\nAction: delivered\nStatus: 2.0.0\n",
            subject="Successful Mail Delivery Report",
        )
    )
    assert (found.bounce, found.kind) == (None, Kind.AUTO_REPLY)


WORDS = {
    "qmail": (
        _head("failure notice", "MAILER-DAEMON@mx.example"),
        "Hi. This is the qmail-send program at mx.example.\nI'm afraid I wasn't able to deliver your message to the following addresses.\n"
        "This is a permanent error; I've given up. Sorry it didn't work out.\n\n<ola@kunde.example>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n"
        f"--- Below this line is a copy of the message.\n\nReturn-Path: <hei@nordlys.example>\n{OURS}\nHei",
        ("ola@kunde.example", "5.1.1", True, "ours-7@nordlys.example"),
    ),
    "Exim": (
        _head(
            "Mail delivery failed: returning message to sender",
            "Mail Delivery System <Mailer-Daemon@mx.example>",
        ),
        "This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\n"
        "recipients. This is a permanent error. The following address(es) failed:\n\n  ola@kunde.example\n    host mx.kunde.example [192.0.2.1]\n"
        "    SMTP error from remote mail server after RCPT TO:<ola@kunde.example>:\n    550 Mailbox quota exceeded\n\n"
        f"------ This is a copy of the message, including all the headers. ------\n\n{OURS}\n",
        ("ola@kunde.example", "5.2.2", True, "ours-7@nordlys.example"),
    ),
    "Exim, late": (
        _head("Warning: message 1abc-2 delayed 24 hours", "Mail Delivery System <Mailer-Daemon@mx.example>"),
        "This message was created automatically by mail delivery software.\nA message that you sent has not yet been delivered to one or more of its\n"
        "recipients after more than 24 hours on the queue on mx.example.\n\nThe address to which the message has not yet been delivered is:\n\n  ola@kunde.example\n\n"
        "No action is required on your part. Delivery attempts will continue for some time.\n",
        ("ola@kunde.example", "4.", False, ""),
    ),
    "old Sendmail": (
        _head("Returned mail: User unknown", "Mail Delivery Subsystem <MAILER-DAEMON>"),
        "The original message was received at Mon, 5 Jan 2026\nfrom nordlys.example [192.0.2.3]\n\n   ----- The following addresses had permanent fatal errors -----\n"
        "<ola@kunde.example>\n\n   ----- Transcript of session follows -----\n550 <ola@kunde.example>... User unknown\n",
        ("ola@kunde.example", "5.1.1", True, ""),
    ),
    "Exchange of old": (
        _head("Undeliverable: Svar", "System Administrator <postmaster@kunde.example>"),
        "Your message did not reach some or all of the intended recipients.\n\n      Subject:  Svar\n      Sent:     05.01.2026 10:00\n\n"
        "The following recipient(s) could not be reached:\n\n      ola@kunde.example on 05.01.2026 10:01\n            The e-mail account does not exist at the organization.\n"
        "            <mx.kunde.example #5.1.1>\n",
        ("ola@kunde.example", "5.1.1", True, ""),
    ),
    "Microsoft 365 in German": (
        _head(
            "Unzustellbar: Svar",
            "Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@kunde.example>",
        ),
        "Fehler bei der Zustellung an folgende Empfänger oder Gruppen:\n\nola@kunde.example\nDie von Ihnen eingegebene E-Mail-Adresse wurde nicht gefunden.\n\n"
        "Diagnoseinformationen für Administratoren:\nGenerierender Server: mx.kunde.example\nola@kunde.example\nRemote Server returned '550 5.1.10 RESOLVER.ADR.RecipientNotFound'\n",
        ("ola@kunde.example", "5.1.10", True, ""),
    ),
    "Gmail": (
        _head(
            "Delivery Status Notification (Failure)",
            "Mail Delivery Subsystem <mailer-daemon@googlemail.com>",
            "X-Failed-Recipients: ola@kunde.example\nReferences: <ours-7@nordlys.example>\n",
        ),
        "** Address not found **\n\nYour message wasn't delivered to ola@kunde.example because the address couldn't be found, or is unable to receive mail.\n",
        ("ola@kunde.example", "5.1.1", True, "ours-7@nordlys.example"),
    ),
    "Yahoo": (
        _head("Failure Notice", "MAILER-DAEMON@yahoo.example"),
        "Sorry, we were unable to deliver your message to the following address.\n\n<ola@kunde.example>:\n554: 30: Sorry, your message to ola@kunde.example cannot be delivered. This mailbox is disabled\n",
        ("ola@kunde.example", "5.2.1", True, ""),
    ),
    "Notes": (
        _head(
            "DELIVERY FAILURE: User ola (ola@kunde.example) not listed in Domino Directory",
            "Postmaster@kunde.example",
        ),
        "Your message\n\n  Subject: Svar\n\nwas not delivered to:\n\n  ola@kunde.example\n\nbecause:\n\n  User ola (ola@kunde.example) not listed in Domino Directory\n",
        ("ola@kunde.example", "5.1.1", True, ""),
    ),
    "GMX": (
        _head(
            "Mail delivery failed: returning message to sender",
            "GMX Mailer Daemon <mailer-daemon@gmx.example>",
        ),
        "This message was created automatically by mail delivery software.\nA message that you sent could not be delivered to one or more of its recipients.\n"
        "The following address failed:\n\n    ola@kunde.example:\n        SMTP error from remote server for RCPT TO command, host: mx.kunde.example (192.0.2.1) reason: 550 5.7.1 Message rejected as spam\n",
        ("ola@kunde.example", "5.7.1", True, ""),
    ),
    "QQ": (
        _head("系统退信/Systems bounce", "<postmaster@qq.example>"),
        "抱歉，您的邮件被退回来了……\n\n原邮件信息：\n收件人：ola@kunde.example\n主题：Svar\n\n退信原因：收件人邮件地址（ola@kunde.example）不存在，邮件无法送达。\nhost mx.kunde.example said: 550 5.1.1 User unknown\n",
        ("ola@kunde.example", "5.1.1", True, ""),
    ),
    "in Traditional Chinese": (
        _head("無法傳遞: 回覆", "postmaster@kunde.example"),
        "無法將郵件傳遞給下列收件者或群組：\n\nola@kunde.example\n您輸入的電子郵件地址不存在。\n",
        ("ola@kunde.example", "5.1.1", True, ""),
    ),
    "in Japanese": (
        _head("Undelivered Mail Returned to Sender", "Mail Administrator <Postmaster@mobile.example>"),
        "次のあて先へのメッセージはエラーのため送信できませんでした。\n\n送信先メールアドレスが見つかりません。\n <ola@kunde.example>\n550 : User unknown\n",
        ("ola@kunde.example", "5.1.1", True, ""),
    ),
    "in Norwegian": (
        _head("Kan ikke leveres: Svar", "Microsoft Outlook <postmaster@kunde.example>"),
        "Leveringen til disse mottakerne eller gruppene mislyktes:\n\nola@kunde.example (ola@kunde.example)\nMottakerens postboks er full.\nFjernserver returnerte '554 5.2.2 mailbox full'\n",
        ("ola@kunde.example", "5.2.2", True, ""),
    ),
    "Postfix without a report": (
        _head("Undelivered Mail Returned to Sender", "MAILER-DAEMON@mx.example (Mail Delivery System)"),
        "This is the Postfix program at host mx.example.\n\nI'm sorry to have to inform you that your message could not be\ndelivered to one or more recipients.\n\n"
        "<ola@kunde.example>: Host or domain name not found. Name service error for name=kunde.example type=A\n",
        ("ola@kunde.example", "5.1.2", True, ""),
    ),
    "GroupWise": (
        _head("Message status - undeliverable", "Mailer-Daemon@kunde.example"),
        "The attached file had the following undeliverable recipient(s):\n        ola@kunde.example\n\nTranscript of session follows:\nCommand: ola@kunde.example\nResponse: 550 5.1.1 User unknown\n",
        ("ola@kunde.example", "5.1.1", True, ""),
    ),
}


@pytest.mark.parametrize("server", WORDS)
def test_servers_own_words_are_understood(server: str) -> None:
    head, text, (address, status, permanent, original) = WORDS[server]
    found = _bounce(mail(text, head=head, more="Content-Type: text/plain; charset=utf-8\n"))
    assert (found.address, found.permanent, found.original) == (address, permanent, original)
    assert found.status.startswith(status)


NONE = {
    "somebody on holiday": mail("I am out of the office until 12 January.", head=headed(From="a@b.example", To="hei@nordlys.example", Subject="Automatic reply: Undeliverable parcel", Return_Path="<>", Auto_Submitted="auto-replied")),
    "a guard that asks who we are": mail("Your message was not delivered yet. Please confirm your message by clicking the link below, so that it is delivered.", head=headed(From="Postmaster <postmaster@guard.example>", Subject="Confirm your message")),
    "a customer who asks about one": mail("Hi, I got this from your server:\n\n> Undelivered Mail Returned to Sender\n> 550 5.1.1 <info@nordlys.example>: User unknown\n\nWhat is wrong?", head=headed(From="Ola <ola@kunde.example>", Subject="Undelivered mail")),
    "a customer who passes one on": mail("See below.\n\n---------- Forwarded message ----------\nFrom: Mail Delivery System <MAILER-DAEMON@mx.example>\nSubject: Undelivered Mail Returned to Sender\n\nThis is the mail system at host mx.example.\n550 5.1.1 User unknown", head=headed(From="Ola <ola@kunde.example>", Subject="Fwd: Undelivered Mail Returned to Sender")),
    "a customer who attaches one": with_parts([part("It says my mail to you failed."), part(_report("Final-Recipient: rfc822; x@y.example\nAction: failed\nStatus: 5.1.1\n"), "message/rfc822")], head=HEAD),
    "a parcel that was not delivered": mail("My parcel could not be delivered. The driver returned it. Order 550.", head=headed(From="Ola <ola@kunde.example>", Subject="Delivery failed")),
    "a parcel service": mail("Dear Ola,\n\nyour parcel 550 could not be delivered today. We will try again tomorrow.", head=headed(From="DHL <noreply@parcels.example>", Subject="Delivery failed", Return_Path="<>")),
    "a person in the postmaster's chair": mail("Hello, we would like to order two inverters.", head=headed(From="Postmaster <postmaster@kunde.example>", Subject="Order")),
}  # fmt: skip


@pytest.mark.parametrize("name", NONE)
def test_what_only_looks_like_a_bounce_is_none(name: str) -> None:
    found = read(NONE[name])
    assert found.bounce is None
    assert found.kind is not Kind.BOUNCE


def test_a_report_within_an_ordinary_multipart_of_a_server_counts() -> None:
    inner = multipart(
        [
            part("x"),
            part(
                "Final-Recipient: rfc822; o@k.example\nAction: failed\nStatus: 5.1.1\n",
                "message/delivery-status",
            ),
        ],
        "mixed",
        "in",
    )
    assert _bounce(with_parts([inner], head=DAEMON + "Subject: x\n")).address == "o@k.example"
