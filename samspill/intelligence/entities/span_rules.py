"""Rules for weeks, months, lengths, and days counted from now."""

from collections.abc import Sequence
from datetime import timedelta

from samspill.intelligence.entities.atoms import Atom
from samspill.intelligence.entities.day_rules import as_day, step_of, year_of
from samspill.intelligence.entities.grammar import Grammar, Scene, every, first, of
from samspill.intelligence.entities.moments import Days, Length, moved, whole, whole_month

Pieces = Sequence[Atom]
Made = Sequence[Atom] | None
SPANS = Grammar()


@SPANS.rule("[AR]?[oA]*Xo*[UG]|(?:U|G)n|G")
def _whole(found: Pieces, scene: Scene) -> Made:
    named, step = first("UG", found), next(iter(every("Xn", found)), None)
    unit = "weekend" if named.kind == "G" else str(named.value)
    if named.kind == "U" and step is None:
        return None
    span = whole(scene.today, step_of(step) if step else 0, unit)
    return as_day([piece for piece in found if piece.kind not in "AR"], span)


@SPANS.rule("A[ok]*N?U|[Ab]?[ok]*NU[LB]|[bV][ok]*N?U|UL|A[ok]*I|I[LB]|bI")
def _ahead(found: Pieces, scene: Scene) -> Made:
    amount, unit = _length(found)
    back = any(piece.kind in "BbV" for piece in found)
    if found[0].kind == "V" and found[0].value != "-1":
        return None
    there = moved(scene.now, -amount if back else amount, unit)
    return of("d" if isinstance(there, Days) else "m", found, there)


@SPANS.rule("(?<!O)NU|I")
def _long(found: Pieces, scene: Scene) -> Made:
    amount, unit = _length(found)
    if unit in ("year", "month", "day", "week") and amount > 10_000:
        return None
    return of("u", found, Length(amount, unit))


def _length(found: Pieces) -> tuple[float, str]:
    named = next(iter(every("I", found)), None)
    if named is not None:
        amount, unit = named.value.split()
        return float(amount), unit
    number = next(iter(every("N", found)), None)
    return (float(number.value) if number else 1.0), str(first("U", found).value)


@SPANS.rule("F?d[Rr&]d")
def _from_to(found: Pieces, scene: Scene) -> Made:
    low, high = every("d", found)
    if any(piece.kind == "&" for piece in found) and found[0].kind != "F":
        return None
    end = high.value.last
    while end < low.value.first:
        end += timedelta(days=7)
    return of("d", found, Days(low.value.first, end))


@SPANS.rule("[opAX]M(?:N(?![OatU]))?")
def _month(found: Pieces, scene: Scene) -> Made:
    year, named = year_of(found), first("M", found)
    month = int(named.value)
    if scene.english and found[0].kind in "op" and (month, named.end - named.start) in ((5, 3), (3, 5)):
        return None  # I may, on march
    if year is None:
        year = scene.today.year + (month < scene.today.month)
    inside = found if year_of(found) else found[:2]
    made = as_day([piece for piece in inside if piece.kind != "A"], whole_month(year, month))
    return [*made, *found[len(inside) :]] if made else None
