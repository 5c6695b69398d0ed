"""Conversation tests: a readable transcript, played by the real brain and engine against a pretend shop."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from samspill.assistant.brains.turn import Brain, Turn
from samspill.assistant.pretend import PretendShop
from samspill.flows.catalogue import Catalogue
from samspill.flows.runner import take_turn
from samspill.flows.state import Say, State

KINDS = ("customer", "press", "assistant", "never", "does", "does_not")


@dataclass(frozen=True)
class Line:
    """One line of a transcript: who or what, and the words."""

    kind: str
    words: str


@dataclass(frozen=True)
class Transcript:
    """A conversation as it should go."""

    name: str
    language: str
    given: Mapping[str, Any]
    lines: tuple[Line, ...]


@dataclass
class Report:
    """How it went: what was said in full, and what was not as expected."""

    name: str
    said: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    @property
    def passed(self) -> bool:
        """True when everything was as expected."""
        return not self.failures

    def __str__(self) -> str:
        return "\n".join([self.name, *self.said, *(f"✗ {failure}" for failure in self.failures)])


def read_transcripts(text: str) -> list[Transcript]:
    """The conversations of a file; raises ValueError with the line that is none."""
    return [_transcript(document) for document in yaml.safe_load_all(text) if document]


def play(transcript: Transcript, brain: Brain, catalogue: Catalogue) -> Report:
    """Runs a conversation; every `assistant` line must occur in the latest answer, in order."""
    stage = _Stage.set_up(transcript, brain, catalogue)
    for number, line in enumerate(transcript.lines, 1):
        getattr(stage, f"_{line.kind}")(line.words, number)
    return stage.report


def _transcript(document: Any) -> Transcript:
    if not isinstance(document, dict) or not isinstance(document.get("talk"), list):
        raise ValueError("A conversation has “name”, “language” and “talk”.")
    name = str(document.get("name", ""))
    lines = tuple(_line(item, name) for item in document["talk"])
    return Transcript(name, str(document.get("language", "en")), document.get("given") or {}, lines)


def _line(item: Any, name: str) -> Line:
    if isinstance(item, dict) and len(item) == 1:
        (kind, words), *_ = item.items()
        if kind in KINDS:
            return Line(kind, str(words))
    raise ValueError(f"{name}: “{item}” is not a line. A line starts with one of: {', '.join(KINDS)}.")


@dataclass
class _Stage:
    brain: Brain
    catalogue: Catalogue
    shop: PretendShop
    state: State
    report: Report
    heard: list[Say] = field(default_factory=list)
    unread: str = ""
    done: list[str] = field(default_factory=list)

    @classmethod
    def set_up(cls, transcript: Transcript, brain: Brain, catalogue: Catalogue) -> "_Stage":
        given = transcript.given
        verified = str(given.get("verified", ""))
        state = State(
            language=transcript.language,
            now=str(given.get("now", "2026-03-10T10:00:00")),
            verified=verified,
            consent={"service": True} if given.get("consent") else {},
            known={"assistant": "Nora", "company": "Nordstil"},
        )
        shop = PretendShop(contact=verified, open_now=bool(given.get("open", True)))
        return cls(brain, catalogue, shop, state, Report(transcript.name))

    def _customer(self, words: str, number: int) -> None:
        self._turn(words, "")

    def _press(self, words: str, number: int) -> None:
        pressed = [
            choice for say in self.heard for choice in say.choices if words in (choice.label, choice.value)
        ]
        if not pressed:
            self._fail(number, f"there is no button “{words}”")
        else:
            self._turn(pressed[0].label, pressed[0].value)

    def _turn(self, words: str, pressed: str) -> None:
        self.report.said.append(f"  customer: {words}")
        turn = Turn(words, self.state.language, self.state, self.catalogue, pressed=pressed)
        outcome = take_turn(self.state, self.brain.decide(turn), self.catalogue, self.shop.tools())
        self.state, self.heard = outcome.state, outcome.says
        self.done = [call.tool for call in outcome.calls]
        self.unread = unicodedata.normalize("NFKC", "\n".join(say.text for say in outcome.says))
        self.report.said += [f"  assistant: {say.text}" for say in outcome.says]

    def _assistant(self, words: str, number: int) -> None:
        _, found, rest = self.unread.casefold().partition(unicodedata.normalize("NFKC", words).casefold())
        if found:
            self.unread = rest
        else:
            self._fail(number, f"the assistant did not say “{words}”")

    def _never(self, words: str, number: int) -> None:
        if any(words.casefold() in say.text.casefold() for say in self.heard):
            self._fail(number, f"the assistant said “{words}”")

    def _does(self, words: str, number: int) -> None:
        if words not in self.done:
            self._fail(number, f"“{words}” was not done, but {', '.join(self.done) or 'nothing'}")

    def _does_not(self, words: str, number: int) -> None:
        if words in self.done:
            self._fail(number, f"“{words}” was done")

    def _fail(self, number: int, what: str) -> None:
        self.report.failures.append(f"line {number}: {what}")
