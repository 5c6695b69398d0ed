"""How a sentence is kept: regular, without personal data, and recognised when it comes again."""

import hashlib
import re

from samspill.intelligence.clean import clean
from samspill.intelligence.pii import redact

LONGEST = 600
_SIGNS = re.compile(r"[\W_]+")


def keep(text: str) -> str:
    """The sentence as it may be kept: tidied, personal data replaced by placeholders, at most 600 signs."""
    return redact(tidy(text))[0][:LONGEST].strip()


def tidy(text: str) -> str:
    """Nothing that is not printed, single spaces, at most 2,000 signs; its letters and signs stay as they are."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text[:2_000]).split())


def fingerprint(text: str) -> str:
    """Hex sha256 of its words alone: case, spaces and signs make no other sentence."""
    plain = clean(text).casefold()
    words = _SIGNS.sub(" ", plain).strip()
    return hashlib.sha256((words or plain).encode("utf8", "replace")).hexdigest()
