"""The seven things a customer's turn can mean; every brain speaks only these."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter
from pydantic.dataclasses import dataclass

Value = str | bool | int | float


@dataclass(frozen=True)
class Start:
    """The customer wants what this flow does."""

    flow: str
    do: Literal["start"] = "start"


@dataclass(frozen=True)
class Set:
    """The customer gave a value; for a filled slot this is the correction."""

    slot: str
    value: Value
    do: Literal["set"] = "set"


@dataclass(frozen=True)
class Cancel:
    """The customer no longer wants what is under way."""

    do: Literal["cancel"] = "cancel"


@dataclass(frozen=True)
class Clarify:
    """The turn could mean any of these flows, or nothing that was understood when empty."""

    flows: tuple[str, ...] = ()
    do: Literal["clarify"] = "clarify"


@dataclass(frozen=True)
class Answer:
    """The customer asked something that an article may answer."""

    question: str
    do: Literal["answer"] = "answer"


@dataclass(frozen=True)
class HandOver:
    """A person takes over, for one of the known reasons."""

    reason: str = "asked"
    do: Literal["hand_over"] = "hand_over"


@dataclass(frozen=True)
class Repeat:
    """The customer wants to hear the last thing again."""

    do: Literal["repeat"] = "repeat"


Command = Annotated[
    Start | Set | Cancel | Clarify | Answer | HandOver | Repeat,
    Field(discriminator="do"),
]

# Fixed, so that routing rules and reports can rely on them and no model invents new ones.
REASONS = (
    "asked",
    "not_understood",
    "upset",
    "complaint",
    "risk",
    "opt_out",
    "no_consent",
    "unverified",
    "failed",
    "flow",
    "intent",
)

_LIST: TypeAdapter[list[Command]] = TypeAdapter(list[Command])


def parse(document: Any) -> list[Command]:
    """Commands from JSON data; raises pydantic.ValidationError with the place that is wrong."""
    return _LIST.validate_python(document)


def serialise(commands: Sequence[Command]) -> list[dict[str, Any]]:
    """The same commands as JSON data, for events and tests."""
    return [dict(item) for item in _LIST.dump_python(list(commands), mode="json")]
