"""Numbers for the letters of a text: every run of one to five, and every whole word."""

import re
from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from samspill.intelligence.clean import clean

Hashes = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]

LONGEST = 5
MAX_LETTERS = 200  # what follows changes no verdict, and this bounds the time
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


def grams(text: str) -> tuple[Hashes, Places]:
    """A 64-bit number [n] for each run of letters and each word of what `letters` returned, and where it starts [n]."""
    codes = np.frombuffer(text.encode("utf-32-le"), "<u4")
    powers, inverses = _powers()
    sums = np.zeros(len(codes) + 1, np.uint64)
    np.cumsum(codes * powers[: len(codes)], out=sums[1:])
    spaces = (codes == _SPACE).nonzero()[0]
    starts, ends = _runs(len(codes))
    starts, ends = np.concatenate((starts, spaces[:-1])), np.concatenate((ends, spaces[1:] + 1))
    mixed: Hashes = (sums[ends] - sums[starts]) * inverses[starts]
    mixed ^= mixed >> _HALF
    mixed *= _MIX
    return mixed, starts


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
    powers = [pow(_BASE, place, 1 << 64) for place in range(MAX_LETTERS + 3)]
    inverses = [pow(inverse, place, 1 << 64) for place in range(MAX_LETTERS + 3)]
    return np.array(powers, np.uint64), np.array(inverses, np.uint64)
