"""From stored raw mails to messages in conversations: many at once, as if one after the other."""

from collections.abc import Sequence

from samspill.channels.email import bounced, references, thread
from samspill.channels.email.account import account, our_addresses
from samspill.channels.email.arriving import Arriving, waves
from samspill.channels.email.letter import clean, letter_of
from samspill.channels.email.markers import bare, ours
from samspill.channels.email.sender import is_own
from samspill.channels.models import Letter
from samspill.contacts.models import Identity
from samspill.contacts.recognise import Address as Met
from samspill.contacts.recognise import address_hash, recognise_all
from samspill.contacts.verify import proven_by_mail
from samspill.conversations.models import Conversation, Inbound, Message, Participant
from samspill.conversations.receive_together import Said, Thread, join_all, open_threads
from samspill.kit.events import emit
from samspill.mail.mail import Address, Kind, Mail
from samspill.mail.read import read
from samspill.mail.subjects import is_forward

LONGEST = 100_000


def bring_in(inbounds: Sequence[Inbound]) -> None:
    """Name the message each stored mail becomes in `inbound.message`, or say in `inbound.error` why there is none.

    All are of one inbox; the caller's transaction holds them and keeps what is named.
    """
    if not inbounds:
        return
    box, addresses = account(inbounds[0].inbox), our_addresses()
    mails = [Arriving(one, read(bytes(one.raw)), box, addresses) for one in inbounds]
    references.hold(one.names for one in mails)
    for wave in waves(mails):
        _bring_in(wave)


def _bring_in(wave: Sequence[Arriving]) -> None:
    for one, rows in zip(wave, references.known([one.names for one in wave]), strict=True):
        one.known = rows
    came, posts = [], []
    for one in wave:
        if _is_copy(one) or _is_loop(one):
            continue
        (came if one.mail.kind is Kind.BOUNCE else posts).append(one)
    for one in came:
        one.inbound.message = bounced.bring_in(one.inbound, one.mail)
    if posts:
        _post(posts)
    if came or posts:
        _keep([*came, *posts])


def _is_copy(one: Arriving) -> bool:
    """Whether the same mail is here already; then this delivery points to it."""
    one.inbound.message = references.copy_of(one.names, one.known)
    one.inbound.error = "copy" if one.inbound.message else ""
    return one.inbound.message is not None


def _is_loop(one: Arriving) -> bool:
    """Whether one of our own mails came back; then nothing comes of it."""
    mail, inbound = one.mail, one.inbound
    looped = mail.kind is Kind.LOOP or is_own(mail, one.ours) or bool(ours(mail.message_id))
    if mail.kind is Kind.BOUNCE or not looped:
        return False
    inbound.error, inbound.message = "loop", _of_ours(mail)
    emit("mail.looped", actor="system", inbound=inbound.pk, inbox=inbound.inbox_id)
    return True


def _of_ours(mail: Mail) -> Message | None:
    known = ours(mail.message_id)
    return Message.objects.filter(pk=known[1], conversation=known[0]).first() if known else None


def _post(posts: Sequence[Arriving]) -> None:
    """Mails that somebody wrote, or a program for him, stand in their conversations now."""
    _recognise(posts)
    asked = [thread.Asked(one.mail, one.names, one.known, one.inbound.inbox, one.people[0]) for one in posts]
    for one, place in zip(posts, thread.find(asked, posts[0].account.reopen_days), strict=True):
        one.place = place
    conversations = _conversations(posts)
    _note_participants(posts, conversations)
    said = [_said(one, held) for one, held in zip(posts, conversations, strict=True)]
    for one, message in zip(posts, join_all(said), strict=True):
        one.inbound.message = message


def _recognise(posts: Sequence[Arriving]) -> None:
    wanted = [[_writer(one), *map(_named, one.others)] for one in posts]
    found = iter(recognise_all([address for some in wanted for address in some]))
    for one, some in zip(posts, wanted, strict=True):
        one.people = [next(found) for _ in some]


def _writer(one: Arriving) -> Met:
    address = clean(bare(one.writer.address)).strip()
    if "@" in address:
        return _named(one.writer, address)
    # nobody could be answered, but the mail is kept and read
    name = clean(one.writer.name)[:160] or address[:160]
    scope = str(one.inbound.inbox_id)
    return Met(Identity.Kind.EXTERNAL, one.inbound.dedup_key, scope=scope, name=name)


def _named(person: Address, address: str = "") -> Met:
    value = address or clean(person.address).strip()
    return Met(Identity.Kind.EMAIL, value[:254], name=clean(person.name)[:160])


def _conversations(posts: Sequence[Arriving]) -> list[Conversation]:
    """Where each belongs; what belongs nowhere begins one."""
    wanted = [one for one in posts if one.place.conversation is None]
    begun = iter(open_threads([_thread(one) for one in wanted]) if wanted else [])
    found = [one.place.conversation or next(begun) for one in posts]
    for conversation, one in zip(found, posts, strict=True):
        thread.relate(conversation, one.place)
    return found


def _thread(one: Arriving) -> Thread:
    subject = thread.base_subject(clean(one.mail.subject))
    return Thread(one.inbound.inbox, one.people[0], subject, closed=not one.by_person)


def _note_participants(posts: Sequence[Arriving], conversations: Sequence[Conversation]) -> None:
    rows = [
        Participant(conversation=held, identity=person)
        for one, held in zip(posts, conversations, strict=True)
        for person in one.people
        if one.by_person and person.pk != held.identity_id
    ]
    if rows:
        Participant.objects.bulk_create(rows, ignore_conflicts=True)


def _said(one: Arriving, held: Conversation) -> Said:
    return Said(
        held,
        one.people[0],
        _text(one.mail),
        f"mail:{one.names.copy[:40]}",
        {} if one.by_person else {"mail": str(one.mail.kind)},
        one.inbound.inbox,
        wakes=one.by_person,
    )


def _text(mail: Mail) -> str:
    # what is passed on is what it is about
    new = "" if is_forward(mail.subject) else clean(mail.new_text).strip()
    return (new or clean(mail.text).strip())[:LONGEST]


def _keep(came: Sequence[Arriving]) -> None:
    """What else these mails say, and how others find them."""
    references.remember([(one.names, one.message) for one in came])
    letters = [letter_of(one.message, one.inbound, one.mail, one.account) for one in came]
    for one, letter in zip(came, Letter.objects.bulk_create(letters), strict=True):
        if letter.proven:
            _prove(one.mail, one.people[0] if one.people else None)


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
