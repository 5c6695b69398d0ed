"""A conversation with the engine and a pretend shop, one line a turn."""

from dataclasses import dataclass, field

from samspill.assistant.pretend import PretendShop
from samspill.flows.catalogue import Catalogue, build
from samspill.flows.commands import Command
from samspill.flows.runner import take_turn
from samspill.flows.state import Call, Say, State


@dataclass
class Talk:
    """Keeps the state between turns and remembers every call."""

    state: State = field(
        default_factory=lambda: State(language="en", known={"assistant": "Nora", "company": "Nordstil"})
    )
    shop: PretendShop = field(default_factory=PretendShop)
    catalogue: Catalogue = field(default_factory=build)
    calls: list[Call] = field(default_factory=list)

    def turn(self, *commands: Command) -> list[Say]:
        outcome = take_turn(self.state, commands, self.catalogue, self.shop.tools())
        self.state = State.model_validate_json(outcome.state.model_dump_json())
        self.calls += outcome.calls
        return outcome.says

    def says(self, *commands: Command) -> str:
        return "\n".join(say.text for say in self.turn(*commands))

    def made(self, tool: str) -> list[Call]:
        return [call for call in self.calls if call.tool == tool]


def verified(language: str = "en") -> Talk:
    """Kari, known and with her consent given."""
    return Talk(
        State(language=language, verified="kari", consent={"service": True}, known={"company": "Nordstil"}),
        PretendShop(contact="kari"),
    )
