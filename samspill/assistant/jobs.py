from samspill.kit.jobs import job


@job(queue="turns")
def take_turn(event: int, conversation: int, message: int) -> None:
    """Answer one message of a contact, if the assistant is in charge."""
