"""From a stored raw mail to a message in a conversation."""

import hashlib

from samspill.channels.email import bounced, thread
from samspill.channels.email.account import account, our_addresses
from samspill.channels.email.letter import clean, write_letter
from samspill.channels.email.markers import bare, ours
from samspill.channels.email.sender import is_own, sender
from samspill.contacts.models import Identity
from samspill.contacts.recognise import address_hash, recognise
from samspill.contacts.verify import proven_by_mail
from samspill.conversations.models import Conversation, Inbound, Inbox, Message, Participant
from samspill.conversations.receive import join, notice, open_thread
from samspill.kit.events import emit
from samspill.mail.mail import Address, Kind, Mail
from samspill.mail.read import read
from samspill.mail.subjects import is_forward

LONGEST = 100_000
MOST_PARTICIPANTS = 20


def bring_in(inbound: Inbound) -> Message | None:
    """Make a message of a stored mail, or say in `inbound.error` why there is none."""
    mail, addresses = read(bytes(inbound.raw)), our_addresses()
    writer: Identity | None = None
    held = thread.names(mail, content_of(mail, inbound.dedup_key))
    thread.hold(held)
    rows = thread.known(held)
    copy = thread.copy_of(held, rows)
    if copy:
        inbound.error = "copy"
        return copy
    if mail.kind is Kind.BOUNCE:
        message = bounced.bring_in(inbound, mail)
    elif mail.kind is Kind.LOOP or is_own(mail, addresses) or ours(mail.message_id):
        return _looped(inbound, mail)
    else:
        writer = _identity(sender(mail, addresses), inbound)
        message = _join(inbound, mail, held, rows, writer, addresses)
    thread.remember(held, message)
    if write_letter(message, inbound, mail, account(inbound.inbox)).proven:
        _prove(mail, writer)
    return message


def _prove(mail: Mail, writer: Identity | None) -> None:
    """Whoever writes from this address owns it: their own mail server says so."""
    kind = Identity.Kind.EMAIL
    key = address_hash(kind, clean(bare(mail.sender.address)).strip()[:254])
    if writer and (writer.kind, writer.scope, writer.value_hash) == (kind, "", key):
        proven_by_mail(writer)
        return
    # somebody else is meant: the mail was passed on, or came from a form
    owner = Identity.objects.select_related("contact").filter(kind=kind, scope="", value_hash=key).first()
    if owner:
        proven_by_mail(owner)


def content_of(mail: Mail, dedup_key: str) -> str:
    """Equal for two copies of one mail, however they came here; different for two mails with one Message-ID."""
    if not mail.message_id and not mail.date:
        return dedup_key
    files = [hashlib.sha256(file.content).hexdigest() for file in mail.files]
    parts = [mail.message_id, mail.sender.address, str(mail.date), mail.subject, mail.text, *files]
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()


def _looped(inbound: Inbound, mail: Mail) -> Message | None:
    inbound.error = "loop"
    emit("mail.looped", actor="system", inbound=inbound.pk, inbox=inbound.inbox_id)
    known = ours(mail.message_id)
    return Message.objects.filter(pk=known[1], conversation=known[0]).first() if known else None


def _join(
    inbound: Inbound,
    mail: Mail,
    held: thread.Names,
    rows: list[thread.Known],
    identity: Identity,
    addresses: set[str],
) -> Message:
    place = thread.find(mail, held, rows, inbound.inbox, identity, account(inbound.inbox).reopen_days)
    conversation = place.conversation or _begin(inbound.inbox, identity, mail, place)
    if mail.kind is Kind.HUMAN:
        _note_participants(conversation, identity, mail, addresses)
    put = join if mail.kind is Kind.HUMAN else notice
    return put(
        conversation,
        identity,
        _text(mail),
        f"mail:{held.copy[:40]}",
        extras={} if mail.kind is Kind.HUMAN else {"mail": str(mail.kind)},
        inbox=inbound.inbox,
    )


def _text(mail: Mail) -> str:
    # what is passed on is what it is about
    new = "" if is_forward(mail.subject) else clean(mail.new_text).strip()
    return (new or clean(mail.text).strip())[:LONGEST]


def _identity(person: Address, inbound: Inbound) -> Identity:
    name = clean(person.name)[:160]
    address = clean(bare(person.address)).strip()
    if "@" in address:
        return recognise(Identity.Kind.EMAIL, address[:254], name=name)
    # nobody could be answered, but the mail is kept and read
    return recognise(
        Identity.Kind.EXTERNAL, inbound.dedup_key, scope=str(inbound.inbox_id), name=name or address[:160]
    )


def _begin(inbox: Inbox, identity: Identity, mail: Mail, place: thread.Place) -> Conversation:
    subject = thread.base_subject(clean(mail.subject))
    conversation = open_thread(inbox, identity, subject=subject, closed=mail.kind is not Kind.HUMAN)
    thread.relate(conversation, place)
    return conversation


def _note_participants(held: Conversation, identity: Identity, mail: Mail, addresses: set[str]) -> None:
    others = {one.address.casefold(): one for one in (*mail.to, *mail.cc) if "@" in one.address}
    foreign = [one for key, one in others.items() if bare(key) not in addresses][:MOST_PARTICIPANTS]
    people = [
        recognise(Identity.Kind.EMAIL, clean(one.address), name=clean(one.name)[:160]) for one in foreign
    ]
    rows = [
        Participant(conversation=held, identity=one)
        for one in (identity, *people)
        if one.pk != held.identity_id
    ]
    if rows:
        Participant.objects.bulk_create(rows, ignore_conflicts=True)
