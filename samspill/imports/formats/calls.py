"""Past calls from a table, one call a line: which column holds what is guessed from the words of its head."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from samspill.imports.formats import contacts, tables
from samspill.imports.items import BadRow, Called, Row
from samspill.kit import clock
from samspill.workspace.current import workspace

FIELDS = {
    "asked": "asked|asked at|requested|requested at|request time|created|created at|bestilt|bedt om"
    "|ønsket|forespurt|opprettet|angefragt|angefragt am|anfrage|erstellt|erstellt am"
    "|要求時間|提出時間|建立時間|登記時間",
    "called": "called|called at|call time|call date|call|attempted at|dialled at|date|time|timestamp|started at"
    "|ringt|ringt opp|oppringt|tidspunkt|anruf|angerufen|angerufen am|anrufzeit|zeitpunkt|撥打時間|通話時間|回電時間",
    "outcome": "outcome|result|status|disposition|call result|resultat|utfall|utfallet|ergebnis|結果|通話結果|狀態",
    "topic": "topic|subject|reason|tema|emne|årsak|thema|betreff|grund|主題|事由",
}
OUTCOMES = {
    "answered": "answered|answer|reached|connected|completed|success|ok|yes|svart|besvart|nådd|ja|erreicht"
    "|angenommen|beantwortet|gesprochen|已接|接通|已接通|接聽|成功",
    "no_answer": "no answer|noanswer|not answered|unanswered|missed|not reached|no|failed"
    "|ikke svar|ingen svar|ubesvart|ikke nådd|nei|nicht erreicht|keine antwort|nicht angenommen|nein"
    "|未接|無人接聽|沒接|未接通",
    "voicemail": "voicemail|voice mail|answering machine|machine|telefonsvarer|mobilsvar"
    "|anrufbeantworter|mailbox|語音信箱|留言",
    "busy": "busy|engaged|opptatt|besetzt|忙線|忙碌|通話中",
    "declined": "declined|rejected|hung up|avvist|lagt på|abgelehnt|weggedrückt|拒接|掛斷",
    "too_late": "too late|no longer interested|for sent|ikke lenger aktuelt|zu spät"
    "|hat sich erledigt|太晚|已不需要",
    "wrong_number": "wrong number|invalid number|not in service|feil nummer|falsche nummer|kein anschluss"
    "|號碼錯誤|錯號|空號",
}
FORMATS = (
    "%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M", "%d.%m.%y %H:%M", "%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M",
    "%d.%m.%Y kl. %H:%M", "%d.%m.%Y kl. %H.%M", "%d.%m.%Y, %H:%M", "%d-%m-%Y %H:%M",
)  # fmt: skip
DAY_FIRST, MONTH_FIRST = ("%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S"), ("%m/%d/%Y %H:%M", "%m/%d/%Y %H:%M:%S")
PEOPLE = ("phone", "name", "email", "key")
WORDS = {word: name for name in PEOPLE for word in contacts.FIELDS[name].split("|")}
WORDS |= {"number": "phone", "nummer": "phone", "號碼": "phone"}
WORDS |= {word: name for name, words in FIELDS.items() for word in words.split("|")}
MEANT = {word: name for name, words in OUTCOMES.items() for word in words.split("|")}


def is_one(path: Path) -> bool:
    """Whether a table is of calls: its head names a number, when its owner asked, and when and how a call ended."""
    head, _rows = contacts.preview(path)
    return {"phone", "asked", "called", "outcome"} <= set(guess(head).values())


def guess(head: list[str]) -> dict[str, str]:
    """Column (by its number) → field; what is not recognised is left out."""
    taken: set[str] = set()
    found = {}
    for number, title in enumerate(head):
        field = WORDS.get(" ".join(title.casefold().replace("_", " ").strip(" :*").split()), "")
        found[str(number)] = "" if field in taken else field
        taken.add(field)
    return found


def rows(path: Path, columns: dict[str, str]) -> Iterator[Row]:
    """Every line of the table as a call."""
    lines = tables.read(path)
    head = next(lines, [])
    columns = columns or guess(head)
    for number, cells in enumerate(lines, 2):
        if any(cell.strip() for cell in cells):
            yield Row(str(number), lambda cells=cells: called(cells, head, columns))  # type: ignore[misc]


def called(cells: list[str], head: list[str], columns: dict[str, str]) -> Called:
    """One line as a call. Raises BadRow."""
    if len(cells) > len(head):
        raise BadRow("too_many_cells")
    one = {columns.get(str(number), ""): cell.strip() for number, cell in enumerate(cells) if cell.strip()}
    person = contacts.person(cells, head, {n: f for n, f in columns.items() if f in PEOPLE})
    asked, at = moment(one.get("asked", "")), moment(one.get("called", ""))
    if asked is None:
        raise BadRow("no_asked")
    if max(asked, at or asked) > clock.now():
        raise BadRow("in_future")
    if at and at < asked:
        raise BadRow("called_before_asked")
    return Called(person, asked, at, _outcome(one.get("outcome", "")) if at else "", one.get("topic", ""))


def moment(text: str) -> datetime | None:
    """A moment as tables write it, in the company's time where none is named; None of nothing. Raises BadRow."""
    if not text:
        return None
    try:
        found = _read(text)
    except (ValueError, OverflowError, OSError):
        raise BadRow("bad_time") from None
    return found if found.tzinfo else found.replace(tzinfo=ZoneInfo(workspace().time_zone))


def _read(text: str) -> datetime:
    if text.isdecimal() and len(text) in (10, 13):
        return datetime.fromtimestamp(int(text[:10]), UTC)
    for form in (*FORMATS, *(MONTH_FIRST if workspace().country == "US" else DAY_FIRST)):
        try:
            return datetime.strptime(text, form)
        except ValueError:
            continue
    if len(text) <= len("2026-11-16"):
        raise ValueError  # a day alone tells no hour
    return datetime.fromisoformat(text.replace(" UTC", "+00:00"))


def _outcome(text: str) -> str:
    if not text:
        raise BadRow("no_outcome")
    meant = MEANT.get(" ".join(re.sub("[-_.!]", " ", text.casefold()).split()))
    if meant is None:
        raise BadRow("bad_outcome")
    return meant
