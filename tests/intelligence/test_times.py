"""Days and hours as people say them, in four languages; [the piece] => what it means, on a Wednesday at ten."""

import re
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from samspill.intelligence.entities.context import Context
from samspill.intelligence.entities.times import find_times

NOW = datetime(2026, 3, 11, 10, 0, tzinfo=ZoneInfo("Europe/Oslo"))
LEADING = re.compile(r"^(?:fra|mellom|on|at|from|between|in|the|am|um|von|vom|gegen|in)\s", re.IGNORECASE)


def _lines() -> list[tuple[str, str, str]]:
    files = sorted((Path(__file__).parent / "times").glob("*.txt"))
    return [
        (file.stem, *line.split(" => ")) for file in files for line in file.read_text("utf-8").splitlines()
    ]


@pytest.mark.parametrize(("language", "marked", "meaning"), _lines())
def test_what_people_say(language: str, marked: str, meaning: str) -> None:
    text = marked.replace("[", "").replace("]", "")
    piece = marked[marked.index("[") + 1 : marked.index("]")]
    country = "TW" if language == "zh-Hant" else "NO"
    found = find_times(text, Context(language, country, NOW))
    values = [re.sub(r"\+\d\d:00", "", one.value) for one in found]
    assert values == [meaning]
    assert text[found[0].start : found[0].end] in (piece, _inside(piece))


def _inside(piece: str) -> str:
    while LEADING.match(piece):
        piece = LEADING.sub("", piece, count=1)
    return piece


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nb", "Jeg har to paneler og en vekselretter"), ("nb", "Ordre NS-10234 er ikke kommet"),
        ("nb", "Det koster 1 299,50 kr"), ("nb", "Hei, kan du hjelpe meg med 3 lamper?"),
        ("de", "Ich habe drei Module und eine Frage zu Bestellung 4711"), ("de", "Das kostet 20 Euro"),
        ("en", "I may march to 5 stores, do you know?"), ("en", "I ordered 3 lamps for my second house"),
        ("en", "Error E12 on the 5 kW inverter"), ("zh-Hant", "我想買三個燈"), ("zh-Hant", "我一起訂了兩片"),
        ("zh-Hant", "訂單NS-10234一下"), ("", ""), ("xx", "..."),
    ],
)  # fmt: skip
def test_what_is_no_time(language: str, text: str) -> None:
    assert find_times(text, Context(language, "NO", NOW)) == []


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("sv", "i övermorgon klockan halv tre", "2026-03-13T14:30"), ("da", "i overmorgen kl. halv tre", "2026-03-13T14:30"),
        ("fr", "demain à 15h", "2026-03-12T15:00"), ("es", "mañana a las 5 de la tarde", "2026-03-12T17:00"),
        ("fi", "huomenna klo 15", "2026-03-12T15:00"), ("pl", "jutro o 15", "2026-03-12T15:00"),
        ("ja", "明日の午後三時", "2026-03-12T15:00"), ("ko", "내일 오후 3시", "2026-03-12T15:00"),
        ("nl", "volgende dinsdag om half drie", "2026-03-17T14:30"), ("it", "tra 3 giorni", "2026-03-14"),
        ("pt", "amanhã às 15 horas", "2026-03-12T15:00"), ("fr", "le 14 juillet", "2026-07-14"),
        ("es", "5 de mayo", "2026-05-05"), ("sv", "den 6 juni", "2026-06-06"),
    ],
)  # fmt: skip
def test_other_languages_as_far_as_their_calendars_go(language: str, text: str, value: str) -> None:
    found = find_times(text, Context(language, "NO", NOW))
    assert [one.value.removesuffix("+01:00") for one in found] == [value]


def test_the_reader_decides_what_comes_first() -> None:
    def read(language: str, country: str) -> str:
        return find_times("12/5", Context(language, country, NOW))[0].value

    assert read("en", "GB") == read("nb", "NO") == "2026-05-12"
    assert read("en", "US") == read("zh-Hant", "TW") == "2026-12-05"


def test_the_time_zone_is_that_of_the_company() -> None:
    there = datetime(2026, 3, 11, 23, 0, tzinfo=ZoneInfo("Asia/Taipei"))
    found = find_times("明天下午三點", Context("zh-Hant", "TW", there))
    assert found[0].value == "2026-03-12T15:00+08:00"
