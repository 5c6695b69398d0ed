"""Numbers for the letters of a text: every run of one to five, and every whole word."""

import re
from collections.abc import Sequence
from functools import cache
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from samspill.intelligence.clean import clean

Hashes = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]

LONGEST = 5
MAX_LETTERS = 200  # what follows changes no verdict, and this bounds the time
MOST_TEXTS = 8  # at once
_MIX, _HALF, _SPACE = np.uint64(0x9E3779B97F4A7C15), np.uint64(32), 32
_BASE = 0x5851F42D4C957F2D
# Letters with their marks, and the apostrophes inside words.
WORDS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_NOISY = re.compile(r"[\d@]|://|www")
_NOISE = re.compile(
    r"(?:https?://|www\.)[!-~]+|[\w.+-]+@[\w.-]+|(?:[A-Za-z]+-)*[A-Za-z]*\d[A-Za-z0-9-]*", re.ASCII
)


def spoken(text: str) -> str:
    """The text without addresses, numbers and codes, which belong to no language."""
    whole = clean(text, 1000)
    return _NOISE.sub(" ", whole) if _NOISY.search(whole) else whole


def letters(words: Sequence[str]) -> str:
    """Lower-case words between single spaces, with one before and one after."""
    joined = " ".join(words)[:MAX_LETTERS].lower().replace("i̇", "i").replace("’", "'")
    return f" {joined} "


def grams(texts: Sequence[str]) -> tuple[Hashes, Places, Places]:
    """For texts from `letters`: a 64-bit number [n] for each run of letters and each word, where it starts among
    all their letters [n], and in which text [n]."""
    codes = np.frombuffer("".join(texts).encode("utf-32-le"), "<u4")
    powers, inverses = _powers()
    sums = np.zeros(len(codes) + 1, np.uint64)
    np.cumsum(codes * powers[: len(codes)], out=sums[1:])
    begins = [0, *accumulate(map(len, texts))]
    first, after = _words(codes)
    runs = [_runs(len(text)) for text in texts]
    starts = np.concatenate([*(one + at for (one, _), at in zip(runs, begins, strict=False)), first])
    ends = np.concatenate([*(one + at for (_, one), at in zip(runs, begins, strict=False)), after])
    mixed: Hashes = (sums[ends] - sums[starts]) * inverses[starts]
    mixed ^= mixed >> _HALF
    mixed *= _MIX
    return mixed, starts, np.searchsorted(begins, starts, "right") - 1


def _words(codes: npt.NDArray[np.uint32]) -> tuple[Places, Places]:
    """Where each word starts and ends, its spaces included; between two texts lie two spaces and no word."""
    spaces = (codes == _SPACE).nonzero()[0]
    first, after = spaces[:-1], spaces[1:] + 1
    real = after - first > 2
    return first[real], after[real]


@cache
def _runs(length: int) -> tuple[Places, Places]:
    """Where the runs of one to five letters start and end in a text of this length."""
    counts = range(1, min(LONGEST, length) + 1)
    starts = np.concatenate([np.arange(length - n + 1) for n in counts])
    ends = np.concatenate([np.arange(n, length + 1) for n in counts])
    return starts, ends


@cache
def _powers() -> tuple[Hashes, Hashes]:
    """Powers of an odd number and of its inverse modulo 2⁶⁴: a run then counts the same wherever it stands."""
    inverse = pow(_BASE, -1, 1 << 64)
    most = range(MOST_TEXTS * (MAX_LETTERS + 2))
    powers = [pow(_BASE, place, 1 << 64) for place in most]
    inverses = [pow(inverse, place, 1 << 64) for place in most]
    return np.array(powers, np.uint64), np.array(inverses, np.uint64)
