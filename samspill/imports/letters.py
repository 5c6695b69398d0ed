"""Mails of an export: kept raw, threaded among themselves, and joined by real replies later."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from samspill.channels.models import Letter as LetterRow
from samspill.channels.models import Reference
from samspill.contacts.models import Identity
from samspill.conversations.models import Attachment, Conversation, Inbound, Inbox, Message
from samspill.imports import dating, files, people
from samspill.imports.items import Letter, Person
from samspill.imports.models import Import
from samspill.imports.talks import agents
from samspill.imports.tally import Tally
from samspill.kit import clock, crypto
from samspill.mail.mail import Address, Mail
from samspill.workspace.current import workspace
from samspill.workspace.models import Agent

MOST_REFERENCES = 30


@dataclass
class _Portion:
    """What is new in one portion."""

    of: Import
    inbox: Inbox
    tally: Tally
    agents: dict[str, Agent]
    own: set[str]
    threads: dict[str, Conversation] = field(
        default_factory=dict
    )  # digest of a Message-ID → its conversation
    parties: dict[int, set[str]] = field(default_factory=dict)  # id() of a conversation → addresses in it
    opened: list[Conversation] = field(default_factory=list)
    said: list[tuple[Message, Letter]] = field(default_factory=list)


def bring(of: Import, rows: Sequence[tuple[str, Letter]], tally: Tally) -> None:
    """Add the mails that are not here yet; closed, with their dates, in the threads they belong to."""
    assert of.inbox is not None
    there = agents()
    portion = _Portion(of, of.inbox, tally, there, own_addresses(of.inbox, there))
    fresh = _fresh(portion, rows)
    wanted = [(place, customer(portion.own, letter.mail)) for place, letter in fresh]
    found = people.bring(of, wanted, tally, listed=False)
    _look_up(portion, [letter.mail for _, letter in fresh])
    for (_, letter), identity in zip(fresh, found, strict=True):
        if identity:
            _place(portion, letter, identity)
    _write(portion)


def own_addresses(inbox: Inbox, there: Iterable[str]) -> set[str]:
    """The addresses we write from."""
    mail = inbox.settings.get("mail")
    box = mail.get("address", "") if isinstance(mail, dict) else ""
    return {box.casefold(), workspace().email.casefold(), *there} - {""}


def digest(mail_id: str) -> str:
    """What a Message-ID is looked up by."""
    return crypto.digest("mail-id", mail_id)


def related(mail: Mail) -> list[str]:
    """Digests of the mails this one answers, the nearest first."""
    ids = [*mail.in_reply_to, *reversed(mail.references)]
    return [digest(one) for one in dict.fromkeys(ids) if one][:MOST_REFERENCES]


def known(inbox: Inbox, letters: Iterable[Letter]) -> set[str]:
    """Keys of those mails that are here already, imported or fetched."""
    keys = {letter.key: letter for letter in letters}
    found = set(Inbound.objects.filter(inbox=inbox, dedup_key__in=keys).values_list("dedup_key", flat=True))
    ids = {digest(one.mail.message_id): key for key, one in keys.items() if one.mail.message_id}
    mine = Reference.objects.filter(conversation__inbox=inbox, digest__in=ids, message__isnull=False)
    return found | {ids[one] for one in mine.values_list("digest", flat=True)}


def _fresh(portion: _Portion, rows: Sequence[tuple[str, Letter]]) -> list[tuple[str, Letter]]:
    seen, ids, kept = known(portion.inbox, (letter for _, letter in rows)), set(), []
    for place, letter in rows:
        twin = letter.mail.message_id and letter.mail.message_id in ids
        if letter.key in seen or twin:
            portion.tally.count("known")
        elif not customer(portion.own, letter.mail).emails:
            portion.tally.skip(place, "no_sender")
        else:
            kept.append((place, letter))
        seen.add(letter.key)
        ids.add(letter.mail.message_id)
    return kept


def threads(inbox: Inbox, mails: Iterable[Mail]) -> set[str]:
    """Digests of these mails, and of those they answer, that lead to a conversation already."""
    wanted = {one for mail in mails for one in (digest(mail.message_id), *related(mail))}
    found = Reference.objects.filter(digest__in=wanted, conversation__inbox=inbox)
    return set(found.values_list("digest", flat=True))


def customer(own: set[str], mail: Mail) -> Person:
    """Whom the mail is from; of our own mails, whom it went to."""
    someone = next((one for one in _everybody(mail) if _bare(one) not in own), Address())
    return Person(name=someone.name, emails=(someone.address,) if someone.address else ())


def _everybody(mail: Mail) -> list[Address]:
    return [one for one in (mail.sender, *mail.to, *mail.cc) if one.address]


def _bare(one: Address) -> str:
    return one.address.casefold()


def _look_up(portion: _Portion, mails: Sequence[Mail]) -> None:
    """The conversations these mails may belong to, and who takes part in them."""
    wanted = {one for mail in mails for one in (digest(mail.message_id), *related(mail))}
    rows = Reference.objects.filter(digest__in=wanted, conversation__inbox=portion.inbox)
    for row in rows.select_related("conversation__identity").order_by("-pk"):
        portion.threads[row.digest] = row.conversation
        portion.parties.setdefault(row.conversation.pk, set()).add(row.conversation.identity.value.casefold())
    letters = LetterRow.objects.filter(message__conversation__in=portion.parties)
    for pk, sender, to, cc in letters.values_list("message__conversation", "sender", "to", "cc"):
        addresses = {str(one.get("address", "")).casefold() for one in (sender, *to, *cc)}
        portion.parties[pk] |= addresses - portion.own - {""}


def _place(portion: _Portion, letter: Letter, identity: Identity) -> None:
    mail, at = letter.mail, date(letter.mail)
    conversation = _thread(portion, mail, identity)
    if conversation is None:
        conversation = _open(portion, letter, identity, at)
    others = {_bare(one) for one in _everybody(mail)} - portion.own
    portion.parties.setdefault(conversation.pk or id(conversation), set()).update(others)
    for one in (digest(mail.message_id), *related(mail)):
        portion.threads.setdefault(one, conversation)
    portion.said.append((_message(portion, letter, conversation), letter))


def date(mail: Mail) -> datetime:
    """When it was written; never in the future."""
    return min(mail.date or clock.now(), clock.now())


def _thread(portion: _Portion, mail: Mail, identity: Identity) -> Conversation | None:
    """The conversation of a mail it refers to, where somebody of this mail takes part."""
    mine = {_bare(one) for one in _everybody(mail)} - portion.own
    for one in (digest(mail.message_id), *related(mail)):
        found = portion.threads.get(one) if mail.message_id or one != digest("") else None
        if found is None:
            continue
        if (
            mine & portion.parties.get(found.pk or id(found), set())
            or found.contact_id == identity.contact_id
        ):
            return found
    return None


def _open(portion: _Portion, letter: Letter, identity: Identity, at: datetime) -> Conversation:
    row = Conversation(
        inbox=portion.inbox,
        contact=identity.contact,
        identity=identity,
        subject=letter.mail.subject[:200],
        external_id=f"mail:{letter.key}",
        threaded=True,
        in_charge=Conversation.InCharge.PERSON,
        status=Conversation.Status.CLOSED,
        closed_at=at,
    )
    row.created_at = at
    portion.opened.append(row)
    return row


def _message(portion: _Portion, letter: Letter, conversation: Conversation) -> Message:
    mail = letter.mail
    ours = _bare(mail.sender) in portion.own
    extras: dict[str, object] = {"import": portion.of.pk}
    if ours and _bare(mail.sender) not in portion.agents:
        extras["written_by"] = (mail.sender.name or mail.sender.address)[:120]
    return Message(
        conversation=conversation,
        external_id=f"mail:{letter.key}",
        direction=Message.Direction.OUT if ours else Message.Direction.IN,
        author=Message.Author.AGENT if ours else Message.Author.CONTACT,
        agent=portion.agents.get(_bare(mail.sender)) if ours else None,
        text=(mail.new_text or mail.text or mail.subject).replace("\0", ""),
        extras=extras,
        delivery=Message.Delivery.DELIVERED,
    )


def _write(portion: _Portion) -> None:
    times = {id(row): row.created_at for row in portion.opened}
    for made in Conversation.objects.bulk_create(portion.opened):
        portion.tally.add("conversation", made.pk)
    dating.date_back("samspill_conversation", {row.pk: times[id(row)] for row in portion.opened})
    Message.objects.bulk_create([message for message, _ in portion.said])
    dating.date_back("samspill_message", {message.pk: date(letter.mail) for message, letter in portion.said})
    dating.move_on(_latest(portion))
    kept = [one for m, letter in portion.said for one in files.keep(m, letter.mail.files, portion.tally)]
    Attachment.objects.bulk_create(kept)
    _keep_raw(portion)
    _refer(portion)
    for message, _ in portion.said:
        portion.tally.add("message", message.pk)
        portion.tally.conversations[message.conversation.pk] = message.conversation.contact_id
    portion.tally.count("conversations", len(portion.opened))
    portion.tally.count("messages", len(portion.said))


def _latest(portion: _Portion) -> dict[int, datetime]:
    """The time of the newest mail of each conversation."""
    found: dict[int, datetime] = {}
    for message, letter in portion.said:
        pk, at = message.conversation.pk, date(letter.mail)
        found[pk] = max(at, found.get(pk, at))
    return found


def _keep_raw(portion: _Portion) -> None:
    raws = [
        Inbound(
            inbox=portion.inbox,
            dedup_key=letter.key,
            raw=letter.raw,
            state=Inbound.State.DONE,
            message=message,
        )
        for message, letter in portion.said
    ]
    Inbound.objects.bulk_create(raws)
    pairs = zip(portion.said, raws, strict=True)
    LetterRow.objects.bulk_create([_letter(message, letter.mail, raw) for (message, letter), raw in pairs])


def _letter(message: Message, mail: Mail, raw: Inbound) -> LetterRow:
    return LetterRow(
        message=message,
        inbound=raw,
        kind=str(mail.kind),
        subject=mail.subject[:400],
        sender=_named(mail.sender),
        to=[_named(one) for one in mail.to],
        cc=[_named(one) for one in mail.cc],
        mail_id=mail.message_id[:400],
        references=list(mail.references),
        quoted=mail.quoted,
        signature=mail.signature,
        protection=mail.protection[:20],
        date=mail.date,
    )


def _named(one: Address) -> dict[str, str]:
    return {"address": one.address, "name": one.name}


def _refer(portion: _Portion) -> None:
    """Whatever a later mail may name leads here."""
    rows: dict[tuple[str, int], Reference] = {}
    for message, letter in portion.said:
        for one in related(letter.mail):
            rows.setdefault(
                (one, message.conversation.pk), Reference(digest=one, conversation=message.conversation)
            )
        if letter.mail.message_id:
            own = digest(letter.mail.message_id)
            rows[own, message.conversation.pk] = Reference(
                digest=own, conversation=message.conversation, message=message
            )
    named = [row for row in rows.values() if row.message]
    Reference.objects.bulk_create([row for row in rows.values() if not row.message], ignore_conflicts=True)
    Reference.objects.bulk_create(
        named, update_conflicts=True, unique_fields=["digest", "conversation"], update_fields=["message"]
    )
