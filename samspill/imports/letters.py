"""Mails of an export: kept raw, closed and with their dates, in threads that later replies join."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from samspill.channels.email.account import account
from samspill.channels.email.letter import clean, letter_of
from samspill.channels.models import Letter as LetterRow
from samspill.channels.models import Reference
from samspill.contacts.models import Identity
from samspill.conversations.models import Conversation, Inbound, Message, Participant
from samspill.imports import dating, people
from samspill.imports.items import Letter, Person
from samspill.imports.models import Import
from samspill.imports.talks import agents
from samspill.imports.tally import Tally
from samspill.imports.threads import Threads, known, outsiders, own_addresses, written
from samspill.mail.mail import Kind
from samspill.workspace.models import Agent

LONGEST = 100_000
Placed = tuple[Letter, list[Identity]]


@dataclass
class _Portion:
    """What is new in one portion."""

    of: Import
    tally: Tally
    agents: dict[str, Agent]
    own: set[str]
    threads: Threads
    said: list[tuple[Message, Letter]] = field(default_factory=list)
    parts: list[Participant] = field(default_factory=list)


def bring(of: Import, rows: Sequence[tuple[str, Letter]], tally: Tally) -> None:
    """Add the mails that are not here yet."""
    assert of.inbox is not None
    there = agents()
    portion = _Portion(of, tally, there, own_addresses(of.inbox, there), Threads(of.inbox))
    placed = _with_people(portion, fresh(of, portion.own, rows, tally))
    portion.threads.look_up(letter for letter, _ in placed)
    for letter, identities in placed:
        _place(portion, letter, identities)
    _write(portion)


def fresh(
    of: Import, own: set[str], rows: Sequence[tuple[str, Letter]], tally: Tally
) -> list[tuple[str, Letter]]:
    """Those that are not here yet and say whom they are with; the rest is counted."""
    assert of.inbox is not None
    seen, kept = known(of.inbox, [letter for _, letter in rows]), []
    for place, letter in rows:
        if letter.key in seen or letter.names.copy in seen:
            tally.count("known")
        elif not outsiders(own, letter.mail):
            tally.skip(place, "no_sender")
        else:
            kept.append((place, letter))
        seen |= {letter.key, letter.names.copy}
    return kept


def _with_people(portion: _Portion, rows: list[tuple[str, Letter]]) -> list[Placed]:
    wanted: list[tuple[str, Person]] = []
    spans = []
    for place, letter in rows:
        someone = outsiders(portion.own, letter.mail)
        spans.append((letter, len(wanted), len(someone)))
        wanted += [(place, person) for person in someone]
    found = people.bring(portion.of, wanted, portion.tally, listed=False)
    placed = [(letter, [one for one in found[start : start + many] if one]) for letter, start, many in spans]
    return [(letter, identities) for letter, identities in placed if identities]


def _place(portion: _Portion, letter: Letter, identities: list[Identity]) -> None:
    conversation = portion.threads.place(letter, identities)
    portion.said.append((_message(portion, letter, conversation), letter))
    others = (one for one in identities if one.pk != conversation.identity_id)
    if letter.mail.kind is Kind.HUMAN:
        portion.parts += [Participant(conversation=conversation, identity=one) for one in others]


def _message(portion: _Portion, letter: Letter, conversation: Conversation) -> Message:
    mail = letter.mail
    sender = mail.sender.address.casefold()
    ours, agent = sender in portion.own, portion.agents.get(sender)
    extras: dict[str, object] = {"import": portion.of.pk}
    extras |= {"mail": str(mail.kind)} if mail.kind is not Kind.HUMAN else {}
    if ours and agent is None:
        extras["written_by"] = clean(mail.sender.name or mail.sender.address)[:120]
    return Message(
        conversation=conversation,
        external_id=f"mail:{letter.names.copy[:40]}",
        direction=Message.Direction.OUT if ours else Message.Direction.IN,
        author=Message.Author.AGENT if ours else Message.Author.CONTACT,
        agent=agent if ours else None,
        text=clean(mail.new_text).strip()[:LONGEST] or clean(mail.text).strip()[:LONGEST],
        extras=extras,
        delivery=Message.Delivery.DELIVERED,
    )


def _write(portion: _Portion) -> None:
    begun, said, tally = portion.threads.begun, portion.said, portion.tally
    times = {row.external_id: row.created_at for row in begun}
    for made in Conversation.objects.bulk_create(begun):
        tally.add("conversation", made.pk)
    dating.date_back("samspill_conversation", {row.pk: times[row.external_id] for row in begun})
    for sent in Message.objects.bulk_create([message for message, _ in said]):
        tally.add("message", sent.pk)
        tally.conversations[sent.conversation_id] = sent.conversation.contact_id
    dating.date_back("samspill_message", {one.pk: written(letter.mail) for one, letter in said})
    dating.move_on(_latest(said))
    Participant.objects.bulk_create(portion.parts, ignore_conflicts=True)
    _keep_raw(portion)
    _refer(said)
    tally.count("conversations", len(begun))
    tally.count("messages", len(said))


def _latest(said: list[tuple[Message, Letter]]) -> dict[int, datetime]:
    """The time of the newest mail of each conversation."""
    found: dict[int, datetime] = {}
    for message, letter in said:
        at = written(letter.mail)
        found[message.conversation_id] = max(at, found.get(message.conversation_id, at))
    return found


def _keep_raw(portion: _Portion) -> None:
    """The bytes, what they say besides the text, and the files."""
    assert portion.of.inbox is not None
    box, done = account(portion.of.inbox), Inbound.State.DONE
    raws = [
        Inbound(inbox=portion.of.inbox, dedup_key=letter.key, raw=letter.raw, state=done, message=message)
        for message, letter in portion.said
    ]
    Inbound.objects.bulk_create(raws)
    pairs = zip(portion.said, raws, strict=True)
    LetterRow.objects.bulk_create([letter_of(one, raw, letter.mail, box) for (one, letter), raw in pairs])
    portion.tally.count("files", sum(len(letter.mail.files) for _, letter in portion.said))


def _refer(said: list[tuple[Message, Letter]]) -> None:
    """Whatever a later mail may name leads here."""
    mine: dict[tuple[str, int], Reference] = {}
    others: dict[tuple[str, int], Reference] = {}
    for message, letter in said:
        names, conversation = letter.names, message.conversation
        for name in filter(None, (names.own, names.copy, names.outlook)):
            row = Reference(digest=name, conversation=conversation, message=message)
            mine[name, conversation.pk] = row
        for name in names.referred:
            others[name, conversation.pk] = Reference(digest=name, conversation=conversation)
    Reference.objects.bulk_create(
        mine.values(),
        update_conflicts=True,
        unique_fields=["digest", "conversation"],
        update_fields=["message"],
    )
    Reference.objects.bulk_create(others.values(), ignore_conflicts=True)
