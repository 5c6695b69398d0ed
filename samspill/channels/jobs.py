from samspill.channels.dispatch import dispatch as send_out
from samspill.channels.follow import follow as go_on_by_mail
from samspill.channels.process import process as bring_in
from samspill.kit.jobs import job


@job()
def process(event: int, conversation: int | None, inbound: int, inbox: int) -> None:
    """Bring a stored delivery in."""
    bring_in(inbound)


@job()
def dispatch(event: int, conversation: int, message: int) -> None:
    """Send a message out."""
    send_out(message)


@job()
def follow(conversation: int) -> None:
    """Mail what a visitor who is away has not read."""
    go_on_by_mail(conversation)
