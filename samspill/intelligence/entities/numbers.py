"""Order numbers as a company writes them, found however customers type them."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

STANDARD = "NS-00000"
_DASHES = r"[\s\-‐-―_.:]*"


@dataclass(frozen=True)
class OrderNumbers:
    """A mask where 0 is a digit and A a letter; everything else stands for itself."""

    mask: str = STANDARD

    def read(self, text: str) -> str | None:
        """The number in its own form when the text is one and nothing else; the prefix may be missing."""
        return _canonical(self.mask, _whole(self.mask).fullmatch(_normal(text)))

    def find(self, text: str) -> list[str]:
        """Every number in a sentence that is marked as one by its prefix or by `#`."""
        found = (_canonical(self.mask, match) for match in _marked(self.mask).finditer(_normal(text)))
        return list(dict.fromkeys(number for number in found if number))

    def spans(self, text: str) -> list[tuple[int, int, str]]:
        """Where marked numbers stand in a text of ordinary width: start, end and the number in its own form."""
        hits = _marked(self.mask).finditer(text) if "0" in self.mask else ()
        return [(*hit.span(), _canonical(self.mask, hit) or "") for hit in hits]

    def find_bare(self, text: str) -> list[str]:
        """Like `find`, but takes digits without a prefix too; right only when we just asked for one."""
        found = (_canonical(self.mask, match) for match in _bare(self.mask).finditer(_normal(text)))
        return list(dict.fromkeys(number for number in found if number))


def _normal(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def _parts(mask: str) -> tuple[str, str]:
    prefix = re.match(r"[^0]*", mask)
    head = prefix[0] if prefix else ""
    return head, mask[len(head) :]


def _piece(sign: str) -> str:
    return {"0": r"\d", "A": "[A-Za-z]"}.get(sign, re.escape(sign))


@lru_cache(maxsize=32)
def _body(mask: str) -> str:
    return "".join(_piece(sign) for sign in _parts(mask)[1])


@lru_cache(maxsize=32)
def _head(mask: str) -> str:
    letters = [re.escape(sign) for sign in _parts(mask)[0] if sign.isalnum()]
    return r"\s*".join(letters) + _DASHES if letters else ""


@lru_cache(maxsize=32)
def _whole(mask: str) -> re.Pattern[str]:
    return re.compile(rf"#?\s*(?:{_head(mask)})?({_body(mask)})[.!]?", re.IGNORECASE)


@lru_cache(maxsize=32)
def _marked(mask: str) -> re.Pattern[str]:
    head = _head(mask)
    mark = rf"(?:(?<![A-Za-z0-9]){head}|#\s*)" if head else r"(?:#\s*|(?<![\d-]))"
    return re.compile(rf"{mark}({_body(mask)})(?!\d)", re.IGNORECASE)


@lru_cache(maxsize=32)
def _bare(mask: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\d.,])(?:#\s*)?(?:{_head(mask)})?({_body(mask)})(?![\d]|[.,]\d)", re.IGNORECASE)


def _canonical(mask: str, match: re.Match[str] | None) -> str | None:
    return _parts(mask)[0] + match[1].upper() if match else None
