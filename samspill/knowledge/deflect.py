"""Whether articles spared somebody from having to write to us. It counts only when they say so, or when they opened
one and nobody hears from them within a day; whoever leaves without opening any counts as nothing.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from samspill.kit import clock
from samspill.kit.events import emit
from samspill.knowledge.models import Article, Deflection

HOURS = 24
MOST_ARTICLES = 20
State = Deflection.State
HasWritten = Callable[[str, datetime, datetime], bool]


def offered(key: str, source: str, language: str) -> Deflection:
    """Articles were shown to somebody about to write; once for each visit."""
    try:
        with transaction.atomic():
            return Deflection.objects.get_or_create(
                key=key[:40], defaults={"source": source, "language": language[:12]}
            )[0]
    except IntegrityError:  # two parts of the page said so at once
        return Deflection.objects.get(key=key[:40])


@transaction.atomic
def opened(key: str, article: int, source: str, language: str, who: str = "") -> None:
    """One of the articles was opened; `who` is the hash of the reader's address, once it is known."""
    offered(key, source, language)
    held = Deflection.objects.select_for_update().get(key=key[:40])
    if held.state == State.OPEN:
        held.articles = (
            [*held.articles, article][:MOST_ARTICLES] if article not in held.articles else held.articles
        )
        held.who = who or held.who
        held.save(update_fields=["articles", "who"])


@transaction.atomic
def confirmed(key: str) -> bool:
    """They say that an article answered their question; False where none was opened."""
    held = Deflection.objects.filter(key=key[:40], state=State.OPEN).exclude(articles=[])
    if not held.update(state=State.CONFIRMED, settled_at=clock.now()):
        return False
    emit("deflection.confirmed", actor="visitor", deflection=Deflection.objects.get(key=key[:40]).pk)
    return True


@transaction.atomic
def wrote(key: str, conversation: int) -> None:
    """They wrote to us after all, in the same visit; even where they had said that it helped."""
    held = Deflection.objects.filter(key=key[:40]).exclude(state=State.CAME)
    held.update(state=State.CAME, conversation_id=conversation, settled_at=clock.now())


def settle(has_written: HasWritten) -> int:
    """Decide those older than a day; `has_written` says whether the owner of an address wrote between two moments.

    Of whom no address is known, nothing can be said: they stay open and are never counted. Returns how many it was.
    """
    due = Deflection.objects.filter(state=State.OPEN, settled_at=None, at__lt=clock.ago(hours=HOURS))
    return sum(_settle(one, has_written) for one in due.order_by("at")[:1000])


@transaction.atomic
def _settle(one: Deflection, has_written: HasWritten) -> bool:
    state = State.OPEN
    if one.who and has_written(one.who, one.at, one.at + timedelta(hours=HOURS)):
        state = State.CAME
    elif one.who and one.articles:
        state = State.QUIET
    held = Deflection.objects.filter(pk=one.pk, state=State.OPEN, settled_at=None)
    return bool(held.update(state=state, settled_at=clock.now()))


@dataclass(frozen=True)
class Row:
    """How often articles were offered, and what came of it."""

    offered: int
    opened: int
    confirmed: int
    quiet: int
    came: int

    @property
    def deflected(self) -> int:
        """Those that count."""
        return self.confirmed + self.quiet


def by_week(weeks: int = 8) -> list[tuple[date, Row]]:
    """The last weeks by their Mondays, the newest first; empty weeks are left out."""
    found: dict[date, list[Deflection]] = {}
    for one in Deflection.objects.filter(at__gt=clock.ago(weeks=weeks)).order_by("-at").iterator():
        found.setdefault(one.at.date() - timedelta(days=one.at.weekday()), []).append(one)
    return [(monday, _row(ones)) for monday, ones in found.items()]


def by_article(weeks: int = 8, most: int = 20) -> list[tuple[Article, Row]]:
    """The articles that were opened, those that spared most messages first."""
    found: dict[int, list[Deflection]] = {}
    for one in Deflection.objects.filter(at__gt=clock.ago(weeks=weeks)).exclude(articles=[]).iterator():
        for article in one.articles:
            found.setdefault(article, []).append(one)
    articles = Article.objects.in_bulk(found)
    rows = [(articles[pk], _row(ones)) for pk, ones in found.items() if pk in articles]
    return sorted(rows, key=lambda pair: (-pair[1].deflected, -pair[1].opened))[:most]


def _row(ones: list[Deflection]) -> Row:
    states = Counter(one.state for one in ones)
    return Row(
        offered=len(ones),
        opened=sum(bool(one.articles) for one in ones),
        confirmed=states[State.CONFIRMED],
        quiet=states[State.QUIET],
        came=states[State.CAME],
    )
