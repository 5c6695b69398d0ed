"""How many people somebody speaks of."""

import re
from collections.abc import Iterator

from samspill.intelligence.entities.context import Context
from samspill.intelligence.entities.entity import Entity
from samspill.intelligence.entities.lexicon import lexicon
from samspill.intelligence.entities.plain import bag, plain

_WORD = r"[^\W\d_]+"
_COUNT = rf"(?:\d{{1,3}}|{_WORD})"
_NOUN = (
    r"(?:people|persons?|person|adults?|children|child|kids?|guests?|pax|diners?|friends?|others|seats?|seniors?|buddies|guys|mates|daughters?|sons?|toddlers?|bab(?:y|ies)|women|men|colleagues|personer|voksne?|barn|"
    r"gjester|stykker|personen|leute|erwachsene[rn]?|kinder?|kindern|gäste|gästen|plätze)"
)
_SOME = r"(?:more\s|other\s|young\s|small\s)?"
_FIRST = rf"(?P<c1>{_COUNT})\s{_SOME}{_NOUN}(?!\w)"
_SECOND = rf"(?P<c2>{_COUNT})\s{_SOME}{_NOUN}(?!\w)"
_GROUP = re.compile(
    rf"(?<!\w)(?P<me>(?:just\s)?(?:me|myself|my\s(?:wife|husband|partner|friend|family))(?:,?\s(?:and|&|plus)\s|,\s)(?:my\s)?)?{_FIRST}(?:(?:,?\s(?:and|og|und|&|plus)\s|,\s){_SECOND})?"
    rf"|(?:party|group|tables?|gruppe|bord|tisch|reservation|booking|booked|dinner|lunch)\s(?:of|for|på|for|von|für|til)\s(?P<of>{_COUNT})(?!\w)(?!\s*(?:pm|am|uhr|:))"
    rf"|(?<!\w)(?P<ours>{_COUNT})\sof\sus(?!\w)"
    rf"|(?:there\s(?:will|would)\sbe|there\sare|we\sare|we're|vi\ser|vi\sblir|wir\ssind|wir\swären)\s(?P<are>{_COUNT})(?!\w)(?!\s{_SOME}{_NOUN})"
    rf"|(?P<zh>\d{{1,3}}|[一二兩三四五六七八九十]{{1,3}})\s?(?:個人|位|人|大人|小孩)"
)
_TELLING = frozenset(
    "people person persons adult adults child children kid kids guest guests pax diner diners friends "
    "others us seat seats seniors senior friend buddies guys mates daughter daughters son sons toddler "
    "toddlers baby babies women men colleagues tables booked dinner lunch personer voksne voksen barn "
    "gjester stykker personen leute erwachsene erwachsenen kinder kindern gäste gästen plätze party group "
    "table gruppe bord tisch reservation booking there we vi wir kind".split()
)
MOST = 20


def find_people(text: str, context: Context) -> Iterator[Entity]:
    """Numbers of people; the value is their sum."""
    low = plain(text)
    meanings = lexicon(context.language, context.country).meanings
    telling = not _TELLING.isdisjoint(bag(low)) or "人" in low or "位" in low
    for hit in [*_GROUP.finditer(low)][:MOST] if telling else ():
        group = next((name for name in ("of", "are", "ours") if hit[name]), "")
        counts = [hit[name] for name in ("c1", "c2", "of", "are", "ours") if hit[name]]
        numbers = [int(one) if one.isdigit() else _worded(one, meanings) for one in counts]
        if None in numbers or (hit["zh"] and not counts):
            if hit["zh"]:
                yield Entity("people", *hit.span(), hit["zh"], 0.8)
            continue
        total = sum(n for n in numbers if n) + bool(hit["me"])
        yield Entity("people", *(hit.span(group) if group else hit.span()), str(total), 0.8)
    if "people" in context.expects:
        yield from _bare(low, meanings)


def _bare(low: str, meanings: dict[str, tuple[str, str]]) -> Iterator[Entity]:
    for hit in [*re.finditer(rf"(?<![\w:.]){_COUNT}(?![\w:])", low)][:MOST]:
        number = int(hit[0]) if hit[0].isdigit() else _worded(hit[0], meanings)
        if number and hit[0] not in ("a", "an"):
            yield Entity("people", *hit.span(), str(number), 0.5)


def _worded(word: str, meanings: dict[str, tuple[str, str]]) -> int | None:
    kind, value = meanings.get(word, ("", ""))
    return int(value) if kind == "N" and value.isdigit() else None
