"""Makes any string safe and regular before a tokenizer sees it."""

import re
import unicodedata

MAX_CHARACTERS = 2_000

# Cc and Cs would cut or break the text on the way; the rest of group C carries no meaning for a sentence.
_UNSPOKEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]+"
)
_SPACES = re.compile(r"\s+")


def clean(text: str, limit: int = MAX_CHARACTERS) -> str:
    """NFKC, no control characters or lone surrogates, single spaces, at most `limit` characters."""
    whole = text[:limit].encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    normal = unicodedata.normalize("NFKC", _UNSPOKEN.sub(" ", whole))
    return _SPACES.sub(" ", normal[:limit]).strip()
