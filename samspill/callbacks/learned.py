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

FORM = 1
KEPT = 3


@dataclass
class Learned:
    """The model, and how far it has heard."""

    knowledge: Knowledge
    patience: Patience = field(default_factory=Patience)
    price: float = 0.0
    facts: Facts = field(default_factory=Facts)
    row: int = 0
    """where it is kept; what is not kept any more must not be used"""


class Unreadable(Exception):
    """What is kept was sealed with another key, has another form, or was changed."""


def load() -> Learned | None:
    """The youngest that was kept; None when there is none. Raises Unreadable."""
    row = ReachModel.objects.order_by("-id").first()
    if row is None:
        return None
    opened = crypto.unseal_bytes(bytes(row.sealed)) if row.form == FORM else None
    try:
        found = pickle.loads(zlib.decompress(opened or b""))  # noqa: S301 - sealed with our own key
    except Exception:  # noqa: BLE001 - whatever is wrong with it
        raise Unreadable from None
    if not isinstance(found, Learned):
        raise Unreadable
    found.row = row.pk
    return found


def still_kept(learned: Learned) -> bool:
    """Whether nothing that it has learned from was forgotten since."""
    return ReachModel.objects.filter(pk=learned.row).exists()


def drop() -> None:
    """Forget what was learned; whoever plans next learns anew from the facts that are left."""
    ReachModel.objects.all().delete()


def keep(learned: Learned, **told: object) -> None:
    """Keep it for the next start; older ones go."""
    packed = zlib.compress(pickle.dumps(learned), 1)
    row = ReachModel.objects.create(form=FORM, sealed=crypto.seal_bytes(packed), facts=told)
    learned.row = row.pk
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
