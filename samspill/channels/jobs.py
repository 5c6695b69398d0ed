from samspill.channels.dispatch import dispatch as send_out
from samspill.channels.process import process as bring_in
from samspill.conversations.contact import has_written
from samspill.kit.jobs import every, job
from samspill.knowledge.deflect import settle


@job()
def process(event: int, conversation: int | None, inbound: int, inbox: int) -> None:
    """Bring a stored delivery in."""
    bring_in(inbound)


@job()
def dispatch(event: int, conversation: int, message: int) -> None:
    """Send a message out."""
    send_out(message)


@every("7 * * * *")
def settle_deflections(timestamp: int) -> None:
    """Decide whether articles have spared people from writing to us."""
    settle(has_written)
