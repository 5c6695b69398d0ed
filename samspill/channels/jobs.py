from samspill.kit.jobs import job


@job()
def deliver(event: int, conversation: int, message: int) -> None:
    """Bring one of our messages to the contact by the conversation's channel."""
