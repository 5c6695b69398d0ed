"""Chinese, Japanese or Korean, and which Chinese, from the characters alone."""

import re
from collections.abc import Sequence
from functools import lru_cache

_KANA = re.compile(r"[\u3040-\u309f\u30a1-\u30fa\uff66-\uff9d]")
_HANGUL = re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
# In both character sets, but ordinary only in Simplified text.
_SIMPLIFIED_HABIT = frozenset("么个机几从与万号体儿")
_STARTS = re.compile(r"\W*[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
KEPT = 8_192  # characters whose script is remembered: more than anybody writes
_LATIN_WORD = re.compile(r"[A-Za-zÀ-ɏ]{2,}")


def han(text: str, hints: Sequence[str]) -> tuple[str, float] | None:
    """(code, confidence) for text mostly in these scripts, else None; `hints` decide close calls."""
    if max(text, default="") < "\u1100":
        return None
    kana, hangul, characters = (len(script.findall(text)) for script in (_KANA, _HANGUL, _HAN))
    asian = kana + hangul + characters
    # A sentence that begins in these scripts may name long foreign titles.
    if (3 * asian if _STARTS.match(text) else asian) <= len(_LATIN_WORD.findall(text)):
        return None
    if hangul > kana and hangul >= characters / 2:
        return "ko", 0.99
    if kana and kana >= characters / 8:
        return "ja", 0.99
    return _chinese(_HAN.findall(text), hints)


def _chinese(characters: Sequence[str], hints: Sequence[str]) -> tuple[str, float]:
    traditional = sum(_only(one, "big5", "gb2312") for one in characters)
    simplified = sum(one in _SIMPLIFIED_HABIT or _only(one, "gb2312", "big5") for one in characters)
    if traditional != simplified:
        code = "zh-Hant" if traditional > simplified else "zh-Hans"
        return code, (max(traditional, simplified) + 1) / (traditional + simplified + 2)
    return next((code for code in hints if code in ("zh-Hant", "zh-Hans")), "zh-Hant"), 0.5


@lru_cache(KEPT)
def _only(character: str, here: str, not_there: str) -> bool:
    """National character sets hold what each script uses; a character in just one tells them apart."""
    return _fits(character, here) and not _fits(character, not_there)


def _fits(character: str, charset: str) -> bool:
    try:
        return bool(character.encode(charset))
    except UnicodeEncodeError:
        return False
