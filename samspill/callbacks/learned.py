"""Where what has been learned is kept: sealed in the database, and learned anew from the facts where it is missing."""

import pickle
import time
import zlib
from dataclasses import dataclass, field

from samspill.callbacks.facts import Facts
from samspill.callbacks.models import ReachModel
from samspill.callbacks.reach.facts import Almanac
from samspill.callbacks.reach.knowing import Knowledge
from samspill.callbacks.reach.planning import Patience
from samspill.callbacks.reach.reliving import relive
from samspill.callbacks.reach.shift import Shift
from samspill.kit import crypto

FORM = 2
KEPT = 3


@dataclass
class Learned:
    """The model, and how far it has heard."""

    knowledge: Knowledge
    patience: Patience = field(default_factory=Patience)
    price: float = 0.0
    facts: Facts = field(default_factory=Facts)


def load() -> Learned | None:
    """The youngest that was kept; None when there is none, or only one of another form or key."""
    row = ReachModel.objects.filter(form=FORM).order_by("-id").first()
    opened = crypto.unseal_bytes(bytes(row.sealed)) if row else None
    if opened is None:
        return None
    found: Learned = pickle.loads(zlib.decompress(opened))  # noqa: S301 - sealed with our own key
    return found


def keep(learned: Learned, **told: object) -> None:
    """Keep it for the next start; older ones go."""
    packed = zlib.compress(pickle.dumps(learned), 1)
    row = ReachModel.objects.create(form=FORM, sealed=crypto.seal_bytes(packed), facts=told)
    ReachModel.objects.filter(pk__lte=row.pk - KEPT).delete()


def learn_anew(almanac: Almanac) -> Learned:
    """Learn from all facts that are kept, in the order in which they happened; takes seconds to minutes."""
    begun, facts = time.monotonic(), Facts()
    shift = Shift(Knowledge(almanac), almanac)
    people, requests, traces, calls = facts.everything()
    for one in people:
        shift.meet(one)
    relive(shift, requests, traces, calls)
    assert shift.knowledge is not None
    assert shift.board is not None
    learned = Learned(shift.knowledge, shift.board.patience, 0.0, facts)
    keep(learned, people=len(people), calls=len(calls), seconds=round(time.monotonic() - begun, 1))
    return learned
