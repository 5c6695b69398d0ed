"""Regular evaluation: the assistant's own eyes and traffic, given to the floor below that measures."""

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, F, FloatField, Q
from django.db.models.functions import Floor

from samspill.assistant.mind import mind
from samspill.assistant.models import Turn
from samspill.conversations.understand import SURE
from samspill.intelligence.encoder import Vectors
from samspill.intelligence.intents import Reading
from samspill.intelligence.language import UNKNOWN
from samspill.kit import clock, languages
from samspill.knowledge.vectors import encoder
from samspill.training import runs
from samspill.training.drift import BEFORE_DAYS, BINS, WEEK_DAYS, Traffic
from samspill.training.models import Evaluation, EvaluationPlan
from samspill.workspace.current import workspace

NIGHT_HOUR = 2


class LiveModel:
    """Reads intents as the assistant does now."""

    def read(self, texts: Sequence[str], codes: Sequence[str], vectors: Vectors) -> list[Reading]:
        """One reading a text."""
        intents = mind().intents
        if intents.model is not None:
            return intents.model.read(texts, codes, vectors)
        guesses = [intents.guess(*one) for one in zip(texts, codes, vectors, strict=True)]
        return [Reading(guess.ranked[:5], float(guess.zone != "hand_over")) for guess in guesses]


@dataclass(frozen=True)
class Ears:
    """Hears language and mood as the assistant does in the first message of a conversation."""

    expected: tuple[str, ...]

    def heard(self, text: str) -> tuple[str, str]:
        """The language's code and the mood's name. Raises ModelUnavailable."""
        found = encoder().analyse(text, self.expected, ())
        code = found.language if found.language_confidence >= SURE else UNKNOWN
        return code, mood_of(found)


def mood_of(found: Any) -> str:
    """What the mood is called in the golden set."""
    named = getattr(found, "mood", "")
    if isinstance(named, str) and named:
        return named
    return {"negative": "frustrated", "positive": "satisfied"}.get(found.sentiment, found.sentiment)


def run_now(evaluation: int) -> None:
    """Do a run that was asked for. Raises ModelUnavailable while the text models are away."""
    run = Evaluation.objects.get(pk=evaluation)
    own = workspace().language
    ears = Ears(tuple(dict.fromkeys([own, *languages.FULL])))
    runs.carry_out(run, LiveModel(), ears, *weeks(clock.now()))


def begin_at_night() -> None:
    """Begin the planned run in the company's third hour of the day, on Mondays where it is weekly."""
    here = clock.now().astimezone(ZoneInfo(workspace().time_zone))
    every = EvaluationPlan.current().every
    due = every == EvaluationPlan.Every.DAY or (every == EvaluationPlan.Every.WEEK and here.weekday() == 0)
    if due and here.hour == NIGHT_HOUR:
        with suppress(runs.AlreadyRunning):
            runs.begin(Evaluation.Trigger.SCHEDULE)


def weeks(moment: datetime) -> tuple[Traffic, Traffic]:
    """The traffic of the seven days before `moment`, and of the four weeks before those."""
    middle = moment - timedelta(days=WEEK_DAYS)
    return traffic(middle, moment), traffic(middle - timedelta(days=BEFORE_DAYS), middle)


def traffic(begin: datetime, end: datetime) -> Traffic:
    """What the assistant heard between two moments."""
    turns = Turn.objects.filter(at__gte=begin, at__lt=end)
    whole = turns.aggregate(
        conversations=Count("conversation", distinct=True),
        messages=Count("pk"),
        unknown=Count("pk", filter=Q(outcome="unknown")),
    )
    codes = turns.exclude(message__language="").values_list("message__language").annotate(n=Count("pk"))
    return Traffic(**whole, confidence=_tenths(turns), languages=dict(codes.order_by()))


def _tenths(turns: Any) -> list[int]:
    decided = turns.exclude(brain="rules").exclude(confidence=None)
    tenth = Floor(F("confidence") * BINS, output_field=FloatField())
    counted = Counter()
    for place, count in decided.annotate(tenth=tenth).values_list("tenth").annotate(n=Count("pk")).order_by():
        counted[min(max(int(place), 0), BINS - 1)] += count
    return [counted[place] for place in range(BINS)]
