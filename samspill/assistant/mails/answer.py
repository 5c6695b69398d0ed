"""One mail, end to end: read, look up, prepare, decide."""

from collections.abc import Sequence
from itertools import takewhile

from django.db.models import F

from samspill.assistant.brains.words import wants_person
from samspill.assistant.mails import decide, facts, orders
from samspill.assistant.mails.calling import with_calls
from samspill.assistant.mails.compose import compose
from samspill.assistant.mails.parts import begins_formally, parts_of, take_apart
from samspill.assistant.mails.risks import risks
from samspill.assistant.mails.settle import Read, settle
from samspill.assistant.mails.topics import topics
from samspill.assistant.mind import Mind, mind
from samspill.conversations.models import Message
from samspill.conversations.understand import RECENT, as_read, take_in_mail

MOST = 12_000  # letters of a mail that are read
LOOK = 20  # earlier messages that are looked at
TOGETHER = 3  # unanswered mails that are read as one


def is_mail(message: Message) -> bool:
    """Whether a message of a contact came as a mail."""
    return getattr(message, "letter", None) is not None


def answer(message: Message) -> None:
    """Read a mail and prepare its reply, once: it goes out where that is approved and safe, else waits."""
    if message.letter.kind != "human":
        return
    settle(_read(message, mind()))


def _read(message: Message, knowing: Mind) -> Read:
    before = _before(message)
    text = _unanswered(message, before)[:MOST]
    sentences = take_apart(text, message.letter.subject)
    if "by" in message.reading:
        found = as_read(message, sentences.texts)
    else:
        found = take_in_mail(message, before[-RECENT:], sentences.texts)
    language = found.spoken
    parts = parts_of(sentences, found.parts, language, knowing)
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


def _before(message: Message) -> list[Message]:
    """The last messages before this one, the oldest first, each with the `kind` of mail it was, if any."""
    earlier = Message.objects.filter(conversation=message.conversation_id, pk__lt=message.pk)
    known = earlier.exclude(direction="note").annotate(kind=F("letter__kind"))
    return list(reversed(known.order_by("-pk")[:LOOK]))


def _unanswered(message: Message, before: Sequence[Message]) -> str:
    """What the contact wrote since somebody last answered, this mail last: a second mail adds to the first."""
    since = list(takewhile(lambda one: one.direction == "in", reversed(before)))
    asked = [one.text for one in since if one.kind in (None, "human")]  # type: ignore[attr-defined]
    return "\n\n".join([*reversed(asked[: TOGETHER - 1]), message.text])
