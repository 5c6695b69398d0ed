"""How people sign, and what programs and firms add below: marked as signature, never taken from the sentences.

A signature is, for sure: what stands below a line "-- "; "Sent from my …"; a notice of confidence, a virus scanner's or
a mailing list's footer; a block that tells how to reach the sender, with the closing words above it.

A short closing stays in the text: "Thanks, Anna" is something the person wrote now, and folding it away would save
one line and sometimes lose a word that matters. "Best regards, Anna" therefore counts as signature only when telephone,
address, firm or the like follow. よろしくお願いいたします and 감사합니다 are sentences as often as closings, and follow
the same rule.
"""

import re
from collections.abc import Iterator, Sequence

from samspill.mail.contact import name_like, prose, strong, weak
from samspill.mail.devices import is_device
from samspill.mail.lines import Line
from samspill.mail.parts import Part
from samspill.mail.words import words

DELIMITERS = frozenset({"--", "—", "–", "––", "-- --", "__"})
RULE = re.compile(r"[-_=*~─━＿ー—–·.＊＝+#•\s]{3,80}")
MOST = 25  # lines below "-- "
BLOCK = 16  # lines of a contact block
NOTICE = re.compile(  # words of such notices, or their stems
    r"confid|recipient|addressee|privileg|unauthori|environment|delete|vertraul|empfänger|adressat|irrtüm|umwelt"
    r"|datenschutz|konfid|mottak|mottag|modtag|fortrol|miljø|miljö|luottam|vastaanot|ympärist|vertrouw|geadresseerde"
    r"|milieu|bestemd|destinat|environnement|imprimer|imprimir|ambiente|riserv|stampare|poufn|adresat|drukuj|środowisk"
    r"|保密|機密|机密|收件|法律|刪除|删除|列印|環保|收信|宛先|受信者|誤送信|기밀|수신|비밀|개인정보|конфиденц|důvěrn|bizalmas"
    r"|gizli|εμπιστευτικ|bảo mật|rahasia|povjerljiv|trúnað"
)
AND = re.compile(r",?\s(?:and|y|e|et|und|og|och|ja|en|i|&|/|\+)\s|\s?[,/]\s?")
DASH_NAME = re.compile(r"[-–—~]\s?[^\W\d_][\w.'’-]{1,20}(?:\s[^\W\d_][\w.'’-]{1,20}){0,2}")


def sign(lines: Sequence[Line], parts: list[Part]) -> None:
    """Mark signatures among the new lines, run by run."""
    for start, end in _runs(lines, parts):
        _sign_run(lines, parts, start, end)
    _keep_something(lines, parts)


def _runs(lines: Sequence[Line], parts: Sequence[Part]) -> Iterator[tuple[int, int]]:
    """First and after-last line of every stretch of new lines."""
    start: int | None = None
    for at, part in enumerate([*parts, Part.QUOTED]):
        if part is Part.NEW and start is None:
            start = at
        elif part is not Part.NEW and start is not None:
            yield start, at
            start = None


def _sign_run(lines: Sequence[Line], parts: list[Part], start: int, end: int) -> None:
    filled = [at for at in range(start, end) if lines[at].text]
    devices = _devices(lines, filled)
    for at in devices:
        parts[at] = Part.SIGNATURE
    rest = [at for at in filled if parts[at] is Part.NEW]
    for find in (_delimiter, _footer, _delimiter, _block):
        found = find(lines, rest)
        if found is not None:
            _mark(parts, rest, found)
            rest = [at for at in rest if at < found]


def _mark(parts: list[Part], rest: Sequence[int], found: int) -> None:
    for at in rest:
        if at >= found:
            parts[at] = Part.SIGNATURE


def _devices(lines: Sequence[Line], filled: Sequence[int]) -> list[int]:
    """Lines "Sent from my …" that stand alone, with what belongs to them."""
    found: list[int] = []
    for place, at in enumerate(filled):
        alone = (
            place == 0
            or filled[place - 1] < at - 1
            or filled[place - 1] in found[-1:]
            or place >= len(filled) - 2
        )
        if alone and len(lines[at].text) <= 200 and is_device(lines[at].text):
            found.append(at)
    return found


def _delimiter(lines: Sequence[Line], filled: Sequence[int]) -> int | None:
    """The line "-- " below which the signature stands."""
    for place in range(max(len(filled) - MOST - 1, 0), len(filled)):
        text = lines[filled[place]].text
        if text in DELIMITERS:
            return filled[place]
        if (
            RULE.fullmatch(text)
            and 0 < len(filled) - place - 1 <= BLOCK
            and _contacts(lines, filled[place + 1 :])
        ):
            return filled[place]
    return _dash_name(lines, filled)


