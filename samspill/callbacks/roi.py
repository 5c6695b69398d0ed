"""Whether planned callbacks pay, with the company's own costs and the difference that was measured."""

from dataclasses import asdict, dataclass

from django.db import transaction

from samspill.callbacks.estimates import Estimate, difference, known
from samspill.callbacks.figures import Report
from samspill.callbacks.models import CallbackSettings
from samspill.kit.events import emit
from samspill.workspace.models import Agent

MONTHS, WEEKS = 12, 52


@dataclass(frozen=True)
class Costs:
    """What the company says: an agent's hour, minutes a call takes, what one more reached customer brings, what was
    invested once and is paid a month, and how many requests a year has (0: as many as now)."""

    hour: float = 0.0
    minutes: float = 0.0
    worth: float = 0.0
    once: float = 0.0
    monthly: float = 0.0
    requests: int = 0
    currency: str = ""

    @property
    def invested(self) -> float:
        """In the first year."""
        return self.once + MONTHS * self.monthly


@dataclass(frozen=True)
class Return:
    """The first year: agents' time saved, earned from customers reached in addition, and what it comes to."""

    requests: int
    saved: Estimate
    earned: Estimate
    invested: float

    @property
    def gain(self) -> Estimate:
        """Saved and earned; its range takes both at their worst and at their best."""
        a, b = self.saved, self.earned
        return Estimate(a.value + b.value, a.low + b.low, a.high + b.high, min(a.n, b.n))

    @property
    def rate(self) -> Estimate | None:
        """Of what was invested, so much comes back on top; None where nothing was."""
        if self.invested <= 0:
            return None
        gain, over = self.gain, self.invested
        return Estimate(gain.value / over - 1, gain.low / over - 1, gain.high / over - 1, gain.n)


@transaction.atomic
def change_costs(costs: Costs, *, by: Agent) -> None:
    """The return is worked out from these costs from now on."""
    _keep("costs", asdict(costs), by)


@transaction.atomic
def change_before(told: dict[str, float], *, by: Agent) -> None:
    """These are the figures from before; planning is compared with them. Names as in `figures.TOLD`."""
    _keep("before", told, by)


def costs() -> Costs:
    """As the company has said."""
    held = CallbackSettings.current().costs
    return Costs(**{name: value for name, value in held.items() if name in Costs.__dataclass_fields__})


def worked_out(report: Report, other: str, given: Costs) -> Return | None:
    """The return by the measured difference to the control group or to before; None where it cannot be known yet."""
    many = given.requests or _a_year(report)
    found = {effect.name: effect for effect in report.against(other) if effect.verdict != "unknown"}
    if not many or not {"attempts", "reached"} <= found.keys():
        return None
    return returned(found["attempts"].difference, found["reached"].difference, many, given)


def returned(attempts: Estimate, reached: Estimate, requests: int, given: Costs) -> Return:
    """From calls more per request (fewer are below zero) and the share of customers reached more."""
    call = given.minutes / 60 * given.hour
    fewer = difference(known(0.0), attempts)
    return Return(
        requests, _times(fewer, requests * call), _times(reached, requests * given.worth), given.invested
    )


def _times(found: Estimate, factor: float) -> Estimate:
    return Estimate(found.value * factor, found.low * factor, found.high * factor, found.n)


def _a_year(report: Report) -> int:
    """At the pace of the complete weeks."""
    complete = [week for week in report.weeks if week.complete]
    return round(WEEKS * sum(week.n for week in complete) / len(complete)) if complete else 0


def _keep(name: str, value: object, by: Agent) -> None:
    held, _made = CallbackSettings.objects.get_or_create(pk=1)
    setattr(held, name, value)
    held.save(update_fields=[name])
    emit(f"callbacks.{name}_changed", actor=by.actor)
