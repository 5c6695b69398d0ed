"""Header values as people read them: encoded words (RFC 2047), raw 8-bit bytes, and every way to get them wrong."""

import binascii
import re

from samspill.mail.charsets import decode
from samspill.mail.transfer import unquoted

# charset, encoding, text; a missing end counts as an end where the value ends
_WORD = re.compile(
    r"=\?([^?\s\"]{1,60})\?([bBqQ])\?([^=?]*(?:(?:=(?!\?[^=])|\?(?!=))[^=?]*)*)(?:\?=|(?<=[A-Za-z0-9+/=])$)"
)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BETWEEN = re.compile(r"\s*")
_FOLDS = re.compile(r"[ \t]*[\r\n]+[ \t]*|\t+")


def text_of(value: bytes, charset: str = "") -> str:
    """A header value as text; `charset` is the one its mail declares, for bytes that were sent raw."""
    raw = value.decode("ascii") if value.isascii() and b"\x1b" not in value else decode(value, charset)
    return clean(without_words(raw))


def raw_text_of(value: bytes, charset: str = "") -> str:
    """The same with encoded words still in place, for values that have a structure."""
    return value.decode("ascii") if value.isascii() and b"\x1b" not in value else decode(value, charset)


def without_words(value: str) -> str:
    """Encoded words decoded; neighbours are joined first, as some programs cut within a character."""
    if "=?" not in value:
        return value
    parts: list[str] = []
    run: list[tuple[str, str, str]] = []
    at = 0
    for word in _WORD.finditer(value):
        between = value[at : word.start()]
        if not (run and _BETWEEN.fullmatch(between)):
            parts += [_decoded(run), between]
            run = []
        run.append((word[1].partition("*")[0].lower(), word[2].lower(), word[3]))
        at = word.end()
    return "".join([*parts, _decoded(run), value[at:]])


def clean(value: str) -> str:
    """One line without control signs."""
    if value.isprintable():
        return value.strip()
    return _CONTROLS.sub("", _FOLDS.sub(" ", value)).strip()


def _decoded(run: list[tuple[str, str, str]]) -> str:
    """A run of words, bytes joined as long as the charset stays the same."""
    texts: list[str] = []
    while run:
        charset = run[0][0]
        same = [word for word in run if word[0] == charset]
        group = run[: len(same)] if run[: len(same)] == same else run[:1]
        run = run[len(group) :]
        texts.append(_text_of_group(group, charset))
    return "".join(texts)


def _text_of_group(group: list[tuple[str, str, str]], charset: str) -> str:
    pieces = [_bytes_of(kind, text) for _, kind, text in _whole(group)]
    if charset.startswith(("iso-2022", "hz", "utf-7")):  # each word begins in ASCII again
        return "".join(decode(piece, charset) for piece in pieces)
    return decode(b"".join(pieces), charset)


def _whole(group: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """Base64 that was cut in the middle of a group of four is put together first."""
    whole: list[tuple[str, str, str]] = []
    for charset, kind, text in group:
        text = "".join(text.split()) if kind == "b" else text
        before = whole[-1] if whole else None
        if before and kind == before[1] == "b" and len(before[2]) % 4 and not before[2].endswith("="):
            whole[-1] = (charset, kind, before[2] + text)
        else:
            whole.append((charset, kind, text))
    return whole


def _bytes_of(kind: str, text: str) -> bytes:
    data = text.encode("utf-8", "surrogateescape")
    if kind == "b":
        return unquoted(data)
    try:
        return binascii.a2b_qp(data, header=True)
    except (binascii.Error, ValueError):
        return data