def _dash_name(lines: Sequence[Line], filled: Sequence[int]) -> int | None:
    """ "- Anna" below a blank line, at the very end."""
    if (
        len(filled) < 2
        or filled[-2] == filled[-1] - 1
        or lines[filled[-2]].text.startswith(("-", "–", "—", "~"))
    ):
        return None
    text = lines[filled[-1]].text
    return filled[-1] if DASH_NAME.fullmatch(text) and name_like(text.lstrip("-–—~ ")) else None


def _footer(lines: Sequence[Line], filled: Sequence[int]) -> int | None:
    """Where notices of confidence, of virus scanners and mailing lists begin; nothing but such follows."""
    table = words()
    for place, at in enumerate(filled):
        low = lines[at].text.lstrip("*-–—_ [(").casefold()
        begins = place == 0 or filled[place - 1] < at - 1 or place >= len(filled) - 3
        if not begins or not low.startswith(table.disclaimers + table.footers):
            continue
        if low.startswith(table.footers) or (place and _notice(lines, filled[place:])):
            ruled = place and RULE.fullmatch(lines[filled[place - 1]].text)
            return filled[place - 1] if ruled else at
    return None


def _notice(lines: Sequence[Line], filled: Sequence[int]) -> bool:
    """Whether a paragraph that begins like a firm's notice goes on like one."""
    said = " ".join(lines[at].text[:1000] for at in filled[:8]).casefold()
    return len(said) >= 20 and bool(NOTICE.search(said))


def _block(lines: Sequence[Line], filled: Sequence[int]) -> int | None:
    """Where closing words with a contact block below begin, or a contact block without them."""
    for place in range(max(len(filled) - BLOCK, 1), len(filled) - 1):
        if is_closing(lines[filled[place]].text) and _contacts(lines, filled[place + 1 :]):
            return filled[place]
    return _bare_block(lines, filled)


def is_closing(text: str) -> bool:
    """ "Best regards", alone or with up to four words of a name."""
    bare = text.strip(" ,.!:;*-–—~。！，、")
    low = bare.casefold()
    if len(low) > 80:
        return False
    if all(part in words().closings for part in AND.split(low)):
        return True
    tokens = bare.split()
    lengths = range(len(tokens) - 1, max(len(tokens) - 5, 0), -1)
    heads = ((" ".join(tokens[:length]).casefold().rstrip(",.!"), tokens[length:]) for length in lengths)
    return any(head in words().closings and name_like(" ".join(rest)) for head, rest in heads)


def _contacts(lines: Sequence[Line], block: Sequence[int]) -> bool:
    """Whether these lines are a contact block: no sentences, and something to reach a person or firm by."""
    texts = [lines[at].text for at in block]
    if not texts or len(texts) > BLOCK or sum(map(prose, texts)) > 0:
        return False
    if any(map(strong, texts)) or sum(map(weak, texts)) >= 2:
        return True
    return (
        len(texts) >= 3
        and name_like(texts[0])
        and all(len(text) <= 45 and not text.endswith((":", ",")) for text in texts)
    )


def _bare_block(lines: Sequence[Line], filled: Sequence[int]) -> int | None:
    """The last paragraph, where it begins with a name and tells at least two ways to reach that person."""
    if not filled:
        return None
    place = len(filled) - 1
    while place and filled[place - 1] == filled[place] - 1:
        place -= 1
    texts = [lines[at].text for at in filled[place:]]
    introduced = place and lines[filled[place - 1]].text.endswith((":", "："))
    if (
        place == 0
        or introduced
        or not 3 <= len(texts) <= 12
        or not name_like(texts[0])
        or any(map(prose, texts))
    ):
        return None
    return filled[place] if sum(map(strong, texts)) >= 2 else None


def _keep_something(lines: Sequence[Line], parts: list[Part]) -> None:
    """A text that is nothing but a contact block is what the person sends."""
    if any(part is Part.NEW and line.text for line, part in zip(lines, parts, strict=True)):
        return
    first = next((at for at, part in enumerate(parts) if part is Part.SIGNATURE), None)
    if (
        first is None
        or lines[first].text in DELIMITERS
        or is_device(lines[first].text)
        or Part.QUOTED in parts
    ):
        return
    parts[:] = [Part.NEW if part is Part.SIGNATURE else part for part in parts]
