"""How often the language of short messages is recognised, as numbers."""

import statistics
import time
from collections import Counter
from collections.abc import Sequence
from typing import Any

from samspill.intelligence.language import detect
from samspill.intelligence.packs import Row

# What data sets call what we call otherwise; dialects count as their language.
_SAME = {
    "no": "nb", "nob": "nb", "nno": "nn", "zh": "zh-Hans", "zh-cn": "zh-Hans", "zh-hans": "zh-Hans", "zh-sg": "zh-Hans",
    "zh-tw": "zh-Hant", "zh-hk": "zh-Hant", "zh-hant": "zh-Hant", "gsw": "de", "bar": "de",
}  # fmt: skip
TOP = 10


def known_as(code: str) -> str:
    """The code this product uses for a language of a data set: pt-BR → pt, zh-TW → zh-Hant, gsw → de."""
    lower = code.replace("_", "-").lower()
    return _SAME.get(lower) or _SAME.get(lower.split("-")[0], lower.split("-")[0])


def languages_in(rows: Sequence[Row]) -> list[str]:
    """The languages of `rows`, the most frequent first."""
    return [code for code, _ in Counter(known_as(row["lang"]) for row in rows).most_common()]


def language(rows: Sequence[Row], expected: Sequence[str] = ()) -> dict[str, Any]:
    """Accuracy and F1 over `rows` with "text" and "lang", by language, the commonest mix-ups, and the time.

    `expected` are the languages a company would say it serves. Where no row is Nynorsk, it counts as Norwegian.
    """
    wanted = tuple(known_as(code) for code in expected)
    right = [known_as(row["lang"]) for row in rows]
    said, times = [], []
    for row in rows:
        start = time.perf_counter()
        code = detect(row["text"], wanted).code
        times.append(time.perf_counter() - start)
        said.append("nb" if code == "nn" and "nn" not in right else code)
    pairs = Counter(zip(right, said, strict=True))
    parts = {code: _figures(code, pairs) for code in sorted(set(right))}
    return {
        "accuracy": _share(sum(pairs[code, code] for code in parts), len(rows)),
        "macro_f1": _share(sum(part["f1"] for part in parts.values()), len(parts)),
        "n": len(rows),
        "lang": parts,
        "confusions": _mixed_up(pairs),
        "us_per_message": round(statistics.median(times) * 1e6, 1) if times else 0.0,
    }


def _figures(code: str, pairs: Counter[tuple[str, str]]) -> dict[str, float]:
    """For one language: the share of its messages found, and F1 with those wrongly taken for it."""
    count = sum(number for (one, _), number in pairs.items() if one == code)
    taken = sum(number for (_, other), number in pairs.items() if other == code)
    hits = pairs[code, code]
    return {"accuracy": _share(hits, count), "f1": _share(2 * hits, count + taken), "n": count}


def _mixed_up(pairs: Counter[tuple[str, str]]) -> list[dict[str, Any]]:
    wrong = Counter({pair: number for pair, number in pairs.items() if pair[0] != pair[1]})
    return [{"is": one, "said": other, "n": number} for (one, other), number in wrong.most_common(TOP)]


def _share(part: float, whole: float) -> float:
    return round(part / whole, 4) if whole else 0.0
