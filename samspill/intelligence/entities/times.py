"""Days, hours, ranges and lengths in what people write."""

from collections.abc import Iterator
from datetime import date

from samspill.intelligence.entities.atoms import Atom, atoms
from samspill.intelligence.entities.clock_rules import CLOCKS
from samspill.intelligence.entities.context import Context
from samspill.intelligence.entities.day_rules import DAYS
from samspill.intelligence.entities.entity import Entity
from samspill.intelligence.entities.grammar import Scene
from samspill.intelligence.entities.hour_rules import HOURS
from samspill.intelligence.entities.lexicon import lexicon
from samspill.intelligence.entities.moments import PARTS, Hours, settled
from samspill.intelligence.entities.plain import plain
from samspill.intelligence.entities.span_rules import SPANS

_CORE = frozenset("SxDEWwMTCyzhesxKkOaHvQIUGXPN")
_MOST = 400  # pieces; nobody says more about times in one message


def find_times(text: str, context: Context) -> list[Entity]:
    """Every day, hour, range and length; kinds date, time, datetime, each with `_range`, and duration."""
    words = lexicon(context.language, context.country)
    pieces = atoms(plain(text), words)[:_MOST]
    if not any(piece.kind in _CORE for piece in pieces):
        return []
    scene = Scene(context.now, words.day_first, context.language in ("en", ""), context.expects)
    return list(_told(_reduced(pieces, scene), context))


def find_day(text: str, context: Context) -> date | None:
    """The first day a text names."""
    for one in find_times(text, context):
        if one.kind.startswith("date"):
            return date.fromisoformat(one.value[:10])
    return None


def _reduced(pieces: list[Atom], scene: Scene) -> list[Atom]:
    for grammar in (DAYS, SPANS, CLOCKS, HOURS):
        pieces = grammar.reduce(pieces, scene)
    return pieces


def _told(pieces: list[Atom], context: Context) -> Iterator[Entity]:
    for piece in pieces:
        if piece.kind in _TELL and piece.start < piece.end:
            made = _entity(piece)
            parts = tuple(_entity(part) for part in piece.parts if part.start < part.end)
            yield Entity(made.kind, made.start, made.end, made.value, made.confidence, parts)
        elif (
            piece.kind == "N"
            and "time" in context.expects
            and 0 <= piece.value <= 24
            and piece.value % 1 == 0
        ):
            hours = settled(Hours(int(piece.value) * 60, None, piece.value <= 12))
            yield Entity("time", piece.start, piece.end, str(hours), 0.6)


_TELL = {"d": "date", "t": "time", "q": "time", "m": "datetime", "u": "duration"}


def _entity(piece: Atom) -> Entity:
    value = piece.value
    if piece.kind == "q":
        value = Hours(*PARTS[str(value)])
    if piece.kind == "t":
        value = settled(value, value.part)
    told = str(value)
    kind = _TELL[piece.kind] + ("_range" if "/" in told else "")
    return Entity(kind, piece.start, piece.end, told, getattr(value, "sure", 1.0))
