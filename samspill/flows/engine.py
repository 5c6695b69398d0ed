"""The one engine: a pure function of state and commands that carries flows out."""

from collections.abc import Sequence

from samspill.flows import handover, repairs
from samspill.flows.answers import take_answer
from samspill.flows.catalogue import Catalogue
from samspill.flows.commands import Answer, Cancel, Clarify, Command, HandOver, Repeat, Set, Start
from samspill.flows.results import take_result
from samspill.flows.state import Outcome, Result, State
from samspill.flows.steps import perform
from samspill.flows.work import Work

MAX_INPUTS = 12
MAX_LATER = 10
MAX_MOVES = 200

_RANK = {Cancel: 0, Start: 1, Set: 2, Answer: 3, Clarify: 4, Repeat: 5}


def advance(state: State, inputs: Sequence[Command | Result], catalogue: Catalogue) -> Outcome:
    """The state after these commands and results, what to say, and which calls must be made to go on."""
    work = Work(state.model_copy(deep=True), catalogue)
    taken = list(inputs)[:MAX_INPUTS]
    if not taken or work.state.handed_over:
        return Outcome(state=work.state)
    if all(isinstance(item, Repeat) for item in taken) and state.last and not state.waiting:
        return Outcome(state=work.state, says=work.state.last)
    _take(work, taken)
    _settle(work, spoken=any(not isinstance(item, Result) for item in taken))
    return _outcome(work)


def _take(work: Work, inputs: list[Command | Result]) -> None:
    for result in (item for item in inputs if isinstance(item, Result)):
        take_result(work, result)
    commands = [*work.state.later, *(item for item in inputs if not isinstance(item, Result))]
    if work.state.waiting:
        work.state.later = commands[:MAX_LATER]
        return
    work.state.later = []
    for command in _in_order(commands):
        _carry_out(work, command)


def _in_order(commands: list[Command]) -> list[Command]:
    """What stops comes before what starts; of two wishes the first is served first, so it is stacked last."""
    if people := [command for command in commands if isinstance(command, HandOver)]:
        return [people[0]]
    numbered = enumerate(commands)
    return [
        command
        for _, command in sorted(
            numbered,
            key=lambda pair: (_RANK[type(pair[1])], -pair[0] if isinstance(pair[1], Start) else pair[0]),
        )
    ]


def _carry_out(work: Work, command: Command) -> None:
    match command:
        case Start():
            repairs.start(work, command.flow)
        case Set():
            take_answer(work, command.slot, command.value)
        case Cancel():
            repairs.cancel(work)
        case Clarify():
            repairs.clarify(work, command.flows)
        case Answer():
            repairs.answer(work, command.question)
        case HandOver():
            handover.hand_over(work, command.reason)


def _settle(work: Work, *, spoken: bool) -> None:
    _run(work, MAX_MOVES)
    if spoken and not (work.says or work.state.waiting):
        # Whatever the commands were, a customer who wrote something is never met with silence.
        work.push("_not_understood")
        _run(work, MAX_MOVES)


def _run(work: Work, moves: int) -> None:
    for _ in range(moves):
        if work.resting:
            return
        perform(work, work.top)
    if not work.resting:
        work.abandon()


def _outcome(work: Work) -> Outcome:
    if not work.state.stack:
        work.state.asking = None
    if work.says:
        work.state.last = work.says
    return Outcome(state=work.state, says=work.says, calls=work.calls)
