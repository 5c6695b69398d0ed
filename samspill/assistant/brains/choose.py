"""Which brain answers: the language model if one is set up and well, the local one in any other case."""

import time
from dataclasses import dataclass

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
        return Decision(decision.commands, decision.brain, decision.confidence, decision.fell_back, spent)

    def _decide(self, turn: Turn) -> Decision:
        if self.llm is None or hard_rules(turn) is not None:
            return self.local.decide_openly(turn)
        try:
            return Decision(self.llm.decide(turn), self.llm.name)
        except LlmFailed as failure:
            own = self.local.decide_openly(turn)
            return Decision(own.commands, own.brain, own.confidence, fell_back=str(failure))
