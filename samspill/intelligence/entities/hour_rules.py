"""Rules for parts of the day, from one hour to another, and hours on days."""

from collections.abc import Sequence
from dataclasses import replace

from samspill.intelligence.entities.atoms import Atom
from samspill.intelligence.entities.clock_rules import minutes_of
from samspill.intelligence.entities.grammar import Grammar, Scene, every, first, of
from samspill.intelligence.entities.moments import PARTS, Days, Hours, Moment, settled, together

Pieces = Sequence[Atom]
Made = Sequence[Atom] | None
HOURS = Grammar()


@HOURS.rule("P")
def _part(found: Pieces, scene: Scene) -> Made:
    return [Atom("q", found[0].start, found[0].end, found[0].value)]


@HOURS.rule("Nq")
def _eight_in_the_evening(found: Pieces, scene: Scene) -> Made:
    minute = minutes_of(found[:1])
    if minute is None or minute > 720 or not scene.english or found[1].end - found[1].start < len("at night"):
        return None
    return of("t", found, settled(Hours(minute, None, True), str(found[1].value)))


@HOURS.rule("q[opKk]*t(?=R[opKk]*q)")
def _each_in_its_part(found: Pieces, scene: Scene) -> Made:
    return of("t", found, settled(found[-1].value, str(found[0].value)))


@HOURS.rule("F[kKo]*[Nt][R&r][kKo]*[Nt](?!U)|[Nt][Rr][kK]*t|t[Rr]q?N(?![UM])|t[Rr]q[opKk]*t")
def _from_to(found: Pieces, scene: Scene) -> Made:
    if found[-2].kind == "q" and found[-1].kind == "t":
        found = [*found[:-2], *of("t", found[-2:], settled(found[-1].value, str(found[-2].value)))]
    ends = [_hours(piece) for piece in every("Nt", found)]
    low, high = ends
    if low is None or high is None:
        return None
    if low.open and not high.open and high.first >= 720:
        low = Hours(low.first + 720) if low.first + 720 < high.first else Hours(low.first)
    return of("t", found, Hours(low.first, high.first, low.open or high.open))


def _hours(piece: Atom) -> Hours | None:
    if piece.kind == "t":
        hours: Hours = piece.value
        return hours
    minute = minutes_of([piece])
    return None if minute is None else Hours(minute, None, 60 <= minute < 780)


@HOURS.rule("t[opAFk]*q|q[opKk]*t")
def _in_part(found: Pieces, scene: Scene) -> Made:
    hours, part = first("t", found), first("q", found)
    inside = [piece for piece in found if piece.start < piece.end]  # a part may be said with its day
    return of("t", inside, settled(hours.value, str(part.value)))


@HOURS.rule("dN[R]N(?![UM.])")
def _hours_of_day(found: Pieces, scene: Scene) -> Made:
    made = _from_to(found[1:], scene)
    return [found[0], *made] if made else None


@HOURS.rule("d[opAFkK]*N(?=q)")
def _number_in_part(found: Pieces, scene: Scene) -> Made:
    minute = minutes_of(found[-1:])
    return None if minute is None else [*found[:-1], *of("t", found[-1:], Hours(minute, None, True))]


@HOURS.rule("t[opA]*d[opA]*q")
def _hour_day_part(found: Pieces, scene: Scene) -> Made:
    hours = settled(first("t", found).value, str(found[-1].value))
    moment = together(first("d", found).value, hours, scene.now)
    return of("m", found, moment) if moment else None


@HOURS.rule("d[opAkK]*[tq]|[tq][opA]*d")
def _on_a_day(found: Pieces, scene: Scene) -> Made:
    days, hours = first("d", found), first("tq", found)
    moment = together(days.value, _span(hours), scene.now)
    return None if moment is None else of("m", found, moment)


def _span(piece: Atom) -> Hours:
    if piece.kind == "q":
        return Hours(*PARTS[str(piece.value)])
    hours: Hours = piece.value
    return hours


@HOURS.rule("F?[md][Rr][mtd]")
def _between(found: Pieces, scene: Scene) -> Made:
    low, high = every("mtd", found)
    if low.kind != "m" or high.kind == "d":
        return None
    last = high.value if high.kind == "m" else together(_day_of(low.value), settled(high.value), scene.now)
    return (
        of("m", found, replace(low.value, last=last.first)) if last and last.first > low.value.first else None
    )


def _day_of(moment: Moment) -> Days:
    return Days(moment.first.date(), moment.first.date())
