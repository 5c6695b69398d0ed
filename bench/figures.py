"""Numbers as people read them."""

import os
import platform
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

PACKAGES = ("django", "psycopg", "procrastinate", "uvicorn", "onnxruntime")


def percentile(values: Iterable[float], share: float) -> float:
    """The value that `share` of 100 do not exceed; 0 of nothing."""
    found = list(values)
    return round(float(np.percentile(found, share)), 1) if found else 0.0


def medians(rows: Iterable[dict[str, float]]) -> dict[str, float]:
    """The median of each name over all rows that have it."""
    gathered: dict[str, list[float]] = {}
    for row in rows:
        for name, value in row.items():
            gathered.setdefault(name, []).append(value)
    return {name: round(median(values), 1) for name, values in gathered.items()}


def machine() -> dict[str, Any]:
    """What it was measured on, and how busy that was."""
    return {
        "cpu": _cpu(),
        "cores": len(os.sched_getaffinity(0)),
        "load_average": round(os.getloadavg()[0], 1),
        "python": platform.python_version(),
        **{name: version(name) for name in PACKAGES},
    }


def table(found: dict[str, Any], indent: str = "") -> str:
    """Names and values in two columns, what belongs together moved in."""
    lines = []
    for name, value in found.items():
        if isinstance(value, dict):
            lines += [f"{indent}{name}", table(value, indent + "  ")]
        else:
            lines.append(f"{indent}{name:<{34 - len(indent)}} {value}")
    return "\n".join(lines)


def _cpu() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    return next(
        (line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown"
    )
