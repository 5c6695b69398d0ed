"""How mails are answered: how soon, how many without a person, and what became of prepared replies."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from zoneinfo import ZoneInfo

from django.db.models import Exists, Min, OuterRef, Q, Subquery

from samspill.assistant.models import PreparedReply
from samspill.conversations.models import Conversation, Message
from samspill.kit import clock
from samspill.workspace.current import workspace
from samspill.workspace.hours import working_seconds

State = PreparedReply.State
COLUMNS = (
    "conversations", "median_s", "p90_s", "median_working_s", "p90_working_s", "answered", "without_a_person",
    "prepared", "sent_by_itself", "unchanged", "edited", "dismissed",
)  # fmt: skip


@dataclass(frozen=True)
class Case:
    """One conversation that began with a mail, and what became of it."""

    conversation: int
    week: str  # its Monday
    intent: str
    seconds: float | None  # until we first answered
    working: float | None  # the same, counted while the company is open
    person: bool  # one of us has written, or has it now
    states: tuple[str, ...] = ()  # of its prepared replies

    @property
    def resolved_alone(self) -> bool:
        """Answered, and no person had to do anything."""
        return self.seconds is not None and not self.person


@dataclass(frozen=True)
class Figures:
    """What some cases amount to."""

    name: str
    n: int
    answered: int
    alone: int
    prepared: int
    sent: int
    unchanged: int
    edited: int
    dismissed: int
    median: float | None
    p90: float | None
    median_working: float | None
    p90_working: float | None

    @property
    def judged(self) -> int:
        """Prepared replies on which a person has decided."""
        return self.unchanged + self.edited + self.dismissed

    def share(self, part: int, whole: int) -> float | None:
        """From 0 to 1; None of nothing."""
        return part / whole if whole else None

    def columns(self) -> list[object]:
        """In the order of COLUMNS."""
        times = [self.median, self.p90, self.median_working, self.p90_working]
        rounded = ["" if value is None else round(value) for value in times]
        return [
            self.n, *rounded, self.answered, self.alone, self.prepared, self.sent, self.unchanged, self.edited,
            self.dismissed,
        ]  # fmt: skip


def cases(weeks: int) -> list[Case]:
    """Every conversation of the last weeks that began with a mail of a person."""
    since = clock.ago(weeks=weeks)
    first = Message.objects.filter(
        conversation=OuterRef("pk"), direction="in", letter__kind="human"
    ).order_by("pk")
    ours = Message.objects.filter(conversation=OuterRef("pk"), direction="out")
    rows = Conversation.objects.filter(threaded=True, created_at__gte=since).annotate(
        asked_at=Subquery(first.values("created_at")[:1]),
        answered_at=Min("messages__created_at", filter=Q(messages__direction="out")),
        person=Exists(ours.filter(author="agent")),
    )
    states = defaultdict(list)
    for conversation, state in PreparedReply.objects.filter(at__gte=since).values_list(
        "conversation", "state"
    ):
        states[conversation].append(state)
    found = rows.exclude(asked_at=None).order_by("pk")
    facts = found.values_list("pk", "asked_at", "answered_at", "intent", "person", "in_charge")
    return [_case(*fact, states=states[fact[0]]) for fact in facts]


def _case(
    pk: int,
    asked: datetime,
    answered: datetime | None,
    intent: str,
    person: bool,
    in_charge: str,
    *,
    states: list[str],
) -> Case:
    local = asked.astimezone(ZoneInfo(workspace().time_zone)).date()
    monday = local - timedelta(days=local.weekday())
    return Case(
        conversation=pk,
        week=monday.isoformat(),
        intent=intent,
        seconds=(answered - asked).total_seconds() if answered else None,
        working=working_seconds(workspace(), asked, answered) if answered else None,
        person=person or in_charge == Conversation.InCharge.PERSON,
        states=tuple(states),
    )


def sum_up(some: Sequence[Case], name: str = "") -> Figures:
    """The figures of some cases."""
    states = [state for case in some for state in case.states]
    plain = [case.seconds for case in some if case.seconds is not None]
    working = [case.working for case in some if case.working is not None]
    return Figures(
        name=name,
        n=len(some),
        answered=len(plain),
        alone=sum(case.resolved_alone for case in some),
        prepared=len(states),
        sent=states.count(State.SENT),
        unchanged=states.count(State.USED),
        edited=states.count(State.EDITED),
        dismissed=states.count(State.DISMISSED),
        median=median(plain) if plain else None,
        p90=_ninety(plain),
        median_working=median(working) if working else None,
        p90_working=_ninety(working),
    )


def _ninety(values: Iterable[float]) -> float | None:
    """The value that nine of ten do not exceed."""
    ranked = sorted(values)
    return ranked[max(0, -(-9 * len(ranked) // 10) - 1)] if ranked else None


def by_week(some: Sequence[Case], weeks: int) -> list[Figures]:
    """One for each week, the oldest first, the empty ones too."""
    today = clock.now().astimezone(ZoneInfo(workspace().time_zone)).date()
    monday = today - timedelta(days=today.weekday())
    names = [(monday - timedelta(weeks=back)).isoformat() for back in range(weeks - 1, -1, -1)]
    return [sum_up([case for case in some if case.week == name], name) for name in names]


def by_intent(some: Sequence[Case]) -> list[Figures]:
    """One for each intent, the most frequent first; "" where none was known."""
    grouped: dict[str, list[Case]] = defaultdict(list)
    for case in some:
        grouped[case.intent].append(case)
    return sorted((sum_up(rows, name) for name, rows in grouped.items()), key=lambda one: (-one.n, one.name))


def chosen(some: Sequence[Case], of: str, week: str = "", intent: str | None = None) -> list[Case]:
    """The cases behind a figure."""
    wanted = {
        "answered": lambda case: case.seconds is not None,
        "alone": lambda case: case.resolved_alone,
        "prepared": lambda case: bool(case.states),
        "sent": lambda case: State.SENT in case.states,
        "unchanged": lambda case: State.USED in case.states,
        "edited": lambda case: State.EDITED in case.states,
        "dismissed": lambda case: State.DISMISSED in case.states,
    }.get(of, lambda _case: True)
    return [
        case
        for case in some
        if wanted(case) and (not week or case.week == week) and (intent is None or case.intent == intent)
    ]
