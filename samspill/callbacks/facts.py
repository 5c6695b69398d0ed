"""What the callback service is told, as plain data; times are Unix seconds, places are IANA zones and ISO codes."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Person:
    """Somebody to call; `traits` are segments such as industry and role, None when unknown."""

    id: int
    zone: str
    country: str = ""
    region: str = ""
    traits: tuple[str | None, ...] = ()


@dataclass(frozen=True)
class Request:
    """Somebody asked to be called back."""

    id: int
    person: int
    created: int
    channel: str = ""
    wanted: tuple[float, float] | None = None
    """local hours the customer would like, from and until"""
    promised: int | None = None
    """the moment by which a call was promised"""
    topic: str = ""
    team: str = ""
    language: str = ""
    worth: float = 1.0
    classic: bool = False
    """the customer chose first come, first served"""


@dataclass(frozen=True)
class Attempt:
    """One call and how it ended: answered, too_late, declined, busy, voicemail, no_answer, wrong_number."""

    at: int
    request: int
    person: int
    number: int
    outcome: str
    closed: bool = False


@dataclass(frozen=True)
class Sign:
    """Something the person did by themselves: a visit, an opened mail, a call, a request."""

    at: int
    person: int
    kind: str


@dataclass(frozen=True)
class Almanac:
    """Days that are not like others, by country and region, as ISO dates."""

    public: dict[str, frozenset[int]] = field(default_factory=dict)
    school: dict[str, frozenset[int]] = field(default_factory=dict)
