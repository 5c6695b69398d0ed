"""Who belongs to the control group, by lot."""

import secrets

from samspill.callbacks.models import Callback, CallbackSettings
from samspill.callbacks.permission import may_plan

_lot = secrets.SystemRandom()


def draw(callback: Callback) -> None:
    """Decide how this callback is planned: as its customer chose, or by lot; written down with the chance of it."""
    share = CallbackSettings.current().control
    if not may_plan(callback.contact):
        callback.mode, callback.share = Callback.Mode.FIRST_COME, 1.0
    elif _lot.random() < share:
        callback.mode, callback.share = Callback.Mode.CONTROL, share
    else:
        callback.mode, callback.share = Callback.Mode.PLANNED, 1 - share
    callback.save(update_fields=["mode", "share"])
