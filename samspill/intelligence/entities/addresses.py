"""Postal addresses as the Nordics, Germany, the Netherlands, Britain, America and Taiwan write them."""

import re
from collections.abc import Iterator

from samspill.intelligence.entities.entity import Entity

_W = r"[^\W\d_]"
_NAME = rf"{_W}[^\W\d_'’.-]*(?:[-'’.]{_W}+)*\.?"
_ENDS = (
    r"(?:gata|gate|gaten|gt\.|veien|vei|vegen|veg|vn\.|allé|alléen|alle|plass|plassen|torg|torget|bakken|bakke|stien|sti|"
    r"svingen|brygge|kaia|haugen|lia|stredet|tunet|tun|ringen|vägen|väg|gatan|gränd|torget|vænget|vej|vejen|stræde|gade|gaden|"
    r"straße|strasse|str\.|weg|platz|gasse|ring|damm|ufer|allee|chaussee|steig|pfad|markt|graben|hof|"
    r"straat|laan|plein|kade|gracht|singel)"
)
_NO = r"(?:\d{1,4}(?:\s?[-–/]\s?\d{1,4})?\s?[a-zA-Z]?(?![\w]))"
_FLOOR = (
    r"(?:,?\s(?:H\d{4}|\d\.?\s?(?:etg|etasje|og|Stock|OG|th|tv|mf|sal)\.?(?:\s(?:th|tv|mf)\.?)?"
    r"|(?:leil|Wohnung|Whg|Apt)\.?\s?\w+))?"
)
_PLACE = rf"{_W}[^\W\d_'’.-]+(?:[ -](?:i|am|an der|im|ob der|{_W}[^\W\d_'’.-]+))?"
_POSTCODE = r"(?:(?:NO?|D|DE|DK|S|SE|A|AT|CH|NL)-)?\d{3}\s?\d{1,2}(?:\s?[A-Z]{2})?"
_TOWN = rf"(?:[,\s]\s?(?:i\s)?{_POSTCODE}\s(?-i:[A-ZÆØÅÄÖÜ]){_PLACE})"
_NUMBERED = re.compile(rf"(?<=[\w.])(?<!\d)\s{_NO}{_FLOOR}(?P<town>{_TOWN})?", re.IGNORECASE)
_ENDED = re.compile(rf"{_W}+{_ENDS}|{_ENDS}", re.IGNORECASE)
_AT = frozenset("am im zum zur".split())
_ON_THE = frozenset(("an der", "auf der", "unter den", "in der", "an den"))
_LINKS = frozenset("des der den de von van af av i la".split())
_CAPITAL = re.compile(r"[A-ZÆØÅÄÖÜ]")
_OURS = frozenset(
    "Ich Jeg Eg Vi Wir I Adresse Adressen Address Meine Min Bor Wohne Lieferadresse Anschrift".split()
)
_WORD = re.compile(r"[^\s,;:]+")
_ROADS = (
    r"(?:Street|St\.?|Road|Rd\.?|Avenue|Ave\.?|Lane|Ln\.?|Drive|Dr\.?|Court|Ct\.?|Boulevard|Blvd\.?|Way|Place|Pl\.?|Square|"
    r"Sq\.?|Close|Terrace|Crescent|Gardens|Grove|Mews|Parkway|Pkwy\.?|Circle|Cir\.?|Highway|Hwy\.?|Broadway)"
)
_GB = r"[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}"
_US = r"[A-Z]{2}\s\d{5}(?:-\d{4})?"
_ENGLISH = re.compile(
    rf"(?<![\w.,])(?:(?:flat|apt\.?|unit|suite)\s\w{{1,5}},\s?)?\d{{1,5}}[a-z]?,?\s(?:[NSEW]\.?\s)?(?:{_W}[\w'’.-]*\s){{0,3}}{_ROADS}(?!\w)(?:\s(?-i:[NS][EW]?|[EW])(?!\w))?"
    rf"(?:,?\s(?:apt\.?|unit|suite|flat|#)\s?\w{{1,5}})?(?:,?\s{_W}[\w'’.-]*(?:\s{_W}[\w'’.-]*){{0,2}}?,?\s(?-i:{_GB}|{_US}))?(?:,\s?(?-i:{_GB}))?",
    re.IGNORECASE,
)
_C = r"[\u3400-\u9fff]"
_D = r"[\d一二三四五六七八九十百〇零○]"
_TAIWAN = re.compile(
    rf"(?:\d{{3}}(?:\d{{2,3}})?\s?)?(?:(?:[台臺][北中南東]|新北|桃園|高雄|基隆|新竹|嘉義|苗栗|彰化|南投|雲林|屏東|宜蘭|花蓮|澎湖|金門|連江)[市縣]\s?)?"
    rf"(?:{_C}{{1,4}}[區鄉鎮市]\s?)?(?:{_C}{{1,4}}[里村]\s?)?{_C}{{1,6}}(?:路|街|大道)(?:{_D}{{1,3}}段)?\s?(?:{_D}{{1,4}}巷)?(?:{_D}{{1,4}}弄)?\s?"
    rf"{_D}{{1,5}}(?:[之-]{_D}{{1,3}})?號(?:之{_D}{{1,3}})?(?:\s?{_D}{{1,3}}樓)?(?:之{_D}{{1,3}})?(?:\s?{_D}{{1,4}}室)?"
)
_NUMBER = re.compile(r"[\d號]")
_LEAD = re.compile(r"^(?:我住在?|住在?|我的?地址[是為:：]*|地址[是為:：]*|寄到|送到|請寄到|請送到|在|到|是)+")


