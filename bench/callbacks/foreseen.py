"""How far what is foreseen for positions of the dial lies from what really comes of them.

python -m bench.callbacks.foreseen ENVIRONMENT [--params A] [--seed 11] [--days 40] [--at 0.5] [--positions 0,0.5,1]

The service works at one position; from what it has learned by the end it foresees its last weeks at each position. Then
each position is really lived in the same world, and the figures of the same requests are put beside each other.
"""

import argparse
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

from samspill.callbacks.policy import Policy
from samspill.callbacks.reach.clock import DAY
from samspill.callbacks.reach.dial import setting
from samspill.callbacks.reach.facts import Request
from samspill.callbacks.reach.foreseeing import Figure, Past, foresee
from samspill.callbacks.reach.rules import Rules

WEEKS, MOST, DRAWS = 3, 240, 3
KEYS = {
    "first": "first_attempt_reach_pct", "reached": "total_reach_pct", "calls": "attempts_per_request",
    "calls_reached": "attempts_per_reached", "hours_mean": "hours_to_contact_mean",
    "hours_median": "hours_to_contact_median",
}  # fmt: skip


class Watched(Policy):
    """Remembers what was asked for and how calls ended."""

    def fit(self, info: Any, tables: Any, calendar: Any) -> None:
        self.asked: list[Request] = []
        self.failed = self.over = 0
        super().fit(info, tables, calendar)
        self.seats = np.array([info["capacity"][str(one)] / 2 for one in info["capacity_id"]])

    def _take_in(self, obs: Any) -> None:
        for r in obs["new_requests"]:
            self.asked.append(self._request(r))
        for r in obs["results"]:
            self.failed += r["outcome"] not in ("answered", "too_late")
            self.over += r["closed"] in ("wrong_number", "opted_out")
        super()._take_in(obs)


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("environment", nargs="?", type=Path)
    ask.add_argument("--params", default="A")
    ask.add_argument("--seed", type=int, default=11)
    ask.add_argument("--days", type=int, default=40)
    ask.add_argument("--at", type=float, default=0.5)
    ask.add_argument("--positions", default="0,0.5,1")
    said = ask.parse_args()
    if said.environment is None or not (said.environment / "runner.py").exists():
        print("skipped: no environment given, or no runner.py in it")
        return
    sys.path.insert(0, str(said.environment))
    positions = [float(one) for one in said.positions.split(",")]
    known, real = live(said, said.at)
    lived = {at: real if at == said.at else live(said, at)[1] for at in positions}
    for at in positions:
        begun = time.process_time()
        compare(at, _foreseen(known, at), lived[at], time.process_time() - begun)


def live(said: Any, position: float) -> tuple[Watched, dict[str, float]]:
    """The service at a position of the dial in the world, and the figures of the requests of its last weeks."""
    import runner
    import world as worlds

    world = worlds.CallbackWorld(runner.scaled(said.params, None), said.seed, None, said.days)
    runner.play_history(world)
    policy = Watched(setting(position))
    runner.run(world, policy)
    world.eval_ts = max(world.eval_ts, world.end_ts - WEEKS * 7 * DAY)
    return policy, worlds.metrics(world)


def _foreseen(known: Watched, position: float) -> dict[str, Figure]:
    shift = known.shift
    assert shift.knowledge is not None and shift.board is not None  # noqa: PT018
    last = known.asked[-1].created
    asked = [r for r in known.asked if r.created >= last - WEEKS * 7 * DAY]
    start = int(np.searchsorted(known.steps, asked[0].created))
    past = Past(asked, known.steps[start:], known.seats[start:], known.over / max(known.failed, 1))
    rules: Rules = shift.rules
    return foresee(shift.knowledge, shift.board.patience, rules, setting(position), past.thinned(MOST), DRAWS)


def compare(position: float, foreseen: dict[str, Figure], real: dict[str, float], seconds: float) -> None:
    print(f"dial {position}: {seconds:.1f} s for {MOST} requests × {DRAWS}, {real['requests']} lived")
    for name, key in KEYS.items():
        scale = 100 if key.endswith("pct") else 1
        one = foreseen[name]
        told = [scale * x for x in (one.value, one.low, one.high)]
        within = "in" if told[1] <= real[key] <= told[2] else "OUT"
        print(
            f"  {name:14} foreseen {told[0]:6.1f} ({told[1]:.1f} to {told[2]:.1f})"
            f"  came {real[key]:6.1f}  {told[0] - real[key]:+.1f} {within}"
        )


if __name__ == "__main__":
    main()
