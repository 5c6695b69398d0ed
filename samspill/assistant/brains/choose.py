"""Which brain answers: the language model if one is set up and well, the local one in any other case."""

import time
from dataclasses import dataclass, replace

from samspill.assistant.brains.llm import LlmBrain, LlmFailed
from samspill.assistant.brains.local import LocalBrain
from samspill.assistant.brains.rules import hard_rules
from samspill.assistant.brains.turn import Decision, Turn
from samspill.flows.commands import Command


@dataclass(frozen=True)
class ChosenBrain:
    """Rules first, then the language model, and the local brain in the same turn when that fails."""

    local: LocalBrain
    llm: LlmBrain | None = None
    name: str = "chosen"

    def decide(self, turn: Turn) -> list[Command]:
        """The commands this turn amounts to."""
        return self.decide_openly(turn).commands

    def decide_openly(self, turn: Turn) -> Decision:
        """The same, with who decided, how long it took, and why the language model did not."""
        started = time.monotonic()
        decision = self._decide(turn)
        spent = {"decide": round((time.monotonic() - started) * 1_000)}
        return replace(decision, milliseconds=spent)

    def _decide(self, turn: Turn) -> Decision:
        if self.llm is None or hard_rules(turn) is not None:
            return self.local.decide_openly(turn)
        try:
            return Decision(self.llm.decide(turn), self.llm.name, read=self.local.read(turn))
        except LlmFailed as failure:
            return replace(self.local.decide_openly(turn), fell_back=str(failure))
