"""A text in lower case and half width, each character in its old place."""

import re
import unicodedata

_NARROW = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if code != 0xFF0C} | {
    0x3000: " ",
    0xA0: " ",
    0x202F: " ",
}
_WORDS = re.compile(r"[^\W\d_]+")


def narrow(text: str) -> str:
    """Full-width letters, digits and signs as ordinary ones; as long as before."""
    return text if text.isascii() else text.translate(_NARROW)


def plain(text: str) -> str:
    """The same in lower case; a letter that would grow stays as it is."""
    lower = narrow(text).lower()
    if len(lower) == len(text):
        return lower
    return "".join(one.lower() if len(one.lower()) == 1 else one for one in narrow(text))


def folded(text: str) -> str:
    """Letters and digits without case, width and accents, for comparing; its length may differ."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(one for one in apart if one.isalnum())


def bag(text: str) -> set[str]:
    """The words that occur, in lower case: what tells quickly that a text holds nothing of a kind."""
    return set(_WORDS.findall(plain(text)))
