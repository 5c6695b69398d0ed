"""Mails, end to end: read, look up, prepare, decide."""

from collections.abc import Sequence
from itertools import takewhile

from samspill.assistant.brains.words import wants_person
from samspill.assistant.mails import decide, facts, orders
from samspill.assistant.mails.before import before
from samspill.assistant.mails.calling import with_calls
from samspill.assistant.mails.compose import compose
from samspill.assistant.mails.held import Read
from samspill.assistant.mails.parts import begins_formally, parts_of, take_apart, vectors_of_each
from samspill.assistant.mails.risks import risks
from samspill.assistant.mails.settle import settle
from samspill.assistant.mails.topics import topics
from samspill.assistant.mind import Mind, mind
from samspill.conversations.models import Message
from samspill.conversations.understand import RECENT, Understood, as_read, take_in_mail
from samspill.intelligence.encoder import Vectors

MOST = 12_000  # letters of a mail that are read
TOGETHER = 3  # unanswered mails that are read as one


def is_mail(message: Message) -> bool:
    """Whether a message of a contact came as a mail."""
    return getattr(message, "letter", None) is not None


def answer(mails: Sequence[Message]) -> None:
    """Read mails and prepare the reply to each, once: it goes out where that is approved and safe, else waits.

    Of each conversation there is one.
    """
    asked = [one for one in mails if one.letter.kind == "human"]
    if asked:
        settle(_read(asked, mind()))


def _read(mails: Sequence[Message], knowing: Mind) -> list[Read]:
    around = before(mails)
    taken = [_Taken(one, around[one.pk]) for one in mails]
    vectors = iter(vectors_of_each([one.sentences.texts for one in taken if one.is_read]))
    return [one.read(knowing, next(vectors) if one.is_read else None) for one in taken]


class _Taken:
    """A mail with what stands before it, taken apart."""

    def __init__(self, message: Message, before: Sequence[Message]) -> None:
        self.message, self.before = message, before
        self.text = _unanswered(message, before)[:MOST]
        self.sentences = take_apart(self.text, message.letter.subject)
        self.is_read = "by" in message.reading

    def read(self, knowing: Mind, vectors: Vectors | None) -> Read:
        """What it wants and what we would say; the `vectors` of its sentences where it has been read before."""
        message, text = self.message, self.text
        found = self._found(vectors)
        language = found.spoken
        parts = parts_of(self.sentences, found.parts, language, knowing)
        known = orders.look_up(message, text, language)
        about = with_calls(
            topics(parts, known, language, knowing), message, text, language, knowing, proven=known.proven
        )
        case = decide.Case(
            message=message,
            text=text,
            found=found,
            topics=about,
            orders=known,
            risks=risks(f"{message.letter.subject}\n{text}", language),
            wants_person=any(wants_person(part.text) for part in parts) or wants_person(text),
        )
        name = message.conversation.contact.name or str(message.letter.sender.get("name", ""))
        reply = compose(about, language, name, formal=begins_formally(text, language))
        return Read(case, reply, facts.entities(text, language, message.conversation))

    def _found(self, vectors: Vectors | None) -> Understood:
        if self.is_read:
            return as_read(self.message, vectors)
        return take_in_mail(self.message, self.before[-RECENT:], self.sentences.texts)


def _unanswered(message: Message, before: Sequence[Message]) -> str:
    """What the contact wrote since somebody last answered, this mail last: a second mail adds to the first."""
    since = list(takewhile(lambda one: one.direction == "in", reversed(before)))
    asked = [one.text for one in since if one.kind in (None, "human")]  # type: ignore[attr-defined]
    return "\n\n".join([*reversed(asked[: TOGETHER - 1]), message.text])
