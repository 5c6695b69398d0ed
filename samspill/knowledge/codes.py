"""Codes in a question, such as E12 on a display: to meaning they all look alike, to people they do not."""

import re
import unicodedata

_CODE = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{1,4}[- ]?\d{1,6}(?![A-Za-z0-9])")


def codes(text: str) -> frozenset[str]:
    """Every code in a text, in one spelling."""
    plain = unicodedata.normalize("NFKC", text)
    return frozenset(re.sub(r"[- ]", "", found).upper() for found in _CODE.findall(plain))
