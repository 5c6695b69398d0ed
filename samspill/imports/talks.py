"""Conversations and messages of an export, with the state and the times they had."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from samspill.contacts.models import Identity
from samspill.conversations.attach import keep_file
from samspill.conversations.models import Conversation, Message
from samspill.imports import dating, people
from samspill.imports.items import Said, Talk
from samspill.imports.models import Import
from samspill.imports.tally import Tally
from samspill.kit import clock
from samspill.workspace.models import Agent

Author, Direction = Message.Author, Message.Direction
FIRST = "description"  # the first words of a ticket, where an export gives them apart from the messages
Placed = tuple[str, Said]


@dataclass
class _Portion:
    """What is new in one portion."""

    of: Import
    tally: Tally
    agents: dict[str, Agent]
    there: dict[str, Conversation]
    said: list[tuple[Conversation, str, Said]] = field(default_factory=list)


def bring(of: Import, rows: Sequence[tuple[str, Talk | Said]], tally: Tally) -> None:
    """Add the conversations and messages that are not here yet; those of the same id are known."""
    keys = {_id(of, row.key if isinstance(row, Talk) else row.talk) for _, row in rows}
    there = Conversation.objects.filter(inbox=of.inbox, external_id__in=keys)
    portion = _Portion(of, tally, agents(), {one.external_id: one for one in there})
    talks = [(place, row) for place, row in rows if isinstance(row, Talk)]
    _open(portion, talks)
    for place, row in rows:
        _gather(portion, place, row)
    _say(portion)


def agents() -> dict[str, Agent]:
    """Everybody who answers or once did, by mail address."""
    return {agent.email.casefold(): agent for agent in Agent.objects.all()}


def _id(of: Import, key: str) -> str:
    return f"{of.form}:{key}"[:200]


def _open(portion: _Portion, talks: list[tuple[str, Talk]]) -> None:
    new = {_id(portion.of, t.key): (p, t) for p, t in talks if _id(portion.of, t.key) not in portion.there}
    portion.tally.count("known", len(talks) - len(new))
    wanted = [(place, talk.person) for place, talk in new.values()]
    found = people.bring(portion.of, wanted, portion.tally, listed=False)
    pairs = zip(new.values(), found, strict=True)
    rows = [_conversation(portion.of, talk, identity) for (_, talk), identity in pairs if identity]
    for made in Conversation.objects.bulk_create(rows):
        portion.there[made.external_id] = made
        portion.tally.add("conversation", made.pk)
        portion.tally.conversations[made.pk] = made.contact_id
    portion.tally.count("conversations", len(rows))
    dating.date_back("samspill_conversation", {row.pk: _begun(new[row.external_id][1]) for row in rows})


def _conversation(of: Import, talk: Talk, identity: Identity) -> Conversation:
    begun = _begun(talk)
    ended = max([begun, *(one.at for one in talk.said if one.at)])
    return Conversation(
        inbox=of.inbox,
        contact=identity.contact,
        identity=identity,
        subject=talk.subject[:200],
        external_id=_id(of, talk.key),
        threaded=True,
        in_charge=Conversation.InCharge.PERSON,
        status=Conversation.Status.OPEN if talk.open else Conversation.Status.CLOSED,
        closed_at=None if talk.open else ended,
    )


def _begun(talk: Talk) -> datetime:
    times = [one.at for one in talk.said if one.at]
    return talk.at or min(times, default=clock.now())


def _gather(portion: _Portion, place: str, row: Talk | Said) -> None:
    conversation = portion.there.get(_id(portion.of, row.key if isinstance(row, Talk) else row.talk))
    if conversation is None:
        if isinstance(row, Said):
            portion.tally.skip(place, "unknown_conversation")
        return  # a conversation without a customer has been skipped already
    said = row.said if isinstance(row, Talk) else (row,)
    portion.said += [(conversation, place, one) for one in said if one.key]


def _say(portion: _Portion) -> None:
    """Write the messages that are not here yet, the oldest first."""
    conversations = {conversation.pk: conversation for conversation, _, _ in portion.said}
    known = set(
        Message.objects.filter(conversation__in=conversations).values_list("conversation_id", "external_id")
    )
    firsts = {pk for pk, _ in known}
    first_words = _first_words(portion.of, conversations)
    fresh: list[tuple[Message, Said]] = []
    for conversation, place, said in sorted(portion.said, key=lambda one: one[2].at or clock.now()):
        key = (conversation.pk, _id(portion.of, said.key))
        again = said.text == first_words.get(conversation.pk) or (
            said.key == FIRST and conversation.pk in firsts
        )
        if key in known or again:
            continue
        known.add(key)
        if not said.text and not said.files and not said.outside:
            portion.tally.note(f"{place} {said.key}"[-60:], "empty_message")
            continue
        fresh.append((_message(portion, conversation, said, key[1]), said))
    _write(portion, fresh)


def _first_words(of: Import, conversations: dict[int, Conversation]) -> dict[int, str]:
    rows = Message.objects.filter(conversation__in=conversations, external_id=_id(of, FIRST))
    return dict(rows.values_list("conversation_id", "text"))


def _message(portion: _Portion, conversation: Conversation, said: Said, external_id: str) -> Message:
    agent = portion.agents.get(said.email.casefold()) if said.by == "agent" else None
    extras: dict[str, object] = {"import": portion.of.pk}
    if said.by == "agent" and agent is None and said.name:
        extras["written_by"] = said.name[:120]
    if said.outside:
        extras["files_elsewhere"] = list(said.outside[:20])
        portion.tally.count("files_outside", len(said.outside))
    return Message(
        conversation=conversation,
        external_id=external_id,
        direction=_direction(said),
        author={"contact": Author.CONTACT, "agent": Author.AGENT}.get(said.by, Author.SYSTEM),
        agent=agent,
        text=said.text,
        extras=extras,
        delivery=Message.Delivery.DELIVERED,
    )


def _direction(said: Said) -> str:
    if said.note or said.by == "system":
        return Direction.NOTE
    return Direction.IN if said.by == "contact" else Direction.OUT


def _write(portion: _Portion, fresh: list[tuple[Message, Said]]) -> None:
    Message.objects.bulk_create([message for message, _ in fresh])
    for message, said in fresh:
        portion.tally.count("files", len(said.files))
        for file in said.files:
            keep_file(message, file.content, file.name)
    dating.date_back("samspill_message", {message.pk: said.at for message, said in fresh if said.at})
    portion.tally.count("messages", len(fresh))
    latest: dict[int, datetime] = {}
    for message, said in fresh:
        portion.tally.add("message", message.pk)
        portion.tally.conversations[message.conversation_id] = message.conversation.contact_id
        if said.at:
            latest[message.conversation_id] = max(said.at, latest.get(message.conversation_id, said.at))
    dating.move_on(latest)
    _wait(fresh)


def _wait(fresh: list[tuple[Message, Said]]) -> None:
    """Where the customer had the last word in an open conversation, they are still waiting."""
    last = {
        message.conversation_id: (message, said) for message, said in fresh if message.direction != "note"
    }
    for pk, (message, said) in last.items():
        if message.conversation.status == Conversation.Status.OPEN:
            since = (said.at or clock.now()) if message.direction == Direction.IN else None
            Conversation.objects.filter(pk=pk).update(waiting_since=since)
