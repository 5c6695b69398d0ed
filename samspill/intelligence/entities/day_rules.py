"""Rules for days."""

from collections.abc import Sequence
from datetime import date, timedelta

from samspill.intelligence.entities.atoms import Atom
from samspill.intelligence.entities.grammar import Grammar, Scene, every, first, of
from samspill.intelligence.entities.moments import Days, dated, one_day, whole

Pieces = Sequence[Atom]
Made = Sequence[Atom] | None
DAYS = Grammar()
UNSURE = 0.6


@DAYS.rule("y")
def _iso(found: Pieces, scene: Scene) -> Made:
    return as_day(found, one_day(date(*found[0].value)))


@DAYS.rule("zR(?:h|NU)")
def _chinese_days(found: Pieces, scene: Scene) -> Made:
    numbers, last = found[0].value, found[2].value
    day = int(last[0] if isinstance(last, tuple) else last)
    if found[-1].kind == "U" and found[-1].value != "day":
        return None
    ends = [dated(None, numbers[-2], there, scene.today) for there in (numbers[-1], day)]
    return _days(found, ends, found)


@DAYS.rule("z")
def _chinese(found: Pieces, scene: Scene) -> Made:
    numbers = found[0].value
    year = numbers[0] if len(numbers) == 3 else None
    return as_day(found, dated(year, numbers[-2], numbers[-1], scene.today))


@DAYS.rule("e")
def _dotted(found: Pieces, scene: Scene) -> Made:
    day, month, *year = found[0].value
    return as_day(found, dated(year[0] if year else None, month, day, scene.today))


@DAYS.rule("s")
def _slashed(found: Pieces, scene: Scene) -> Made:
    one, two, *year = found[0].value
    day, month = (one, two) if (scene.day_first and two <= 12) or one > 12 else (two, one)
    if month > 12 or not day:
        return None
    return as_day(found, dated(year[0] if year else None, month, day, scene.today))


@DAYS.rule("[opW]x(?![OatU])")
def _bare_dots(found: Pieces, scene: Scene) -> Made:
    day, month = found[1].value
    made = as_day(found, dated(None, month, day, scene.today))
    return [found[0], *made] if made and found[0].kind == "W" else made


@DAYS.rule("x(?![OatU])")
def _only_dots(found: Pieces, scene: Scene) -> Made:
    day, month = found[0].value
    return as_day(found, dated(None, month, day, scene.today)) if "date" in scene.expects else None


@DAYS.rule(r"[NS]\.?[opF]?[Rr&][NS]\.?[opA]*M[oA]?N?")
def _days_of_month(found: Pieces, scene: Scene) -> Made:
    numbers, month = every("NS", found), int(first("M", found).value)
    year = year_of(found)
    ends = [dated(year, month, int(number.value), scene.today) for number in numbers[:2]]
    if None in ends or not all(_whole_day(number) for number in numbers[:2]):
        return None
    return _days(found if year or found[-1].kind == "M" else found[:-1], ends, found)


@DAYS.rule(r"M[op]*[NS]\.?[Rr&][NS](?![OatU])")
def _month_days(found: Pieces, scene: Scene) -> Made:
    numbers, month = every("NS", found), int(found[0].value)
    ends = [dated(None, month, int(number.value), scene.today) for number in numbers]
    return None if None in ends else _days(found, ends, found)


def _days(inside: Pieces, ends: Sequence[Days | None], found: Pieces) -> Made:
    low, high = ends[0], ends[1]
    if low is None or high is None or high.first < low.first:
        return None
    return [*of("d", inside, Days(low.first, high.last)), *found[len(inside) :]]


@DAYS.rule(r"[NS]\.?[opA]*M[oA]?N?")
def _day_month(found: Pieces, scene: Scene) -> Made:
    number, year = first("NS", found), year_of(found)
    if not _whole_day(number):
        return None
    inside = found if year or found[-1].kind == "M" else found[: [f.kind for f in found].index("M") + 1]
    days = dated(year, int(first("M", found).value), int(number.value), scene.today)
    made = as_day(inside, days)
    return [*made, *found[len(inside) :]] if made else None


@DAYS.rule(r"M[op]*[NS](?![OatU])\.?(N(?![OatU]))?")
def _month_day(found: Pieces, scene: Scene) -> Made:
    number, year = first("NS", found), year_of(found)
    if not _whole_day(number):
        return None
    inside = found if year else [piece for piece in found if piece.kind != "."][: 1 + found.index(number)]
    made = as_day(inside, dated(year, int(found[0].value), int(number.value), scene.today))
    return [*made, *found[len(inside) :]] if made else None


