"""What becomes of a prepared reply: it goes out, waits for one click, or a person takes over. The first rule wins."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from samspill.assistant.escalate import STRONG, too_upset
from samspill.assistant.mails.orders import Orders, is_theirs
from samspill.assistant.mails.topics import Topic
from samspill.assistant.models import Approval
from samspill.conversations.models import Attachment, Conversation, Message
from samspill.conversations.understand import Understood
from samspill.kit import languages

LONG = 2_500  # letters from which a mail is more than a question
MANY = 3  # points from which a person should look at it
IN_A_ROW = 3  # replies the assistant gives without a person before it asks for one


@dataclass(frozen=True)
class Case:
    """Everything the rules look at."""

    message: Message
    text: str
    found: Understood
    topics: Sequence[Topic]
    orders: Orders
    risks: dict[str, str] = field(default_factory=dict)
    wants_person: bool = False

    @property
    def answered(self) -> list[Topic]:
        """The points there is something to say to."""
        return [topic for topic in self.topics if topic.text]

    @property
    def open(self) -> list[Topic]:
        """The points nothing is known to."""
        return [topic for topic in self.topics if topic.kind == "nothing"]

    @property
    def confidence(self) -> float:
        """How sure we are of the whole: as sure as of its weakest part."""
        return min((topic.confidence for topic in self.answered), default=0.0)


def handed_over_because(case: Case) -> str:
    """Why a person should take over now; "" where the assistant can go on."""
    upset = too_upset(case.found, case.message.conversation)
    labels = {topic.intent for topic in case.topics if topic.kind == "person"}
    rules = (
        ("asked", case.wants_person or "human" in labels),
        ("risk", bool(set(case.risks) - {"complaint"})),
        ("upset", upset or _frustration(case.found) >= STRONG),
        ("complaint", "complaint" in case.risks or ("complaint" in labels and _sounds_so(case.found))),
        ("flow", any(topic.facts for topic in case.topics if topic.kind == "person")),
        ("intent", bool(labels - {"complaint"})),
        ("failed", not case.answered),
        ("complex", _is_complex(case)),
    )
    return next((reason for reason, holds in rules if holds), "")


def waits_because(case: Case, held: Conversation) -> str:
    """Why the reply does not go out by itself; "" where it may. The caller's transaction holds the conversation."""
    personal = any(topic.personal for topic in case.answered)
    unsure = [topic for topic in case.answered if topic.confidence < _least().get(topic.intent, 2.0)]
    rules = (
        ("person", held.in_charge != Conversation.InCharge.ASSISTANT),
        ("upset", case.found.mood == "frustrated"),
        ("unverified", not case.orders.proven),
        ("others", _has_others(case, personal)),
        ("asks", any(topic.kind == "asks" for topic in case.topics)),
        ("partly", bool(case.open)),
        ("files", _has_files(case.message)),
        ("language", _is_foreign(case)),
        ("too_many", in_a_row(held) >= IN_A_ROW),
        ("not_approved", any(topic.intent not in _least() for topic in case.answered)),
        ("unsure", bool(unsure)),
    )
    return next((why for why, holds in rules if holds), "")


def in_a_row(conversation: Conversation) -> int:
    """How often the assistant has answered since a person last did."""
    ours = conversation.messages.filter(direction="out")
    person = ours.filter(author="agent").order_by("-pk").values_list("pk", flat=True).first() or 0
    return ours.filter(author="assistant", pk__gt=person).count()


def _least() -> dict[str, float]:
    return dict(Approval.objects.values_list("intent", "least"))


def _frustration(found: Understood) -> float:
    return float((found.reading or {}).get("scores", {}).get("frustrated", 0.0))


def _sounds_so(found: Understood) -> bool:
    """A complaint is only taken for one where it sounds like one."""
    return found.mood in ("frustrated", "impatient")


def _is_complex(case: Case) -> bool:
    several = len(case.open) > 1 or len(case.topics) > MANY
    return several or (len(case.text) > LONG and (bool(case.open) or len(case.topics) > 1))


def _has_others(case: Case, personal: bool) -> bool:
    """Somebody else would read what is personal, or somebody else wrote."""
    letter = case.message.letter
    if not is_theirs(case.message, str(letter.sender.get("address", ""))):
        return True
    return personal and (bool(letter.cc) or len(letter.to) > 1)


def _has_files(message: Message) -> bool:
    return Attachment.objects.filter(message=message, content_id="").exists()


def _is_foreign(case: Case) -> bool:
    heard = case.found.spoken
    return heard not in languages.FULL or any(topic.language != heard for topic in case.answered)
