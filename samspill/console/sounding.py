"""How messages sound, in words and small drawings: always as an impression, never as a fact about a person."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.conversations.impression import presses, pressing
from samspill.conversations.models import Conversation, Message

Words = str | Promise
STEP, HEIGHT, EDGE = 9, 18, 4
MOODS: dict[str, Words] = {
    "frustrated": gettext_lazy("Sounds frustrated"),
    "impatient": gettext_lazy("Sounds impatient"),
    "neutral": gettext_lazy("Sounds matter-of-fact"),
    "satisfied": gettext_lazy("Sounds pleased"),
}
SHORT: dict[str, Words] = {
    "frustrated": gettext_lazy("frustrated"),
    "impatient": gettext_lazy("impatient"),
    "neutral": gettext_lazy("matter-of-fact"),
    "satisfied": gettext_lazy("pleased"),
}
FACES = {
    "frustrated": ("frown", "bad"),
    "impatient": ("clock", "warn"),
    "neutral": ("flat", ""),
    "satisfied": ("smile", "good"),
}
KINDS: dict[str, Words] = {
    "strong": gettext_lazy("strong words"),
    "complaint": gettext_lazy("speaks of a complaint"),
    "sarcasm": gettext_lazy("may be meant the other way round"),
    "again": gettext_lazy("not for the first time"),
    "waiting": gettext_lazy("speaks of waiting"),
    "asking": gettext_lazy("question marks"),
    "shouting": gettext_lazy("capital letters"),
    "exclaiming": gettext_lazy("exclamation marks"),
    "angry_face": gettext_lazy("an angry face"),
    "sad_face": gettext_lazy("a sad face"),
    "glad_face": gettext_lazy("a glad face"),
    "thanks": gettext_lazy("thanks"),
    "praise": gettext_lazy("praise"),
    "urgent": gettext_lazy("says that it is urgent"),
    "deadline": gettext_lazy("a time that comes soon"),
    "danger": gettext_lazy("something may be dangerous"),
    "stakes": gettext_lazy("much hangs on it"),
    "calm": gettext_lazy("says that there is no hurry"),
    "wording": gettext_lazy("choice of words"),
}


@dataclass(frozen=True)
class Dot:
    """One message in the drawing of a trend."""

    x: int
    y: float
    mood: str


@dataclass(frozen=True)
class Sounding:
    """What a page shows of a reading."""

    mood: str = ""
    words: Words = ""
    face: str = ""
    tone: str = ""
    urgent: bool = False
    why: tuple[tuple[str, Words], ...] = ()  # what was written, and what it stands for
    dots: tuple[Dot, ...] = ()
    told: str = ""  # the drawing in words

    @property
    def quotes(self) -> str:
        """The words that moved it, between quotation marks."""
        return _(", ").join(_("“%(words)s”") % {"words": words} for words, _kind in self.why)

    @property
    def points(self) -> str:
        """The drawing's line."""
        return " ".join(f"{dot.x},{dot.y}" for dot in self.dots)

    @property
    def width(self) -> int:
        """Of the drawing."""
        return len(self.dots) * STEP


def sounds(thing: Conversation | Message) -> Sounding:
    """How a message sounds by itself, or a conversation by its last messages."""
    return _message(thing) if isinstance(thing, Message) else _conversation(thing)


def _message(message: Message) -> Sounding:
    face, tone = FACES.get(message.mood, ("", ""))
    wanted = (message.mood, "urgency") if presses(message.urgency) else (message.mood,)
    found = {
        str(one["words"]): KINDS.get(one["kind"], "")
        for one in message.reading.get("reasons", ())
        if one.get("moves") in wanted and one.get("by", 0) > 0
    }
    return Sounding(
        mood=message.mood,
        words=MOODS.get(message.mood, ""),
        face=face,
        tone=tone,
        urgent=presses(message.urgency),
        why=tuple(found.items()),
    )


def _conversation(conversation: Conversation) -> Sounding:
    trend = [one for one in conversation.trend if one["mood"]]
    face, tone = FACES.get(conversation.mood, ("", ""))
    words = [word for one in pressing(conversation.trend) for word in one.get("words", ())]
    return Sounding(
        mood=conversation.mood,
        words=MOODS.get(conversation.mood, ""),
        face=face,
        tone=tone,
        urgent=conversation.urgent,
        why=tuple((word, "") for word in dict.fromkeys(words)),
        dots=tuple(_dot(at, one) for at, one in enumerate(trend)),
        told=_told([one["mood"] for one in trend]),
    )


def _dot(at: int, one: dict[str, object]) -> Dot:
    height = float(str(one["sentiment"] or 0))
    y = HEIGHT / 2 - max(-1.0, min(1.0, height)) * (HEIGHT / 2 - EDGE)
    return Dot(at * STEP + STEP // 2, round(y, 1), str(one["mood"]))


def _told(moods: list[str]) -> str:
    """frustrated, then pleased: the same mood twice is said once."""
    runs = [mood for at, mood in enumerate(moods) if at == 0 or moods[at - 1] != mood]
    then = _(", then ")
    return _("Mood so far, as it sounds: %(moods)s") % {
        "moods": then.join(str(SHORT[mood]) for mood in runs[-4:])
    }