def _whole_day(number: Atom) -> bool:
    return bool(1 <= number.value <= 31 and number.value % 1 == 0)


def year_of(found: Pieces) -> int | None:
    """The year at the end of the pieces."""
    last = found[-1]
    return int(last.value) if last.kind == "N" and 1900 < last.value < 2200 else None


@DAYS.rule("[Ww][op]*d")
def _named_date(found: Pieces, scene: Scene) -> Made:
    return of("d", found, found[-1].value)


@DAYS.rule("[Ww][op]*[NS](?:[.](?!N)|(?![OatUN.]))")
def _weekday_number(found: Pieces, scene: Scene) -> Made:
    number = first("NS", found)
    if number.kind == "N" and found[-1].kind != ".":
        return None
    return _of_this_month(found, number, scene)


@DAYS.rule("h")
def _numbered(found: Pieces, scene: Scene) -> Made:
    return _of_this_month(found, Atom("N", found[0].start, found[0].end, found[0].value[0]), scene)


@DAYS.rule(r"o(?:N\.|S)(?![MNU])")
def _the_fourth(found: Pieces, scene: Scene) -> Made:
    if scene.english and found[-1].kind == ".":
        return None
    return _of_this_month(found, found[1], scene)


def _of_this_month(found: Pieces, number: Atom, scene: Scene) -> Made:
    today = scene.today
    if not _whole_day(number):
        return None
    day = next((there for there in _months_ahead(today, int(number.value)) if there >= today), None)
    return as_day(found, one_day(day) if day else None)


def _months_ahead(today: date, day: int) -> list[date]:
    found = []
    for step in range(4):
        year, month = divmod(today.year * 12 + today.month - 1 + step, 12)
        try:
            found.append(date(year, month + 1, day))
        except ValueError:
            continue
    return found


@DAYS.rule("[Ww][op]*XU|XU[op]*[Ww]")
def _weekday_of_week(found: Pieces, scene: Scene) -> Made:
    week = whole(scene.today, step_of(first("X", found)), str(first("U", found).value))
    if first("U", found).value != "week" or week is None:
        return None
    return as_day(found, one_day(week.first + timedelta(days=int(first("Ww", found).value))))


@DAYS.rule("WD")
def _monday_morning(found: Pieces, scene: Scene) -> Made:
    if found[1].value != "1":
        return None
    return [*(_weekday(found[:1], scene) or ()), Atom("P", found[1].start, found[1].end, "morning")]


@DAYS.rule("Xo*[Ww]|Wn")
def _next_weekday(found: Pieces, scene: Scene) -> Made:
    step, weekday = first("Xn", found), int(first("Ww", found).value)
    coming = _coming(scene.today, weekday)
    if step.value == "c":
        return as_day(found, one_day(coming))
    monday = scene.today - timedelta(days=scene.today.weekday())
    there = monday + timedelta(days=7 * step_of(step) + weekday)
    if step.value == "0" and there < scene.today and scene.day_first:
        there = coming
    if step.value == "-1" and scene.day_first:
        there = coming - timedelta(days=7 if coming - timedelta(days=7) < scene.today else 14)
    sure = UNSURE if step.value == "1" and scene.day_first and coming != there else 1.0
    return as_day(found, one_day(there, sure))


def step_of(piece: Atom) -> int:
    """How many weeks, months … on: next is 1, the coming one too, last is -1."""
    return 1 if piece.value == "c" else int(piece.value)


def _coming(today: date, weekday: int) -> date:
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


@DAYS.rule("[opAkF]w|w(?=[op]*[dtTK]|[.])|W")
def _weekday(found: Pieces, scene: Scene) -> Made:
    return as_day(found, one_day(_coming(scene.today, int(found[-1].value))))


@DAYS.rule("D")
def _counted(found: Pieces, scene: Scene) -> Made:
    return as_day(found, one_day(scene.today + timedelta(days=int(found[0].value))))


@DAYS.rule("E")
def _part_of_day(found: Pieces, scene: Scene) -> Made:
    offset, part = found[0].value.split()
    day = one_day(scene.today + timedelta(days=int(offset)))
    end = found[0].end
    return [Atom("d", found[0].start, end, day), Atom("q", end, end, part)]


def as_day(found: Pieces, days: Days | None) -> Made:
    """These pieces as one day or run of days; None where the calendar has none such."""
    return of("d", found, days) if days else None
