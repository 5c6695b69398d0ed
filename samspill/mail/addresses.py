"""Who a mail is from and to: address lists as RFC 5322 has them, and as programs garble them."""

import re
from collections.abc import Iterator

from samspill.mail.encoded_words import clean, without_words
from samspill.mail.mail import Address

MOST = 5_000
_TOKEN = re.compile(
    r"=\?[^?\s]{1,60}\?[bBqQ]\?[^?]*\?="  # an encoded word may hold commas and brackets
    r"|\"(?:[^\"\\]|\\.){0,1000}\""
    r"|[^,;:<>()\"\\=]+|\\.|.",
    re.S,
)
_BARE = re.compile(r"[^\s<>()\[\],;:\"']+@[^\s<>()\[\],;:\"'@]+")
_QUOTED_PAIR = re.compile(r"\\(.)", re.S)
_SCHEME = re.compile(r"^\s*(?:mailto|smtp|sip):\s*", re.I)
_WRAPPED = re.compile(r"^(['\"])(.*)\1$", re.S)
_SPACES = re.compile(r"\s+")


def addresses_of(value: str) -> tuple[Address, ...]:
    """Every mailbox of a header value (as it came, encoded words in place), groups opened."""
    pieces = list(_pieces(value[:500_000]))
    return tuple(address for piece in _healed(pieces) if (address := _address(piece)))[:MOST]


def _pieces(value: str) -> Iterator[list[str]]:
    """Tokens between commas and semicolons; comments are one token, so is what stands in angles."""
    piece: list[str] = []
    signs = iter(_TOKEN.findall(value))
    for sign in signs:
        if sign in {",", ";"}:
            yield piece
            piece = []
        elif sign == ":" and not any("@" in one for one in piece) and not _is_scheme(piece):
            piece = []  # the name of a group
        elif sign == "<":
            piece.append("<" + _until(signs, ">"))
        elif sign == "(":
            piece.append("(" + _until(signs, ")"))
        else:
            piece.append(sign)
    yield piece


def _is_scheme(piece: list[str]) -> bool:
    return bool(piece) and piece[-1].strip().lower().endswith(("mailto", "smtp"))


def _until(tokens: Iterator[str], end: str) -> str:
    inside, depth = [], 1
    for token in tokens:
        depth += {end: -1, "(": 1 if end == ")" else 0}.get(token, 0)
        if not depth:
            break
        inside.append(token)
    return "".join(inside)


def _healed(pieces: list[list[str]]) -> Iterator[list[str]]:
    """`Doe, John <john@doe.example>`: a comma in a name nobody quoted."""
    pending: list[str] = []
    for piece in pieces:
        text = "".join(piece)
        if not text.strip():
            continue
        if "@" not in text and "<" not in text:
            pending += [*piece, ","]
            continue
        named = any(token[:1] == "<" for token in piece) and not (len(piece) == 1 and pending)
        if pending and not named:
            yield pending[:-1]
            pending = []
        yield [*pending, *piece]
        pending = []
    if pending:
        yield pending[:-1]


def _address(piece: list[str]) -> Address | None:
    angles = [token[1:] for token in piece if token[:1] == "<"]
    comments = [token[1:] for token in piece if token[:1] == "("]
    words = "".join(_word(token) for token in piece if token[:1] not in "<(" and token not in {">", ")"})
    found = next((_bare(angle) for angle in reversed(angles) if "@" in angle), "")
    if angles and not found:
        found = _bare(next((angle for angle in reversed(angles) if angle.strip()), ""))
    if not found and (inside := _BARE.search(without_words(words))):
        found = inside[0].strip(".")
        words = without_words(words).replace(inside[0], " ", 1)
        words = re.sub(r"\[\s*(?:mailto:)?\s*\]|^\s*mailto:\s*", "", words, flags=re.I)
    name = _name(words) or _name(" ".join(comments))
    if not found and name and not angles and " " not in name and name.isascii():
        return Address(name)  # a user of the sending machine, as in cron's mails
    return Address(found, name) if found or name else None


def _word(token: str) -> str:
    if token[:1] == "\\":
        return token[1:]
    return _QUOTED_PAIR.sub(r"\1", token[1:-1]) if token[:1] == '"' and len(token) > 1 else token


def _bare(angle: str) -> str:
    """The address in angles, without routes (`<@relay:me@here>`), blanks and names that do not belong there."""
    text = clean(without_words(_SCHEME.sub("", angle)))
    if text.startswith("@") and ":" in text:
        text = text.rpartition(":")[2]
    inside = _BARE.search(text)
    return inside[0].strip(".") if inside and text.count("@") == 1 else _SPACES.sub("", text).strip("<>'\"")


def _name(words: str) -> str:
    text = _SPACES.sub(" ", clean(without_words(words))).strip(' ,"')
    wrapped = _WRAPPED.match(text)
    return (wrapped[2] if wrapped else text).strip()[:500]
