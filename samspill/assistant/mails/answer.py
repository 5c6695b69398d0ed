"""One mail, end to end: read, look up, prepare, decide."""

from django.db.models import Q

from samspill.assistant.brains.words import wants_person
from samspill.assistant.mails import decide, facts, orders
from samspill.assistant.mails.calling import with_calls
from samspill.assistant.mails.compose import compose
from samspill.assistant.mails.parts import begins_formally, take_apart
from samspill.assistant.mails.risks import risks
from samspill.assistant.mails.settle import Read, settle
from samspill.assistant.mails.topics import topics
from samspill.assistant.mind import Mind, mind
from samspill.conversations.models import Message
from samspill.conversations.understand import recent_before, take_in

MOST = 12_000  # letters of a mail that are read


def is_mail(message: Message) -> bool:
    """Whether a message of a contact came as a mail."""
    return getattr(message, "letter", None) is not None


def answer(message: Message) -> None:
    """Read a mail and prepare its reply, once: it goes out where that is approved and safe, else waits."""
    if message.letter.kind != "human":
        return
    settle(_read(message, mind()))


def _read(message: Message, knowing: Mind) -> Read:
    found = take_in(message, recent_before(message))
    text, language = _unanswered(message)[:MOST], found.spoken
    parts = take_apart(text, message.letter.subject, language, knowing)
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


def _unanswered(message: Message) -> str:
    """What the contact wrote since somebody last answered, this mail last: a second mail adds to the first."""
    said = Message.objects.filter(conversation=message.conversation_id, pk__lte=message.pk)
    ours = said.filter(direction="out").order_by("-pk").values_list("pk", flat=True).first() or 0
    asked = said.filter(pk__gt=ours, direction="in").filter(Q(letter=None) | Q(letter__kind="human"))
    waiting = asked.order_by("-pk").values_list("text", flat=True)[:3]
    return "\n\n".join(reversed(waiting))
