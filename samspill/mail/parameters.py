"""`text/plain; charset=utf-8; name*0*=…`: a value and its parameters, by RFC 2045 and 2231 and as programs write it."""

import re
from urllib.parse import unquote_to_bytes

from samspill.mail.charsets import decode
from samspill.mail.encoded_words import clean, raw_text_of, without_words

_PARAMETER = re.compile(
    r"(?:^|[;\s])\s*([A-Za-z][\w.-]*)((?:\*\d{1,3})?)(\*?)\s*=\s*"
    r"(?:\"((?:[^\"\\]|\\.)*)(?:\"|$)|((?:=\?[^?\s]*\?[bBqQ]\?.*?\?=\s*)+|[^;\"]*(?:\"(?=\S))?[^;\"]*))",
    re.S,
)
_EXTENDED = re.compile(r"([\w.:-]*)'([\w-]*)'(.*)", re.S)
_ESCAPED = re.compile(r"\\([\"\\])")
_LONGEST = 16 * 1024


def parameters_of(value: bytes, charset: str = "") -> tuple[str, dict[str, str]]:
    """The value itself in small letters, and its parameters with names in small letters."""
    text = raw_text_of(value[:_LONGEST], charset).replace("\r", "").replace("\n", "")
    main, _, rest = text.partition(";")
    main, gap, more = main.strip().partition(" ")
    rest = f"{more};{rest}" if gap and "=" in more else rest
    return main.strip().strip('"').lower(), _joined(rest) if rest else {}


def _joined(rest: str) -> dict[str, str]:
    whole: dict[str, str] = {}
    parts: dict[str, dict[int, tuple[str, bool]]] = {}
    for name, number, star, quoted, bare in _PARAMETER.findall(rest):
        name = name.lower()
        value = (
            _ESCAPED.sub(r"\1", quoted)
            if quoted
            else bare.strip().strip("'")
            if bare[:1] == "'"
            else bare.strip()
        )
        if number:
            parts.setdefault(name, {}).setdefault(int(number[1:]), (value, bool(star)))
        elif star:
            parts.setdefault(name, {}).setdefault(0, (value, True))
        elif value and name not in whole:
            whole[name] = _plain(value)
    extended = {
        name: _extended([found for _, found in sorted(numbered.items())]) for name, numbered in parts.items()
    }
    return whole | {name: value for name, value in extended.items() if value}


def _plain(value: str) -> str:
    """Encoded words do not belong here, nor `utf-8''…` without a star; both are common."""
    if "=?" in value:
        return clean(without_words(value))
    found = _EXTENDED.fullmatch(value) if "''" in value and "%" in value else None
    return clean(_percent(found[3], found[1]) if found else value)


def _extended(parts: list[tuple[str, bool]]) -> str:
    first = _EXTENDED.fullmatch(parts[0][0]) if parts[0][1] else None
    charset = first[1] if first else ""
    if first:
        parts = [(first[3], True), *parts[1:]]
    data = b"".join(
        unquote_to_bytes(value) if coded else value.encode("utf-8", "replace") for value, coded in parts
    )
    text = decode(data, charset)
    return clean(without_words(text))


def _percent(value: str, charset: str) -> str:
    return decode(unquote_to_bytes(value), charset)
