"""Lines such as "On 1 May 2026 at 10:00, Anna Example <anna@example.com> wrote:", in any language and order.

A program writes them, so they carry what programs know: a date, an address. A person's sentence "On Monday my
colleague wrote:" has neither, and stays. Where marked quotes follow at once, less is enough.
"""

import re
from collections.abc import Sequence

from samspill.mail.lines import Line
from samspill.mail.words import words

LONGEST = 400
WRAPPED = 4  # lines an attribution may be broken into
ADDRESS = re.compile(r"[\w.+%'*=-]{1,64}@[\w-]{1,63}\.[\w.-]{1,120}")
ENCLOSED = re.compile(r"[<(\[]\s?(?:mailto:)?[\w.+%'*=-]{1,64}@[\w.-]{1,180}")
DATE = re.compile(
    r"\d{1,4}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{2,4}|\d{4}\s?[年년]|\d\d?\s?月\s?\d|\d\d?월\s?\d|(?<!\d)(?:19|20|25)\d\d(?!\d)"
)
TIME = re.compile(r"(?<!\d)\d{1,2}\s?[:.h時点时시]\s?\d{2}(?!\d)|(?<!\d)\d{1,2}\s?[ap]\.?m|\d\d?\s?[時时시]")
NUMBERS = re.compile(r"\d+")
SENTENCE = re.compile(r"[?!。？！]|[^\W\d]{4,}\.\s+[A-ZÀ-ÞА-Я][a-zß-ÿа-я]+\s+[a-zß-ÿа-я]")
COLON = (":", "：", "﹕", "︰")
BARE = re.compile(r"\d{4}/\d{1,2}/\d{1,2}\s[^@]{0,80}<[^<>\s]{1,200}@[^<>\s]{1,200}>")
NAMELESS = re.compile(r"[\w.,]{1,15}\s?\d")  # starts like a date
NOTE = "het volgende", "følgende", "följande", "folgendes"  # "wrote the following": no article of a person's
DECORATION = "-–—_*~#=·• \t"


def attributions(lines: Sequence[Line]) -> dict[int, int]:
    """Where attributions begin, and the first line after each."""
    found: dict[int, int] = {}
    for end, line in enumerate(lines):
        if line.text and not line.quoted and _may_end(line.text):
            start = _start(lines, end)
            if start is not None:
                found[start] = end + 1
    return found


def _may_end(text: str) -> bool:
    if len(text) > LONGEST:
        return False
    bare = text.rstrip(DECORATION)
    if bare.endswith(COLON) or BARE.fullmatch(bare):
        return True
    low = bare.casefold()
    return low.lstrip("[(").startswith(words().quoting) or bool(
        words().verbs.search(low if "@" in low else low[-60:])
    )


def _head(text: str) -> str:
    """The attribution of a line on which the quoted text begins: "… <anna@example.com> wrote: Hello"."""
    low = text.lower()
    if "@" not in text or len(low) != len(text):
        return text
    for verb in words().verbs.finditer(low):
        after = text[verb.end() :].lstrip()
        if after.startswith(COLON) and ENCLOSED.search(text[: verb.start()]):
            return f"{text[: verb.end()]}:"
    return text


def _start(lines: Sequence[Line], end: int) -> int | None:
    """The line where the attribution that ends here begins."""
    follows = _quote_follows(lines, end + 1)
    best: int | None = None
    joined = ""
    for at in range(end, max(end - WRAPPED, -1), -1):
        line = lines[at]
        if not line.text or line.quoted or len(line.text) + len(joined) > LONGEST:
            break
        joined = f"{_head(line.text) if at == end else line.text} {joined}".strip()
        if not _is_attribution(joined.strip(DECORATION), follows):
            continue
        dated = bool(DATE.search(joined))
        if dated and _well_begun(line.text):
            return at
        if best is None or (dated and not DATE.search(lines[best].text)):
            best = at
    return _with_name(lines, best)


def _with_name(lines: Sequence[Line], at: int | None) -> int | None:
    """An address at the very start has its name on the line before."""
    if at is None or not lines[at].text.startswith(("<", "[mailto")):
        return at
    return at - 1 if at and lines[at - 1].text and not lines[at - 1].quoted else at


def _quote_follows(lines: Sequence[Line], at: int) -> bool:
    """Whether the next line that is not blank is marked as quoted."""
    for line in lines[at : at + 6]:
        if line.text:
            return line.quoted
    return False


def _well_begun(text: str) -> bool:
    low = text.lstrip(DECORATION).casefold()
    if low.startswith(("<", "(", "[")):
        return False
    lead = any(
        low.startswith(lead) and not low[len(lead) : len(lead) + 1].isalpha() for lead in words().leads
    )
    return (
        lead or low.startswith(("在", "於", "于")) or any(sign.isdigit() for sign in low[:24]) or "@" in low
    )


def _is_attribution(text: str, follows: bool) -> bool:
    if BARE.fullmatch(text):
        return True
    low = text.casefold()
    colon = text.endswith(COLON)
    verb = words().verbs.search(low)
    enclosed = bool(ENCLOSED.search(text))
    if low.lstrip("[(").startswith(words().quoting) and _cites(text, follows, colon, enclosed):
        return True
    if not verb:
        return colon and _date_and_address(text)
    last = low[verb.end() :].strip(" ()") == "" or colon
    return last and _programmatic(text, low, enclosed, colon, follows)


def _cites(text: str, follows: bool, colon: bool, enclosed: bool) -> bool:
    """Whether a line that begins with "Quoting" names whom or when, or stands right above a quote."""
    return (colon and (enclosed or follows)) or (follows and (enclosed or bool(DATE.search(text))))


def _programmatic(text: str, low: str, enclosed: bool, colon: bool, follows: bool) -> bool:
    """Whether a line with "wrote" in it has what a program would put there."""
    date, time = bool(DATE.search(text)), bool(TIME.search(text))
    if enclosed and (date or time or colon):
        return True
    if SENTENCE.search(text) or _a_person_speaks(text, low):
        return False
    if follows and colon and len(text) < 160:
        return True
    if date and time:
        return colon and len(text) < 200
    whole = len(NUMBERS.findall(text)) >= 2 and _well_begun(text)
    return colon and len(text) <= 80 and whole and date


def _a_person_speaks(text: str, low: str) -> bool:
    """ "On 3 May 2026 your colleague wrote:" has a date and is a person's sentence all the same."""
    plain = text
    for note in NOTE:
        plain = plain.replace(note, "")
    table = words()
    said = {match.group() for match in table.verbs.finditer(low)}
    languages = {language for verb in said for language in table.verb_languages.get(verb, ())}
    first = plain.split(maxsplit=1)[0] if plain.split() else ""
    first = first.casefold() if len(first) > 1 else ""
    return any(table.ours[name].search(plain) or table.ours[name].fullmatch(first) for name in languages)


def _date_and_address(text: str) -> bool:
    """ "1 мая 2026 г. в 10:00 Anna <anna@example.com>:" has no verb at all."""
    if not text.rstrip(" :：").endswith((">", ")", "]")) or not ENCLOSED.search(text):
        return False
    begins = bool(NAMELESS.match(text)) or any(sign.isdigit() for sign in text[:24])
    return begins and bool(DATE.search(text)) and bool(TIME.search(text)) and len(text.split()) <= 20
