"""The languages of short texts, recognised here and by others where they are installed.

python -m bench.language PACKS_FOLDER
"""

import gzip
import json
import os
import platform
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from unittest.mock import patch

from samspill.intelligence import evaluate_language
from samspill.intelligence.language import Detected
from samspill.intelligence.packs import Row

SETS = {
    "commands": "intent_xsid/validation.jsonl.gz",
    "FAQ questions": "faq_tor/queries.jsonl",
    "small talk": "smalltalk_chatterbot/train.jsonl",
    "questions on articles": "retrieval_xquad/queries.jsonl.gz",
    "Norwegian questions": "retrieval_norquad_nb/queries.jsonl",
}
FOUR = ("nb", "de", "zh-Hant", "en")
LONGEST, MOST = 40, 1000
Detector = Callable[..., Detected]


def main(packs: Path) -> None:
    """Print accuracy without and with the expected languages, and the median time, for each set and detector."""
    print(
        f"{_processor()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}"
    )
    sets = dict(_sets(packs))
    print(f"{'':34}" + "".join(f"{name:>24}" for name in sets))
    for name, detector in _detectors():
        cells = [_cell(detector, rows) for rows in sets.values()]
        print(f"{name:34}" + "".join(f"{cell:>24}" for cell in cells), flush=True)


def _processor() -> str:
    with suppress(OSError, StopIteration):
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        return next(line for line in lines if line.startswith("model name")).split(": ")[1]
    return platform.machine()


def _sets(packs: Path) -> Iterator[tuple[str, list[Row]]]:
    """At most forty characters of each row; the four languages of a company once more on their own."""
    chance, ours = random.Random(3), []
    for name, file in SETS.items():
        opened = gzip.open if file.endswith(".gz") else open
        with opened(packs / file, "rt", encoding="utf8") as lines:
            rows = [json.loads(line) for line in lines]
        cut = [{"text": row["text"].strip()[:LONGEST], "lang": row["lang"]} for row in rows]
        ours += [row for row in cut if evaluate_language.known_as(row["lang"]) in FOUR]
        yield name, chance.sample(cut, min(MOST, len(cut)))
    yield "four languages", chance.sample(ours, min(2 * MOST, len(ours)))


def _cell(detector: Detector, rows: Sequence[Row]) -> str:
    with patch.object(evaluate_language, "detect", detector):
        free = evaluate_language.language(rows)
        told = evaluate_language.language(rows, evaluate_language.languages_in(rows))
    return f"{free['accuracy']:.3f} {told['accuracy']:.3f} {told['us_per_message']:6.0f} µs"


def _detectors() -> Iterator[tuple[str, Detector]]:
    from samspill.intelligence.language import detect

    yield "samspill", detect
    with suppress(ImportError):
        yield f"py3langid {version('py3langid')}", _langid()
    with suppress(ImportError):
        yield f"lingua {version('lingua-language-detector')}", _lingua()


def _langid() -> Detector:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    whole = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    known = set(whole.nb_classes)
    narrow = {}

    def detect(text: str, expected: Sequence[str] = (), history: Sequence[str] = ()) -> Detected:
        codes = tuple(sorted(known & {_theirs(code) for code in expected}))
        if codes and codes not in narrow:
            narrow[codes] = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
            narrow[codes].set_languages(codes)
        code, share = narrow.get(codes, whole).classify(text)
        return Detected(_ours(code, text), float(share))

    return detect


def _lingua() -> Detector:
    from lingua import IsoCode639_1, LanguageDetectorBuilder

    whole = LanguageDetectorBuilder.from_all_languages().build()
    narrow = {}

    def detect(text: str, expected: Sequence[str] = (), history: Sequence[str] = ()) -> Detected:
        codes = tuple(
            sorted({getattr(IsoCode639_1, code.split("-")[0].upper()) for code in expected}, key=str)
        )
        if len(codes) > 1 and codes not in narrow:
            narrow[codes] = LanguageDetectorBuilder.from_iso_codes_639_1(*codes).build()
        found = narrow.get(codes, whole).detect_language_of(text)
        code = found.iso_code_639_1.name.lower() if found else "und"
        return Detected(_ours(code, text), 1.0)

    return detect


def _theirs(code: str) -> str:
    return "no" if code == "nb" else code.split("-")[0]


def _ours(code: str, text: str) -> str:
    """Neither tells the two Chinese scripts apart: ours does it for them."""
    from samspill.intelligence.han import han

    if code == "zh":
        return (han(text, ()) or ("zh-Hant", 0.0))[0]
    return "nb" if code == "no" else code


if __name__ == "__main__":
    main(Path(sys.argv[1]))
