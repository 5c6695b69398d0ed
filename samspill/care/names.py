"""Names made equal where people write the same name differently: order, accents, alphabets, short forms."""

import re
import unicodedata
from functools import cache
from importlib import resources

import yaml

_LETTERS = str.maketrans({
    "ø": "o", "ð": "d", "þ": "th", "ł": "l", "đ": "d", "ß": "ss", "æ": "a", "œ": "o", "ı": "i", "å": "a",
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z", "и": "i", "й": "i",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
    "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "iu",
    "я": "ia", "і": "i", "ї": "i", "є": "ie", "ґ": "g",
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i", "κ": "k", "λ": "l",
    "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "ς": "s", "τ": "t", "υ": "y", "φ": "f",
    "χ": "ch", "ψ": "ps", "ω": "o",
})  # fmt: skip
# how the same letter is spelt where the keyboard has no dots and rings
_SPELT = [("aa", "a"), ("ae", "a"), ("oe", "o"), ("ue", "u"), ("yu", "iu"), ("ya", "ia")]
_TITLES = {"mr", "mrs", "ms", "dr", "prof", "herr", "frau", "hr", "fru", "fr", "mag", "ing", "dipl"}
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def levelled(name: str) -> tuple[str, ...]:
    """The words of a name without what varies, in order of the alphabet; () where it says too little."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    if _HAN.search(plain):
        whole = "".join(_HAN.findall(plain))
        return (whole,) if len(whole) > 1 else ()
    words = [_level(word) for word in re.findall(r"[^\W\d_]+", plain)]
    return tuple(sorted(word for word in words if word and word not in _TITLES))


def same_person(left: tuple[str, ...], right: tuple[str, ...]) -> str:
    """`same_name`, `similar_name` or `names_differ` of two levelled names; "" where one of them says too little."""
    if not left or not right:
        return ""
    if left == right:
        return "same_name" if len(left) > 1 or _HAN.match(left[0]) else "similar_name"
    if set(left) <= set(right) or set(right) <= set(left):
        return "similar_name"
    return "similar_name" if _alike(left, right) else "names_differ"


def loose(words: tuple[str, ...]) -> list[str]:
    """Keys under which a name meets its short forms and initials: each long word with the first letter of another."""
    pairs = {(one, other) for one in words for other in words if one != other and len(one) > 2}
    return sorted({f"{family} {letter}" for family, given in pairs for letter in _letters(given)})


def _letters(word: str) -> set[str]:
    return {word[0], *(name[0] for name in _short_forms().get(word, ()))}


def _alike(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    shared = set(left) & set(right)
    if not any(len(word) > 2 for word in shared):
        return False
    rest = [[word for word in words if word not in shared] for words in (left, right)]
    return any(_is_short(one, other) for one in rest[0] for other in rest[1])


def _is_short(one: str, other: str) -> bool:
    if min(len(one), len(other)) == 1:
        return one[0] == other[0]
    return bool(_short_forms().get(one, frozenset()) & _short_forms().get(other, frozenset()))


def _level(word: str) -> str:
    bare = "".join(sign for sign in unicodedata.normalize("NFD", word) if not unicodedata.combining(sign))
    bare = bare.translate(_LETTERS)
    for spelt, letter in _SPELT:
        bare = bare.replace(spelt, letter)
    return bare


@cache
def _short_forms() -> dict[str, frozenset[str]]:
    """Which names each form may stand for."""
    text = resources.files("samspill.care").joinpath("data", "short_names.yml").read_text(encoding="utf-8")
    found: dict[str, set[str]] = {}
    for group in yaml.safe_load(text):
        for form in group:
            found.setdefault(_level(form), set()).add(group[0])
    return {form: frozenset(names) for form, names in found.items()}
