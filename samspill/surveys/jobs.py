from samspill.kit.jobs import job


@job()
def ask(event: int, conversation: int) -> None:
    """Ask how it went, once for each time a conversation is closed."""
