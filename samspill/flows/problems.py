"""What is wrong with a flow file, in words its author can act on."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake and where it is."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return (
            f"{self.file}, line {self.line}: {self.message}" if self.line else f"{self.file}: {self.message}"
        )


class FlowProblems(ValueError):
    """A flow file that cannot be used; `problems` lists every mistake found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def unknown(what: str, name: object, allowed: Iterable[str]) -> str:
    """'“stpes” is not a field of a flow. Did you mean “steps”? Allowed are: …'"""
    known = sorted(allowed)
    near = get_close_matches(str(name), known, n=1)
    hint = f" Did you mean “{near[0]}”?" if near else ""
    return f"“{name}” is not {what}.{hint} Allowed are: {', '.join(known) or 'none'}."
