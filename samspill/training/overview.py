"""What the training pages show: intents with their sentences counted, and how the training stands."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.db.models import CharField, Count, F, Func, QuerySet, Value
from procrastinate.contrib.django.models import ProcrastinateJob

from samspill.training.labels import root
from samspill.training.models import Example, History, Intent, LearnedModel

LEARNING = ("assistant.jobs.learn", "assistant.jobs.learn_now")
SHOWN = 4


@dataclass
class Row:
    """An intent with the sentences of all that was merged into it."""

    intent: Intent
    languages: Counter[str] = field(default_factory=Counter)
    suggested: int = 0
    examples: list[Example] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many sentences it has."""
        return sum(self.languages.values())

    @property
    def spread(self) -> list[tuple[str, int]]:
        """Its languages, the most frequent first."""
        return self.languages.most_common(6)


def rows(state: str) -> list[Row]:
    """Every intent of a state, the one with most sentences first; four queries, however many there are."""
    known = list(Intent.objects.all())
    found = {one.pk: Row(one) for one in known if one.state == state}
    roots = {one.pk: root(one, known).pk for one in known}
    counted = Example.objects.filter(dropped_at=None).exclude(intent=None).values_list("intent", "language")
    for intent, language, number in counted.annotate(n=Count("pk")).order_by():
        if roots[intent] in found:
            found[roots[intent]].languages[language] += number
    waiting = _suggested()
    for row in found.values():
        row.suggested = waiting[row.intent.name]
    return sorted(found.values(), key=lambda row: (-row.count, row.intent.title))


def _suggested() -> Counter[str]:
    waiting = Example.objects.filter(intent=None, dropped_at=None).values_list("suggested")
    return Counter(dict(waiting.annotate(n=Count("pk")).order_by()))


def with_examples(shown: list[Row]) -> list[Row]:
    """The same with a few sentences each, of as many languages as there are."""
    ids = [row.intent.pk for row in shown]
    found: dict[int, list[Example]] = defaultdict(list)
    for language_turn in _first_of_each(ids):
        found[language_turn.intent_id].append(language_turn)
    for row in shown:
        row.examples = found[row.intent.pk][:SHOWN]
    return shown


def _first_of_each(intents: list[int]) -> QuerySet[Example]:
    """The newest two sentences of each language of each intent."""
    return Example.objects.raw(
        "SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY intent_id, language ORDER BY length(text), id)"
        " AS place FROM samspill_example WHERE intent_id = ANY(%s) AND dropped_at IS NULL) AS ranked"
        " WHERE place <= %s ORDER BY place, intent_id, id",
        [intents, SHOWN],
    )


def family(intent: Intent) -> list[int]:
    """Its id and those of all intents merged into it."""
    known = list(Intent.objects.all())
    return [one.pk for one in known if root(one, known).pk == intent.pk]


@dataclass(frozen=True)
class Standing:
    """How the training stands: `running`, `waiting` for its moment, or neither."""

    running: bool
    waiting: bool
    live: LearnedModel | None
    examples: int


def standing() -> Standing:
    """Three queries."""
    jobs = dict(
        ProcrastinateJob.objects.filter(task_name__in=LEARNING, status__in=("todo", "doing"))
        .values_list("status")
        .annotate(n=Count("id"))
    )
    live = LearnedModel.objects.filter(state=LearnedModel.State.LIVE).defer("data").first()
    own = Example.objects.filter(dropped_at=None, intent__state=Intent.State.ACCEPTED).count()
    return Standing("doing" in jobs, "todo" in jobs, live, own)


def models() -> list[LearnedModel]:
    """The live model first, then the newest; `intact` says whether the stored bytes are what was trained."""
    own = Func(Func(F("data"), function="sha256"), Value("hex"), function="encode", output_field=CharField())
    found = list(LearnedModel.objects.defer("data").select_related("by").annotate(now=own).order_by("-pk"))
    for one in found:
        one.intact = one.now == one.sha256  # type: ignore[attr-defined]
    return sorted(found, key=lambda one: one.state != LearnedModel.State.LIVE)


def progress(history: History) -> int | None:
    """Percent of the present step done; None where that is not known."""
    if history.state == History.State.READING and history.rows:
        return history.done * 100 // history.rows
    if history.state == History.State.GROUPING:
        own = history.examples.filter(dropped_at=None)
        whole = own.count()
        return own.exclude(vector=None).count() * 100 // whole if whole else None
    return None
