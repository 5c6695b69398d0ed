"""Names of people: where somebody introduces himself, signs, or is known to the caller."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from samspill.intelligence.entities.entity import Entity
from samspill.intelligence.entities.plain import bag

_U = r"[A-ZÀ-ÖØ-ÞŁŚŻĆŠŽČ]"
_L = r"[^\W\d_]"
_PART = rf"{_U}{_L}*(?:[-'’]{_L}+)*\.?"
_LINK = r"(?:van|von|de|der|den|af|av|da|di|del|la|bin|al|zu)"
_FULL = rf"{_PART}(?:\s(?:{_LINK}\s){{0,2}}{_PART}){{0,3}}"
_ANY = r"[^\W\d_]+(?:[-'’][^\W\d_]+)*"
_SURE = (
    r"(?:jeg|eg|vi)\s(?:heter|heiter)|(?:mitt\s)?navn(?:et)?(?:\smitt)?(?:\ser|:)|namnet\smitt\ser|(?:ich|wir)\shei(?:ß|ss)en?|"
    r"(?:mein\s)?(?:voller\s)?name(?:\sist|:)|my\s(?:full\s|first\s|last\s|sur)?name(?:'s|’s|\sis|:)|(?:full|first|last|sur)\s?name(?:'s|\sis|:)?|"
    r"(?:the\s)?name(?:'s|’s|\sis|\swill\sbe|:)|i(?:'m|\sam)\scalled|call\sme|under\s(?:the\s|my\s)?(?:last\s|first\s)?name,?(?:\sof)?|"
    r"under\snavnet|unter\sdem\snamen|auf\sden\snamen|fornavn(?:et)?(?:\ser|:)|etternavn(?:et)?(?:\ser|:)|vorname(?:\sist|:)|"
    r"nachname(?:\sist|:)|jag\sheter|mit\snavn\ser|jeg\shedder|je\sm'appelle|me\sllamo|mi\schiamo|nazywam\ssię|minun\snimeni\son|ik\sheet"
)
_KEPT = (
    r"(?:book(?:ing|ed)?|reserv(?:ation|ed|ierung)|table|appointment|bord|bestilling|avtale|tisch|termin)"
    r"[^.?!\n]{0,40}?\s(?:for|with|by|under|på|auf|für)"
)
_WEAK = (
    r"(?:this\sis|it'?s|i\sam|i'm|i’m|speaking\sto|hilsen|jeg\ser|dette\ser|det\ser|ich\sbin|hier\sist|hier\sspricht|contact\sperson|"
    r"herr|frau|fru|hr\.|mr\.?|mrs\.?|ms\.?|dr\.?|kontaktperson(?:en)?(?:\ser)?|under|attn\.?:?|z\.\s?hd\.|c/o)"
)
_SIGNED = (
    r"(?:med\s)?(?:vennlig|beste|varm)\s?hilsen|mvh\.?|vh\.?|hilsen|hilsener|mit\s(?:freundlichen|besten|lieben)\sgr(?:ü|ue)(?:ß|ss)en|"
    r"(?:viele|beste|liebe|freundliche)\sgr(?:ü|ue)(?:ß|ss)e|mfg|lg|vg|gr(?:u|ü)(?:ß|ss)e?|(?:kind|best|warm)?\s?regards|cheers|sincerely|"
    r"yours(?:\s(?:truly|sincerely|faithfully))?|best|thanks|many\sthanks|(?:med\s)?vänlig(?:a)?\shälsning(?:ar)?|venlig\shilsen"
)
_INTRODUCED = re.compile(rf"(?<!\w)(?i:{_SURE})\s+(?:(?i:mr|mrs|ms|dr|herr|frau)\.?\s)?(?P<name>{_FULL})")
_LOWER = re.compile(rf"(?<!\w)(?i:{_SURE})\s+(?P<name>{_ANY}(?:\s{_ANY}){{0,2}})")
_MAYBE = re.compile(
    rf"(?<!\w)(?i:{_WEAK}|{_KEPT})\s+(?:(?i:mr|mrs|ms|dr)\.?\s)?(?P<name>{_PART}\s(?:{_LINK}\s)?{_PART}(?:\s{_PART})?)(?!\w)"
)
_TITLED = re.compile(rf"(?<!\w)(?:Herr|Frau|Fru|Hr\.|Mr\.?|Mrs\.?|Ms\.?|Dr\.?)\s(?P<name>{_FULL})")
_SPEAKING = re.compile(
    rf"(?<!\w)(?i:this\sis|hier\sist|det\ser|dette\ser)\s(?P<name>{_FULL})(?=,?\s(?i:speaking|here|am\sapparat|som\sringer|von|from|fra)(?!\w))"
)
_SIGNATURE = re.compile(
    rf"(?:^|[\n.!?,])[^\S\n]*(?i:{_SIGNED})[,.!]?[^\S\n]*\n?[^\S\n]*(?P<name>{_FULL})[^\S\n]*\.?[^\S\n]*(?=\n|$)"
)
_BARE = re.compile(rf"\s*(?P<name>{_PART}(?:\s{_PART}){{0,2}})[\s.!]*")
_LAST = re.compile(
    rf"(?<!\w)(?P<name>{_PART}\s{_PART})(?=\sis\s(?:the|my)\sname|\shas\sa\s(?:booking|reservation|table))"
)
_SURNAMES = (
    "陳林黃張李王吳劉蔡楊許鄭謝洪郭邱曾廖賴徐周葉蘇莊呂江何蕭羅高潘簡朱鍾游彭詹胡施沈余盧梁趙顏柯翁魏孫戴范方宋鄧杜傅侯曹薛丁卓阮馬董温唐藍石蔣田康鄒白涂尤巫韓"
    "龔嚴袁古程倪姚薄陈黄张吴刘杨许郑谢赖叶苏庄吕萧罗钟卢赵颜孙邓马蓝蒋邹韩龚严"
)
_H = r"[\u3400-\u9fff]"
_END = r"(?=$|[\s，。,.!！?？、；;：:]|是|的|想|要|在|，|請|我|您|你|電|手|住|打|來|這|昨|今|有)"
_CHINESE = re.compile(
    rf"(?:我叫做?|我的名字[是叫]|本人姓名[:：]?|姓名[是:：]?|名字[是叫:：]|收件人[是:：]?|敝姓|我姓|我是|這裡是|署名[:：]?)\s?"
    rf"(?P<name>[{_SURNAMES}]{_H}{{1,2}}?){_END}|(?:我叫|姓名[是:：]|名字[是叫:：])\s?(?P<any>{_H}{{2,4}}?)(?=$|[\s，。,.!！])"
    rf"|(?:敝姓|我姓)(?P<surname>[{_SURNAMES}])|(?P<titled>[{_SURNAMES}]{_H}{{0,2}}?)(?=先生|小姐|女士|太太)"
    rf"|(?P<signed>[{_SURNAMES}]{_H}{{1,2}})\s?(?:敬上|上|謹啟)\s*$"
)
_LINKS = frozenset("van von de der den af av da di del la bin al zu".split())
_STOP = frozenset(
    "feil stavet skrevet riktig mangler ikke wrong misspelled misspelt spelled spelt incorrect correct "
    "missing right back tomorrow today later now again when asap sie willkommen falsch richtig fehlt hier "
    "her there here best regards black very so just as by before after if or morgen heute igjen senere "
    "tilbake og und and i jeg ich eg is er ist my mitt mein the a an from fra aus på with for to no not "
    "but men aber please takk thanks danke bor kommer wohne har habe have it that will be on this of "
    "under you your him can we our at in also då som that's thank hi hello book make would like want need "
    "yes ja nei nein med mit email telefon phone".split()
)
_NOT_NAMES = frozenset(
    "Hei Hello Hi Hallo Guten Good Dear Kjære Liebe Monday Tuesday Wednesday Thursday Friday Saturday "
    "Sunday January February March April May June July August September October November December "
    "Samspill Kunde Kundin Customer Bestellung Order Ordre Paket Support Service Team Norge Norway "
    "Deutschland Germany Taiwan The A An I My Tomorrow Today Tonight Restaurant Hotel Station Street "
    "Cross Park".split()
)


def find_names(text: str, known: Sequence[str] = (), *, asked: bool = False) -> Iterator[Entity]:
    """Introductions, titles, signatures, and every mention of a name in `known`, whole or in part; where a name was
    `asked` for, a text of nothing but one to three words with a capital."""
    if asked and (bare := _BARE.fullmatch(text)):
        yield from _cut(text, bare.start("name"), bare["name"], 0.6)
    words = bag(text)
    for pattern, sure, telling in _PATTERNS:
        if telling.isdisjoint(words):
            continue
        for hit in pattern.finditer(text):
            yield from _cut(text, hit.start("name"), hit["name"], sure)
    if _CHINESE_HINT.search(text):
        for hit in _CHINESE.finditer(text):
            group = str(hit.lastgroup)
            yield Entity("name", *hit.span(group), hit[group], 0.9)
    yield from _known(text, known)


_INTRODUCING = frozenset(
    "heter heiter hedder navn navnet namn namnet name names heiße heiß heisse heißen called call under "
    "fornavn fornavnet etternavn etternavnet vorname nachname surname appelle llamo chiamo nazywam nimeni "
    "heet".split()
)
_POLITE = frozenset("herr frau fru hr mr mrs ms dr".split())
_SPEAKS = frozenset("this hier det dette".split())
_CLOSING = frozenset(
    "hilsen hilsener mvh vh grüßen gruessen grüße gruße gruesse gruß grüß mfg lg vg regards cheers "
    "sincerely yours best thanks hälsning hälsningar".split()
)
_WEAKLY = (
    _POLITE
    | _SPEAKS
    | frozenset(
        "it i hilsen jeg ich speaking contact kontaktperson kontaktpersonen under for with by attn c".split()
    )
)
_PATTERNS = (
    (_INTRODUCED, 0.9, _INTRODUCING),
    (_LOWER, 0.7, _INTRODUCING),
    (_SPEAKING, 0.9, _SPEAKS),
    (_TITLED, 0.8, _POLITE),
    (_SIGNATURE, 0.8, _CLOSING),
    (_LAST, 0.7, frozenset(("name", "has"))),
    (_MAYBE, 0.6, _WEAKLY),
)
_CHINESE_HINT = re.compile("[我姓名收這署生姐士太敬上謹]")


def _cut(text: str, start: int, name: str, sure: float) -> Iterator[Entity]:
    """A name ends where ordinary words begin."""
    kept: list[str] = []
    for word in name.split():
        if word.casefold() in _STOP or word.rstrip(".") in _NOT_NAMES:
            break
        if kept and kept[0][0].isupper() and word[0].islower() and word not in _LINKS:
            break
        kept.append(word)
        if word.endswith(".") and len(word) > 2:
            break
    found = re.match(r"\s+".join(re.escape(word) for word in kept), name) if kept else None
    if found:
        end = start + len(found[0].rstrip("."))
        yield Entity("name", start, end, " ".join(text[start:end].split()), sure)


def _known(text: str, known: Sequence[str]) -> Iterator[Entity]:
    pattern = _gazetteer(tuple(known))
    for hit in pattern.finditer(text) if pattern else ():
        yield Entity("name", *hit.span(), hit[0])


@lru_cache(maxsize=256)
def _gazetteer(known: tuple[str, ...]) -> re.Pattern[str] | None:
    """Whole names first, then their parts; a part of a Latin name has three letters at least."""
    forms = dict.fromkeys(name.strip() for name in known if len(name.strip()) > 1)
    for name in [name for name in forms if not _WHOLE.search(name)]:
        if re.fullmatch(rf"{_H}{{3,4}}", name):
            forms[name[1:]] = None  # people are called by their given name
        forms |= dict.fromkeys(
            part for part in re.split(r"[\s,]+", name) if len(part) > 2 and not part.isdigit()
        )
    if not forms:
        return None
    longest = sorted(forms, key=len, reverse=True)[:200]
    joined = "|".join(_form(form) for form in longest)
    return re.compile(joined, re.IGNORECASE)


_WHOLE = re.compile(r"[\d@]")  # an address is known as a whole


def _form(form: str) -> str:
    body = r"\s+".join(re.escape(part) for part in form.split())
    return body if re.match(_H, form) else rf"(?<![^\W_]){body}(?:s|’s|'s)?(?![^\W_])"
