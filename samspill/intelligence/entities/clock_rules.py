"""Rules for what the clock shows."""

from collections.abc import Sequence

from samspill.intelligence.entities.atoms import Atom
from samspill.intelligence.entities.grammar import Grammar, Scene, every, first, of
from samspill.intelligence.entities.moments import Hours

Pieces = Sequence[Atom]
Made = Sequence[Atom] | None
CLOCKS = Grammar()


@CLOCKS.rule("T")
def _written(found: Pieces, scene: Scene) -> Made:
    hour, minute, *zero = found[0].value
    return as_clock(found, hour * 60 + minute, is_open=1 <= hour <= 12 and not zero[-1])


@CLOCKS.rule("x")
def _bare_dots(found: Pieces, scene: Scene) -> Made:
    hour, minute = found[0].value
    if "time" not in scene.expects or minute > 59 or hour > 24:
        return None
    return as_clock(found, hour * 60 + minute, is_open=1 <= hour <= 12)


@CLOCKS.rule("[Kk]x|x(?=[Oa])|xr?(?=[Rt])")
def _dots(found: Pieces, scene: Scene) -> Made:
    point = first("x", found)
    hour, minute = point.value
    return as_clock(found, hour * 60 + minute, is_open=1 <= hour <= 12) if minute < 60 and hour < 25 else None


@CLOCKS.rule("C|NC")
def _named(found: Pieces, scene: Scene) -> Made:
    hour, minute = found[-1].value.split(":")
    if found[0].kind == "N" and found[0].value != 12:
        return [found[0], *of("t", found[1:], Hours(int(hour) * 60 + int(minute)))]
    return of("t", found, Hours(int(hour) * 60 + int(minute)))


@CLOCKS.rule("[tN][oN]?a")
def _half_of_day(found: Pieces, scene: Scene) -> Made:
    numbers = every("tN", found)
    minute = numbers[0].value.first if numbers[0].kind == "t" else minutes_of(numbers)
    if minute is None or minute > 12 * 60 + 59:
        return as_clock(found, minute, is_open=False) if minute else None
    return of("t", found, Hours(minute % 720 + int(found[-1].value) * 60))


def minutes_of(numbers: Pieces) -> int | None:
    """Minutes after midnight of an hour, or of hour and minute; None where there are no such."""
    if len(numbers) == 1 and 100 <= numbers[0].value < 2400 and numbers[0].value % 100 < 60:
        return int(numbers[0].value) // 100 * 60 + int(numbers[0].value) % 100
    hour, *minute = numbers
    if hour.value % 1 or hour.value > 24 or (minute and (minute[0].value > 59 or minute[0].value < 5)):
        return None
    return int(hour.value) * 60 + (int(minute[0].value) if minute else 0)


@CLOCKS.rule("vN")
def _quarter(found: Pieces, scene: Scene) -> Made:
    return _around(found, int(found[0].value))


@CLOCKS.rule("NU?[pVr]HN|HN")
def _half(found: Pieces, scene: Scene) -> Made:
    minutes = int(first("H", found).value)
    if found[0].kind == "N":
        minutes += int(found[0].value) * int(first("pVr", found).value)
    return _around(found, minutes)


@CLOCKS.rule("NU?[pVr]N")
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
    return as_clock(found, minute, is_open=1 <= hour <= 12)


@CLOCKS.rule("NO(?:NU?|H|Q)?|tO")
def _oclock(found: Pieces, scene: Scene) -> Made:
    if found[0].kind == "t":
        return of("t", found, found[0].value)
    minute = _after_hour(found[2:])
    hour = found[0].value
    if hour % 1 or not 0 <= hour <= 24 or minute is None:
        return None
    return as_clock(found, int(hour) * 60 + minute, is_open=1 <= hour <= 12)


def _after_hour(rest: Pieces) -> int | None:
    if not rest:
        return 0
    if rest[0].kind in "HQ":
        return abs(int(rest[0].value))
    minute = rest[0].value
    return int(minute) if minute < 60 and (len(rest) == 1 or rest[1].value == "minute") else None


@CLOCKS.rule("[Kk][ok]*N(?:N(?![UO]))?(?![UMOHx/])")
def _at(found: Pieces, scene: Scene) -> Made:
    numbers = every("N", found)
    minute = minutes_of(numbers)
    if minute is None or (scene.english and numbers[0].value >= 1900):
        return None
    return as_clock(found, minute, is_open=60 <= minute < 780)


@CLOCKS.rule("[Kk]+t")
def _introduced(found: Pieces, scene: Scene) -> Made:
    return of("t", found, found[-1].value)


def as_clock(found: Pieces, minute: int, *, is_open: bool) -> Made:
    """These pieces as an hour; `is_open` where it may be of either half of the day."""
    return of("t", found, Hours(minute, None, is_open)) if 0 <= minute <= 1440 else None
