"""What the callback service is told, as plain data; times are Unix seconds, places are IANA zones and ISO codes."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Person:
    """Somebody to call; `traits` are segments such as industry, role and phone type, None when unknown."""

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


@dataclass(frozen=True)
class Trace:
    """Something the person did by themselves: a visit, an opened mail, a call, a request."""

    at: int
    person: int
    kind: str


@dataclass(frozen=True)
class Seat:
    """One call that can be made now; empty sets fit everybody."""

    agent: int = 0
    teams: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()

    def fits(self, request: Request) -> bool:
        team = not self.teams or not request.team or request.team in self.teams
        return team and (not self.languages or not request.language or request.language in self.languages)


@dataclass(frozen=True)
class Decision:
    """Call this request now: by whom, how likely it answers, how it was chosen and how likely that choice was."""

    request: int
    at: int
    mode: str
    """planned, first_come or control"""
    seat: Seat = field(default_factory=Seat)
    forecast: float | None = None
    gain: float = 0.0
    """worth of calling now above the best later moment"""
    propensity: float = 1.0


@dataclass(frozen=True)
class Almanac:
    """Days that are not like others, by country and by region, as days since 1 January 1970."""

    public: dict[str, frozenset[int]] = field(default_factory=dict)
    school: dict[str, frozenset[int]] = field(default_factory=dict)
