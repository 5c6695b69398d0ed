"""One JSON document per conversation: everything the engine knows between two turns."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from samspill.flows.commands import Command, Value

VERSION = 1


class Choice(BaseModel):
    """A button: what the customer reads and what pressing it means."""

    label: str
    value: str


class Say(BaseModel):
    """One thing the assistant says, ready in the customer's language."""

    key: str
    text: str
    choices: list[Choice] = []
    card: dict[str, Any] | None = None
    source: dict[str, str] | None = None


class Call(BaseModel):
    """A side effect the engine asks for; the same id is never carried out twice."""

    id: str
    run: str
    step: str
    tool: str
    arguments: dict[str, Any] = {}


class Result(BaseModel):
    """What came of a call; `failed` is the outcome of a tool that broke."""

    id: str
    outcome: str = "ok"
    data: Any = None


class Question(BaseModel):
    """The one question that is open."""

    run: str
    slot: str
    type: str
    choices: list[Choice] = []


class Run(BaseModel):
    """One execution of a flow: where it stands and what it has learned."""

    id: str
    flow: str
    step: str
    slots: dict[str, Value] = {}
    data: dict[str, Any] = {}
    attempts: dict[str, int] = {}
    passed: list[str] = []
    shown: dict[str, Any] | None = None
    confirmed: dict[str, dict[str, Any]] = {}
    acted: list[str] = []
    guarded: list[str] = []
    interrupted: bool = False

    def values(self) -> dict[str, Any]:
        """Everything a sentence or a condition of this run can mention."""
        return {**self.data, **self.slots}


class Finished(BaseModel):
    """A run that is over, kept for the facts a person needs later."""

    flow: str
    slots: dict[str, Value]
    how: Literal["done", "cancelled", "handed_over", "given_up"]


class Fact(BaseModel):
    """Something the customer told us, so that he never has to repeat it."""

    flow: str
    slot: str
    value: Value


class State(BaseModel):
    """Where a conversation stands; round-trips through JSON without loss."""

    model_config = ConfigDict(extra="ignore")

    version: int = VERSION
    language: str = "en"
    now: str = ""
    verified: str = ""
    consent: dict[str, bool] = {}
    known: dict[str, str] = {}
    stack: list[Run] = []
    asking: Question | None = None
    waiting: Call | None = None
    later: list[Command] = Field(default_factory=list)
    last: list[Say] = []
    finished: list[Finished] = []
    misses: int = 0
    counter: int = 0
    handed_over: str = ""

    def facing(
        self,
        *,
        language: str,
        now: str = "",
        verified: str | None = None,
        consent: dict[str, bool] | None = None,
        known: dict[str, str] | None = None,
    ) -> "State":
        """A copy that knows today's circumstances; what is not given stays as it was."""
        return self.model_copy(
            deep=True,
            update={
                "language": language,
                "now": now,
                "verified": self.verified if verified is None else verified,
                "consent": {**self.consent, **(consent or {})},
                "known": self.known if known is None else known,
            },
        )

    def taken_back(self) -> "State":
        """A copy in which the assistant may speak again after a person was in charge."""
        return self.model_copy(deep=True, update={"handed_over": "", "misses": 0})

    def facts(self) -> list[Fact]:
        """Every value the customer gave, newest run last, without codes and inner questions."""
        runs = [(done.flow, done.slots) for done in self.finished] + [
            (run.flow, run.slots) for run in self.stack
        ]
        return [
            Fact(flow=flow, slot=slot, value=value)
            for flow, slots in runs
            if not flow.startswith("_")
            for slot, value in slots.items()
        ]


class Outcome(BaseModel):
    """The new state, what to say, and what to do before the engine can go on."""

    state: State
    says: list[Say] = []
    calls: list[Call] = []
