import logging

from samspill.callbacks import chats, letters, permission
from samspill.callbacks.card import redraw_cards
from samspill.callbacks.counting import count_weeks
from samspill.callbacks.foresight import next_point, work_out
from samspill.callbacks.forget import forget
from samspill.callbacks.letting_go import abandoned
from samspill.callbacks.models import Callback
from samspill.callbacks.planner import Planner
from samspill.callbacks.trust import give_up
from samspill.callbacks.upkeep import expire, release
from samspill.kit.jobs import every, job
from samspill.kit.models import Event

log = logging.getLogger(__name__)
_planner = Planner()


@job(queue="callbacks")
def replan(event: int, conversation: int | None, **facts: object) -> None:
    """Something has happened to a callback: plan anew."""
    _plan()


@job()
def confirm(event: int, conversation: int | None, callback: int, **facts: object) -> None:
    """Mail the customer when they will be called, where the conversation itself has not told them."""
    held = Callback.objects.get(pk=callback)
    if held.source not in (Callback.Source.CHAT, Callback.Source.EMAIL):
        letters.write(held, "asked")


@job()
def tell_of_move(event: int, conversation: int | None, callback: int, **facts: object) -> None:
    """Mail the customer the new time, unless they chose it themselves."""
    held = Callback.objects.get(pk=callback)
    if Event.objects.get(pk=event).actor != held.contact.actor and held.is_open:
        letters.write(held, f"moved:{int(held.promised_from.timestamp())}")


@job()
def tell_of_end(event: int, conversation: int | None, callback: int, state: str, **facts: object) -> None:
    """Tell the customer, by mail and in the chat, that nobody will call, unless they wanted it so themselves."""
    held = Callback.objects.select_related("contact", "conversation").get(pk=callback)
    if state != Callback.State.CANCELLED or held.state != state:
        return
    if Event.objects.get(pk=event).actor != held.contact.actor and permission.may_call(held.contact):
        letters.write(held, "cancelled")
        chats.say(held, "cancelled")


@job()
def redraw(event: int, conversation: int | None, callback: int, **facts: object) -> None:
    """Cards in the chat show the callback as it stands."""
    redraw_cards(Callback.objects.select_related("contact", "identity").get(pk=callback))


@every("* * * * *")
def write_due(timestamp: int) -> None:
    """Tell customers about calls in vain."""
    letters.write_due()


@every("* * * * *", queue="callbacks")
def each_minute(timestamp: int) -> None:
    """Let go what was held too long, end what is over, and plan: who is due depends on the time."""
    release()
    abandoned()
    expire()
    _plan()


@job(queue="callbacks")
def start_afresh(event: int, conversation: int | None) -> None:
    """Forget what is held in memory: it is learned anew from the tables."""
    global _planner
    count_weeks()
    _planner = Planner()
    _plan()


@every("7,22,37,52 * * * *")
def count(timestamp: int) -> None:
    """Callbacks that have ended come into the figures that are kept."""
    count_weeks()


@every("35 3 * * *", queue="callbacks")
def forget_daily(timestamp: int) -> None:
    """Numbers and calls that are older than the company keeps them go."""
    forget()


@every("50 2 * * *", queue="callbacks")
def foresee_nightly(timestamp: int) -> None:
    """What the dial would bring is worked out anew."""
    work_out(by="system")


@job(queue="callbacks")
def foresee(event: int, conversation: int | None, foresight: int) -> None:
    """Work out one position of the dial; the others come behind whatever is to be planned meanwhile."""
    if next_point(foresight):
        foresee.configure().defer(event=event, conversation=conversation, foresight=foresight)


def _plan() -> None:
    """Whatever fails here, the queue serves in order of arrival; the planner starts afresh the next time."""
    global _planner
    try:
        _planner.run()
    except Exception:
        _planner = Planner()
        give_up()
        log.exception("callbacks could not be planned")
        raise
