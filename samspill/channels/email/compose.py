"""What we say, as a mail that every mail program threads, and whose answer finds back."""

from collections.abc import Iterable
from email.headerregistry import Address as Mailbox
from email.message import EmailMessage
from email.policy import SMTP

from django.utils import translation
from django.utils.formats import date_format
from django.utils.html import escape, urlize
from django.utils.translation import gettext as _

from samspill.channels.email import markers
from samspill.channels.email.account import Account, our_addresses
from samspill.channels.email.thread import base_subject
from samspill.channels.models import Letter
from samspill.conversations.attach import path
from samspill.conversations.models import Dispatch, Message
from samspill.kit import languages
from samspill.workspace.current import workspace

MOST_REFERENCES = 20
MOST_QUOTED = 20_000


def compose(dispatch: Dispatch, account: Account) -> EmailMessage:
    """The mail for a message of ours; composed again it is the same, with the same Message-ID."""
    message = dispatch.message
    conversation, answered = message.conversation, answered_letter(message)
    company = workspace()
    reader = languages.spoken(conversation.language, company.language)
    mail = EmailMessage(policy=SMTP)
    with translation.override(languages.django_code(reader)):
        mail["Subject"] = subject(message, answered, account)
        _address(mail, dispatch, account, answered, company.name)
        _thread(mail, message, answered, account)
        _write(mail, message, answered)
    for file in message.attachments.all():
        main, _slash, sub = file.kind.partition("/")
        content = path(file.sha256).read_bytes()
        mail.add_attachment(content, maintype=main, subtype=sub or "octet-stream", filename=file.name)
    return mail


def answered_letter(message: Message) -> Letter | None:
    """The last mail of a person before this message: the one it answers."""
    earlier = Letter.objects.select_related("message").filter(
        message__conversation=message.conversation_id, message__direction="in", kind="human"
    )
    return earlier.filter(message__lt=message.pk).order_by("-message").first()


def subject(message: Message, answered: Letter | None, account: Account) -> str:
    """“Re:” before what the mail that is answered was about."""
    about = base_subject(answered.subject if answered else message.conversation.subject)
    about = f"Re: {about}" if about else _("Your message to %(company)s") % {"company": workspace().name}
    return f"{about} {markers.tag(message.conversation_id)}" if account.marker == "subject" else about


def is_automatic(message: Message) -> bool:
    """Whether no person wrote it."""
    return message.author != Message.Author.AGENT


def _address(
    mail: EmailMessage, dispatch: Dispatch, account: Account, answered: Letter | None, company: str
) -> None:
    to = dispatch.identity.value
    mail["From"] = _mailbox(account.sender_name or company, account.address)
    mail["To"] = _mailbox(dispatch.identity.contact.name, to)
    # the assistant may tell what concerns one person alone: whoever reads along hears from people only
    if answered and not is_automatic(dispatch.message):
        others = [answered.sender, *answered.to, *answered.cc]
        copies = {one["address"].casefold(): one for one in others if "@" in one["address"]}
        left_out = our_addresses() | {to.casefold()}
        readers = [_mailbox(one["name"], one["address"]) for key, one in copies.items()
                   if key not in left_out and markers.bare(key) not in left_out]  # fmt: skip
        if readers:
            mail["Cc"] = [one for one in readers if one.addr_spec]
    if account.marker == "plus":
        mail["Reply-To"] = _mailbox(
            "", markers.plus_address(account.address, dispatch.message.conversation_id)
        )


def _mailbox(name: str, address: str) -> Mailbox:
    printable = "".join(one for one in name if one.isprintable())
    local, _at, domain = address.rpartition("@")
    return Mailbox(printable, local, domain)


def _thread(mail: EmailMessage, message: Message, answered: Letter | None, account: Account) -> None:
    mail["Message-ID"] = f"<{markers.message_id(message.conversation_id, message.pk, account.domain)}>"
    mail["Date"] = message.created_at
    if answered and answered.mail_id:
        chain = [*answered.references, answered.mail_id][-MOST_REFERENCES:]
        mail["In-Reply-To"] = f"<{_token(answered.mail_id)}>"
        mail["References"] = " ".join(f"<{_token(one)}>" for one in dict.fromkeys(chain))
    if is_automatic(message):
        mail["Auto-Submitted"] = "auto-replied"
        mail["X-Auto-Response-Suppress"] = "OOF, AutoReply"  # not the reports of what did not arrive


def _token(message_id: str) -> str:
    return "".join(message_id.split())


def _write(mail: EmailMessage, message: Message, answered: Letter | None) -> None:
    mark, quoted = markers.tag(message.conversation_id), _quoted(answered)
    intro = _intro(answered)
    lines = [message.text.strip(), "", mark]
    if quoted:
        lines += ["", intro, *(f"> {line}".rstrip() for line in quoted)]
    mail.set_content("\n".join(lines) + "\n")
    mail.add_alternative(_html(message.text.strip(), mark, intro, quoted), subtype="html")


def _quoted(answered: Letter | None) -> list[str]:
    return answered.message.text[:MOST_QUOTED].splitlines() if answered else []


def _intro(answered: Letter | None) -> str:
    if answered is None:
        return ""
    when = date_format(answered.date or answered.message.created_at, "SHORT_DATETIME_FORMAT")
    name = answered.sender["name"] or answered.sender["address"]
    return _("On %(when)s, %(name)s wrote:") % {"when": when, "name": name}


def _html(text: str, mark: str, intro: str, quoted: Iterable[str]) -> str:
    paragraphs = "".join(f"<p>{_line(part)}</p>" for part in text.split("\n\n") if part.strip())
    quote = "<br>".join(escape(line) for line in quoted)
    # mail programs fold what stands in such a quotation
    below = (
        f'<div class="gmail_quote"><p>{escape(intro)}</p><blockquote type="cite">{quote}</blockquote></div>'
    )
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>{paragraphs}'
        f"<p><small>{escape(mark)}</small></p>{below if quote else ''}</body></html>"
    )


def _line(text: str) -> str:
    return urlize(text.strip(), autoescape=True).replace("\n", "<br>")
