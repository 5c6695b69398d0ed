from samspill.channels import again, alert
from samspill.channels.dispatch import dispatch as send_out
from samspill.channels.follow import follow as go_on_by_mail
from samspill.channels.media import fetch_media as fetch
from samspill.channels.names import learn_name as learn
from samspill.channels.process import process as bring_in
from samspill.channels.process import process_mails as bring_all_in
from samspill.channels.whatsapp.templates import learn_all
from samspill.conversations.contact import has_written
from samspill.kit.jobs import every, job
from samspill.knowledge.deflect import settle


@job()
def process(event: int, conversation: int | None, inbound: int, inbox: int) -> None:
    """Bring a stored delivery in."""
    bring_in(inbound)


@job(queue="mails", priority=2)
def process_mails(event: int, conversation: int | None, inbounds: list[int], inbox: int) -> None:
    """Bring in mails that were stored together, before any of them is answered."""
    bring_all_in(inbounds)


@job()
def dispatch(event: int, conversation: int, message: int) -> None:
    """Send a message out."""
    send_out(message)


@job()
def follow(conversation: int) -> None:
    """Mail what a visitor who is away has not read."""
    go_on_by_mail(conversation)


@job()
def fetch_media(event: int, conversation: int | None, message: int) -> None:
    """Fetch the files that a customer sent with a message."""
    fetch(message)


@job()
def learn_name(event: int, conversation: int | None, inbox: int, identity: int) -> None:
    """Ask the outside service what somebody is called."""
    learn(inbox, identity)


@every("* * * * *")
def tell_failing(timestamp: int) -> None:
    """Raise the alarm for inboxes that fail."""
    alert.tell()


@job()
def mail_failing(event: int, conversation: int | None, inbox: int) -> None:
    """Tell admins by mail that an inbox fails."""
    alert.mail_failing(inbox)


@job()
def mail_recovered(event: int, conversation: int | None, inbox: int, told: bool) -> None:
    """Tell admins by mail that an inbox works again, if they heard that it failed."""
    if told:
        alert.mail_recovered(inbox)


@job()
def send_waiting(event: int, conversation: int | None, inbox: int, told: bool) -> None:
    """Send what waited while an inbox failed."""
    again.send_waiting(inbox)


@every("23 4 * * *")
def learn_templates(timestamp: int) -> None:
    """Ask which templates are approved."""
    learn_all()


@every("7 * * * *")
def settle_deflections(timestamp: int) -> None:
    """Decide whether articles have spared people from writing to us."""
    settle(has_written)
