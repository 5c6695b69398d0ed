"""Rules for hours, and for hours on days."""

from collections.abc import Sequence
from dataclasses import replace

from samspill.intelligence.entities.atoms import Atom
from samspill.intelligence.entities.grammar import Grammar, Scene, every, first, of
from samspill.intelligence.entities.moments import PARTS, Days, Hours, Moment, settled, together

Pieces = Sequence[Atom]
Made = Sequence[Atom] | None
HOURS = Grammar()


@HOURS.rule("T")
def _written(found: Pieces, scene: Scene) -> Made:
    hour, minute, *zero = found[0].value
    return _clock(found, hour * 60 + minute, is_open=1 <= hour <= 12 and not zero[-1])


@HOURS.rule("x")
def _bare_dots(found: Pieces, scene: Scene) -> Made:
    hour, minute = found[0].value
    if "time" not in scene.expects or minute > 59 or hour > 24:
        return None
    return _clock(found, hour * 60 + minute, is_open=1 <= hour <= 12)


@HOURS.rule("[Kk]x|x(?=[Oa])|xr?(?=[Rt])")
def _dots(found: Pieces, scene: Scene) -> Made:
    point = first("x", found)
    hour, minute = point.value
    return _clock(found, hour * 60 + minute, is_open=1 <= hour <= 12) if minute < 60 and hour < 25 else None


@HOURS.rule("C|NC")
def _named(found: Pieces, scene: Scene) -> Made:
    hour, minute = found[-1].value.split(":")
    if found[0].kind == "N" and found[0].value != 12:
        return [found[0], *of("t", found[1:], Hours(int(hour) * 60 + int(minute)))]
    return of("t", found, Hours(int(hour) * 60 + int(minute)))


@HOURS.rule("[tN][oN]?a")
def _half_of_day(found: Pieces, scene: Scene) -> Made:
    numbers = every("tN", found)
    minute = numbers[0].value.first if numbers[0].kind == "t" else _minutes(numbers)
    if minute is None or minute > 12 * 60 + 59:
        return _clock(found, minute, is_open=False) if minute else None
    return of("t", found, Hours(minute % 720 + int(found[-1].value) * 60))


def _minutes(numbers: Pieces) -> int | None:
    if len(numbers) == 1 and 100 <= numbers[0].value < 2400 and numbers[0].value % 100 < 60:
        return int(numbers[0].value) // 100 * 60 + int(numbers[0].value) % 100
    hour, *minute = numbers
    if hour.value % 1 or hour.value > 24 or (minute and (minute[0].value > 59 or minute[0].value < 5)):
        return None
    return int(hour.value) * 60 + (int(minute[0].value) if minute else 0)


@HOURS.rule("vN")
def _quarter(found: Pieces, scene: Scene) -> Made:
    return _around(found, int(found[0].value))


@HOURS.rule("NU?[pVr]HN|HN")
def _half(found: Pieces, scene: Scene) -> Made:
    minutes = int(first("H", found).value)
    if found[0].kind == "N":
        minutes += int(found[0].value) * int(first("pVr", found).value)
    return _around(found, minutes)


@HOURS.rule("NU?[pVr]N")
def _to_or_past(found: Pieces, scene: Scene) -> Made:
    minutes, sign = found[0].value, first("pVr", found)
    if minutes not in (5, 10, 15, 20, 25) or (sign.kind == "r" and found[0].end - found[0].start < 3):
        return None
    return _around(found, int(minutes) * int(sign.value or 0)) if sign.value else None


def _around(found: Pieces, minutes: int) -> Made:
    hour = found[-1].value
    if hour % 1 or not 0 <= hour <= 24:
        return None
    minute = (int(hour) * 60 + minutes) % 1440
    if 1 <= hour <= 12 and minute < 60:
        minute += 720  # a quarter to one
    return _clock(found, minute, is_open=1 <= hour <= 12)


@HOURS.rule("NO(?:NU?|H|Q)?|tO")
def _oclock(found: Pieces, scene: Scene) -> Made:
    if found[0].kind == "t":
        return of("t", found, found[0].value)
    minute = _after_hour(found[2:])
    hour = found[0].value
    if hour % 1 or not 0 <= hour <= 24 or minute is None:
        return None
    return _clock(found, int(hour) * 60 + minute, is_open=1 <= hour <= 12)


def _after_hour(rest: Pieces) -> int | None:
    if not rest:
        return 0
    if rest[0].kind in "HQ":
        return abs(int(rest[0].value))
    minute = rest[0].value
    return int(minute) if minute < 60 and (len(rest) == 1 or rest[1].value == "minute") else None


@HOURS.rule("[Kk][ok]*N(?:N(?![UO]))?(?![UMOHx/])")
def _at(found: Pieces, scene: Scene) -> Made:
    numbers = every("N", found)
    minute = _minutes(numbers)
    if minute is None or (scene.english and numbers[0].value >= 1900):
        return None
    return _clock(found, minute, is_open=60 <= minute < 780)


@HOURS.rule("[Kk]+t")
def _introduced(found: Pieces, scene: Scene) -> Made:
    return of("t", found, found[-1].value)


@HOURS.rule("P")
def _part(found: Pieces, scene: Scene) -> Made:
    return [Atom("q", found[0].start, found[0].end, found[0].value)]


@HOURS.rule("Nq")
def _eight_in_the_evening(found: Pieces, scene: Scene) -> Made:
    minute = _minutes(found[:1])
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
    minute = _minutes([piece])
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
    minute = _minutes(found[-1:])
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


def _clock(found: Pieces, minute: int, *, is_open: bool) -> Made:
    return of("t", found, Hours(minute, None, is_open)) if 0 <= minute <= 1440 else None
