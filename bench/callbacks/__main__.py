"""How well the callback service reaches people in an environment whose customers' habits are hidden.

python -m bench.callbacks ENVIRONMENT [--params A] [--seeds 1,2,3,4,5] [--only make,thorough,fast,removed,new,speed] [--json]

ENVIRONMENT is a folder with `runner.py`; without it there is nothing to measure, and the bench says so.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
RUNS: dict[str, tuple[str, list[str]]] = {
    "make": ("samspill.callbacks.policy:make", []),
    "thorough": ("samspill.callbacks.policy:thorough", []),
    "fast": ("samspill.callbacks.policy:fast", []),
    "removed": ("samspill.callbacks.policy:removed_on_day_30", []),
    "new": ("samspill.callbacks.policy:make", ["--per-day", "25", "--history-days", "0"]),
}
REFERENCES = {"random": "policies:random_times", "at once": "policies:asap", "oracle": "policies:oracle"}
SHOWN = {
    "utility": "U", "first_attempt_reach_pct": "first %", "total_reach_pct": "total %", "attempts_per_request": "calls/request",
    "attempts_per_reached": "calls/reached", "hours_to_contact_mean": "h mean", "hours_to_contact_median": "h median",
    "opt_out_pct": "opt-out %", "never_called_pct": "never called %",
}  # fmt: skip


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("environment", nargs="?", type=Path)
    ask.add_argument("--params", default="A")
    ask.add_argument("--seeds", default="1,2,3,4,5")
    ask.add_argument("--only", default=",".join(RUNS))
    ask.add_argument("--json", action="store_true")
    said = ask.parse_args()
    if said.environment is None or not (said.environment / "runner.py").exists():
        print("skipped: no environment given, or no runner.py in it")
        return
    found = {name: measure(said.environment, name, said.params, said.seeds) for name in said.only.split(",")}
    print(json.dumps(found) if said.json else table(found))


def measure(environment: Path, name: str, params: str, seeds: str) -> dict[str, Any]:
    """One policy and its references over the seeds, on the same worlds."""
    entry, options = RUNS[name]
    ours = run(environment, entry, params, seeds, [*options, "--isolate"])
    others = {label: run(environment, e, params, seeds, options) for label, e in REFERENCES.items()}
    shares = [
        gap(*(x["utility"] for x in four))
        for four in zip(ours, others["random"], others["oracle"], strict=True)
    ]
    over = [a["utility"] - b["utility"] for a, b in zip(ours, others["at once"], strict=True)]
    return {
        "runs": ours, "gap_pct": mean(shares), "gap_at_once_pct": mean(
            [gap(*(x["utility"] for x in four))
             for four in zip(others["at once"], others["random"], others["oracle"], strict=True)]),
        "least_over_at_once": min(over), "mean": {k: mean([r[k] for r in ours]) for k in SHOWN},
        "ece_pct": mean([r["calibration"]["ece_pct"] for r in ours if r.get("calibration")] or [float("nan")]),
        "worst_block": min(block_differences(ours, others["at once"])),
        "seconds": mean([r["seconds"]["fit"] + r["seconds"]["run"] for r in ours]),
    }  # fmt: skip


def run(environment: Path, entry: str, params: str, seeds: str, options: list[str]) -> list[dict[str, Any]]:
    """The environment's own runner; the policy lives in a process that cannot see the world."""
    command = [
        sys.executable,
        str(environment / "runner.py"),
        "--policy",
        entry,
        "--params",
        params,
        "--seeds",
        seeds,
    ]
    surroundings = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)}
    with tempfile.TemporaryFile("w+") as out:
        subprocess.run([*command, *options], check=True, stdout=out, cwd=ROOT, env=surroundings)
        out.seek(0)
        runs: list[dict[str, Any]] = json.load(out)["runs"]
    return runs


def gap(ours: float, low: float, high: float) -> float:
    return 100 * (ours - low) / (high - low)


def block_differences(ours: list[dict[str, Any]], at_once: list[dict[str, Any]]) -> list[float]:
    """Lead value in hundredths above "call at once", per run and block of 28 days with at least 100 requests."""
    return [
        a["value_pct"] - b["value_pct"]
        for one, other in zip(ours, at_once, strict=True)
        for a, b in zip(one["by_28_days"], other["by_28_days"], strict=True)
        if a["requests"] >= 100
    ]


def mean(values: list[float]) -> float:
    return round(sum(values) / len(values), 2)


def table(found: dict[str, dict[str, Any]]) -> str:
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
    for name, f in found.items():
        figures = [
            f["gap_pct"],
            f["gap_at_once_pct"],
            round(f["least_over_at_once"], 2),
            round(f["worst_block"], 2),
            f["ece_pct"],
        ]
        figures += [f["mean"][k] for k in SHOWN] + [f["seconds"]]
        lines.append("| " + " | ".join([name, *map(str, figures)]) + " |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
