"""Plays policies in an environment with the runner's interface: one world per seed, shared by all, one after another."""

import importlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
BLOCK = 28 * 86400
OURS = "samspill.callbacks.policy:"
REFERENCES = {"random": "policies:random_times", "at once": "policies:asap", "oracle": "policies:oracle"}


class Environment:
    """The environment's own modules, from its folder."""

    def __init__(self, folder: Path, params: str):
        sys.path.insert(0, str(folder))
        os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"
        self.runner, self.world = importlib.import_module("runner"), importlib.import_module("world")
        self.params = params

    def play(self, seed: int, entries: dict[str, str], small: bool = False) -> dict[str, dict[str, Any]]:
        """Figures of each policy in the same world; `small`: 25 requests a day and no past."""
        params = self.runner.scaled(self.params, 25 if small else None)
        world = self.world.CallbackWorld(params, seed, 0 if small else None)
        return {name: self._one(world, entry) for name, entry in entries.items()}

    def _one(self, world: Any, entry: str) -> dict[str, Any]:
        """Ours lives in a process of its own that cannot see the world."""
        world.reset_state()
        self.runner.play_history(world)
        if entry.startswith(OURS):
            policy = self.runner.Child(entry, sys.executable, str(ROOT))
        else:
            make = self.runner.load_factory(entry)
            policy = make(world) if make.needs_world else make()
        try:
            found: dict[str, Any] = self.runner.run(world, policy)
        finally:
            if entry.startswith(OURS):
                policy.close()
        return found | {"blocks": list(self._blocks(world))}

    def _blocks(self, world: Any) -> Iterator[tuple[int, float]]:
        """Requests and utility of each 28 days."""
        calls: dict[int, list[tuple[int, str]]] = {}
        for at, request, _, _, outcome in world.log:
            calls.setdefault(request, []).append((at, outcome))
        opted = {request for _, request, why in world.closed if why == "opted_out"}
        worth: dict[int, list[float]] = {}
        for r in world.requests:
            if world.eval_ts <= r["created"] < world.end_ts and r["request_id"] in world.state:
                made = calls.get(r["request_id"], [])
                value = self._worth(r, made) - self.world.U_OPTOUT * (r["request_id"] in opted)
                worth.setdefault(int((r["created"] - world.eval_ts) // BLOCK), []).append(value)
        return ((len(v), 100 * sum(v) / len(v)) for _, v in sorted(worth.items()))

    def _worth(self, request: dict[str, Any], made: list[tuple[int, str]]) -> float:
        value = -self.world.U_CALL * len(made)
        if made and made[-1][1] == "answered":
            hours = (made[-1][0] - request["created"]) / 3600
            value += self.world.U_FIXED + self.world.U_DECAY * float(self.world.lead_value(hours))
        return value
