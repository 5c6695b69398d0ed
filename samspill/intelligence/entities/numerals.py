"""Numbers in words, as far as days, hours and prices need them."""

import re
from functools import cache

_ONES = {
    "nb": "null en to tre fire fem seks sju åtte ni ti elleve tolv tretten fjorten femten seksten sytten atten nitten",
    "da": "nul en to tre fire fem seks syv otte ni ti elleve tolv tretten fjorten femten seksten sytten atten nitten",
    "sv": "noll en två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton sexton sjutton arton nitton",
    "de": "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn"
    " siebzehn achtzehn neunzehn",
    "en": "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen",
    "nl": "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf",
    "fr": "zéro un deux trois quatre cinq six sept huit neuf dix onze douze",
    "es": "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce",
    "it": "zero uno due tre quattro cinque sei sette otto nove dieci undici dodici",
    "pt": "zero um dois três quatro cinco seis sete oito nove dez onze doze",
    "pl": "zero jeden dwa trzy cztery pięć sześć siedem osiem dziewięć dziesięć",
    "fi": "nolla yksi kaksi kolme neljä viisi kuusi seitsemän kahdeksan yhdeksän kymmenen",
}
_MORE = {
    "nb": {"ein": 1, "ei": 1, "et": 1, "ett": 1, "én": 1, "syv": 7, "tyve": 20, "par": 2, "et par": 2},
    "da": {"et": 1, "én": 1},
    "sv": {"ett": 1},
    "de": {"ein": 1, "eine": 1, "einer": 1, "einem": 1, "einen": 1, "zwo": 2, "ein paar": 3},
    "en": {"a": 1, "an": 1, "a couple of": 2, "couple of": 2, "a few": 3},
    "fr": {"une": 1},
    "es": {"un": 1, "una": 1},
    "it": {"un": 1, "una": 1},
    "pt": {"uma": 1, "duas": 2},
}
_TENS = {
    "nb": {20: "tjue", 30: "tretti", 40: "førti", 50: "femti", 60: "seksti", 70: "sytti", 80: "åtti", 90: "nitti"},
    "de": {20: "zwanzig", 30: "dreißig", 40: "vierzig", 50: "fünfzig", 60: "sechzig", 70: "siebzig", 80: "achtzig",
           90: "neunzig"},
    "en": {20: "twenty", 30: "thirty", 40: "forty", 50: "fifty", 60: "sixty", 70: "seventy", 80: "eighty",
           90: "ninety"},
}  # fmt: skip
_FIRST = {
    "nb": "første andre tredje fjerde femte sjette sjuende åttende niende tiende ellevte tolvte trettende fjortende"
    " femtende sekstende syttende attende nittende tjuende",
    "de": "erste zweite dritte vierte fünfte sechste siebte achte neunte zehnte elfte zwölfte dreizehnte vierzehnte"
    " fünfzehnte sechzehnte siebzehnte achtzehnte neunzehnte zwanzigste",
    "en": "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth"
    " fifteenth sixteenth seventeenth eighteenth nineteenth twentieth",
}
_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "兩": 2, "两": 2}
_STEPS = {"十": 10, "百": 100, "千": 1000}
HAN = "零〇一二兩两三四五六七八九十百千"
_HAN = re.compile(rf"[{HAN}]+")


@cache
def words(code: str) -> dict[str, int]:
    """Every number word of a language up to 99 where it has tens."""
    found = dict(_MORE.get(code, {}))
    ones = _ONES.get(code, "").split()
    found |= {word: number for number, word in enumerate(ones)}
    for ten, name in _TENS.get(code, {}).items():
        found[name] = ten
        found |= {form: ten + one for one in range(1, 10) for form in _joined(code, name, ones[one])}
    return found


def _joined(code: str, ten: str, one: str) -> tuple[str, ...]:
    if code == "de":
        return (f"{'ein' if one == 'eins' else one}und{ten}",)
    return (f"{ten}-{one}", f"{ten} {one}") if code == "en" else (f"{ten}{one}", f"{ten}-{one}")


@cache
def ordinals(code: str) -> dict[str, int]:
    """First to twentieth, and on to thirty-first in English; German ones in every case."""
    first = {word: number for number, word in enumerate(_FIRST.get(code, "").split(), 1)}
    if code == "de":
        return {word + end: number for word, number in first.items() for end in ("", "n", "r")}
    if code == "en":
        tens = {20: "twenty", 30: "thirty"}
        first |= {f"{tens[t]}{gap}{w}": t + n for t in tens for w, n in [*first.items()][:9] for gap in "- "}
        first["thirtieth"] = 30
    return first


def han(text: str) -> int | None:
    """三千五百 → 3500, 二〇二六 → 2026; None for anything else."""
    if not _HAN.fullmatch(text):
        return None
    if not any(sign in _STEPS for sign in text):
        return int("".join(str(_DIGITS[sign]) for sign in text)) if len(text) <= 4 else None
    total, digit = 0, None
    for sign in text:
        if sign in _STEPS:
            total += (1 if digit is None else digit) * _STEPS[sign]
            digit = None
        else:
            digit = _DIGITS[sign]
    return total + (digit or 0)
