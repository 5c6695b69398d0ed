"""How well the callback service reaches people in an environment whose customers' habits are hidden.

python -m bench.callbacks ENVIRONMENT [--params A] [--seeds 1,2,3,4,5] [--only make,thorough,fast,removed,new] [--json]

ENVIRONMENT is a folder with `runner.py`; without it there is nothing to measure, and the bench says so. `--params` is the
name of a set of the environment or a path to one.
"""

import argparse
import json
import math
import os
import platform
from pathlib import Path
from typing import Any

from bench.callbacks.playing import OURS, REFERENCES, Environment

POLICIES = {
    "make": "make",
    "thorough": "thorough",
    "fast": "fast",
    "removed": "removed_on_day_30",
    "new": "make",
}
SHOWN = {
    "utility": "U", "first_attempt_reach_pct": "first %", "total_reach_pct": "total %", "attempts_per_request": "calls/request",
    "attempts_per_reached": "calls/reached", "hours_to_contact_mean": "h mean", "hours_to_contact_median": "h median",
    "opt_out_pct": "opt-out %", "never_called_pct": "never called %",
}  # fmt: skip
FEWEST = 100
"""blocks with fewer requests are left out"""


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("environment", nargs="?", type=Path)
    ask.add_argument("--params", default="A")
    ask.add_argument("--seeds", default="1,2,3,4,5")
    ask.add_argument("--only", default=",".join(POLICIES))
    ask.add_argument("--json", action="store_true")
    said = ask.parse_args()
    if said.environment is None or not (said.environment / "runner.py").exists():
        print("skipped: no environment given, or no runner.py in it")
        return
    place = Environment(said.environment, said.params)
    seeds = [int(s) for s in said.seeds.split(",")]
    found = measure(place, seeds, said.only.split(","))
    print(json.dumps(found) if said.json else "\n".join([machine(), *table(found)]))


def measure(place: Environment, seeds: list[int], names: list[str]) -> dict[str, list[dict[str, Any]]]:
    """Per policy one run per seed, each with what the references did in the same world."""
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in names}
    usual = {n: OURS + POLICIES[n] for n in names if n != "new"}
    for seed in seeds:
        for small, ours in ((False, usual), (True, {"new": OURS + "make"} if "new" in names else {})):
            played = place.play(seed, {**REFERENCES, **ours}, small) if ours else {}
            for name in ours:
                found[name].append(
                    {"seed": seed, **played[name], "against": {n: played[n] for n in REFERENCES}}
                )
    return found


def machine() -> str:
    """Where the figures were found: processor, cores, load and Python."""
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    model = next((x.split(":")[1].strip() for x in lines if x.startswith("model name")), platform.machine())
    return f"{model}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}\n"


def table(found: dict[str, list[dict[str, Any]]]) -> list[str]:
    heads = [
        "policy",
        "gap %",
        "at once %",
        "least U above",
        "worst block",
        "ECE %",
        *SHOWN.values(),
        "seconds",
    ]
    lines = ["| " + " | ".join(heads) + " |", "|---" * len(heads) + "|"]
    for name, runs in found.items():
        figures = [gap(runs), gap(runs, "at once"), min(map(over, runs)), min(d for r in runs for d in by_block(r)),
                   mean([r["calibration"]["ece_pct"] for r in runs if r["calibration"]]),
                   *(mean([r[key] for r in runs]) for key in SHOWN),
                   mean([r["seconds"]["fit"] + r["seconds"]["run"] for r in runs])]  # fmt: skip
        lines.append(" | ".join([f"| {name}", *(f"{x:.2f}" for x in figures)]) + " |")
        lines.append(" | ".join(["| at once, for the same"] + [""] * 5
                     + [f"{mean([r['against']['at once'][key] for r in runs]):.2f}" for key in SHOWN] + [""]) + " |")  # fmt: skip
    lines.append("")
    lines += [f"{name} {r['seed']}: U above call at once by block {[round(d, 1) for d in by_block(r)]}"
              for name, runs in found.items() for r in runs]  # fmt: skip
    return lines


def gap(runs: list[dict[str, Any]], name: str = "") -> float:
    """Share of the way from random times to the oracle, in hundredths, by utility; of a reference when named."""
    shares = []
    for r in runs:
        low, high = r["against"]["random"]["utility"], r["against"]["oracle"]["utility"]
        shares.append(100 * ((r["against"][name] if name else r)["utility"] - low) / (high - low))
    return mean(shares)


def over(run: dict[str, Any]) -> float:
    """Utility above "call at once" in the same world."""
    return float(run["utility"] - run["against"]["at once"]["utility"])


def by_block(run: dict[str, Any]) -> list[float]:
    """The same for each 28 days with enough requests."""
    pairs = zip(run["blocks"], run["against"]["at once"]["blocks"], strict=True)
    return [ours[1] - theirs[1] for ours, theirs in pairs if ours[0] >= FEWEST]


def mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else math.nan


if __name__ == "__main__":
    main()