def find_addresses(text: str) -> Iterator[Entity]:
    """Street and house number, with postcode and town where they follow."""
    if not _NUMBER.search(text):
        return
    for hit in _NUMBERED.finditer(text):
        start = _street(text, hit.start(), posted=bool(hit["town"]))
        if start is not None:
            yield Entity("address", start, hit.end(), " ".join(text[start : hit.end()].split()))
    for hit in _ENGLISH.finditer(text):
        yield Entity("address", *hit.span(), " ".join(hit[0].split()))
    if "號" in text:
        for hit in _TAIWAN.finditer(text):
            lead = _LEAD.match(hit[0])
            start = hit.start() + (lead.end() if lead else 0)
            yield Entity("address", start, hit.end(), text[start : hit.end()])


def _street(text: str, end: int, *, posted: bool) -> int | None:
    """Where the street before a house number begins; with a postcode behind it any capital word is one."""
    words = [
        (hit[0], hit.start()) for hit in _WORD.finditer(text, text.rfind(",", max(0, end - 60), end) + 1, end)
    ][-5:]
    words = [(word, start) for word, start in words if start >= end - 60]
    if not words:
        return None
    (street, start), before = words[-1], words[:-1]
    if (there := _after_preposition(before)) is not None:
        return there
    if _ENDED.fullmatch(street):
        alone = re.fullmatch(_ENDS, street, re.IGNORECASE) is not None
        first = _capitals(before, start)
        return None if alone and first == start else first
    return _capitals(before, start) if posted and _CAPITAL.match(street) else None


def _capitals(before: list[tuple[str, int]], start: int) -> int:
    """The street's first word: names with a capital go along, and small words between two of them."""
    for word, there in reversed(before):
        if word in _OURS or not (_CAPITAL.match(word) or word in _LINKS):
            break
        if _CAPITAL.match(word):
            start = there
    return start


def _after_preposition(before: list[tuple[str, int]]) -> int | None:
    if before and before[-1][0].lower() in _AT:
        return before[-1][1]
    if len(before) > 1 and f"{before[-2][0]} {before[-1][0]}".lower() in _ON_THE:
        return before[-2][1]
    return None
