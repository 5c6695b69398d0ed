from samspill.assistant.evaluating import begin_at_night, run_now
from samspill.assistant.identity import send_code
from samspill.assistant.take_turn import take_turn as answer
from samspill.contacts.models import Code
from samspill.kit.jobs import every, job


@job(queue="turns")
def take_turn(event: int, conversation: int, message: int) -> None:
    """Answer one message of a contact, if the assistant is in charge."""
    answer(message)


@job(queue="turns")
def mail_code(event: int, conversation: int | None, code: int) -> None:
    """Mail a one-time code to whoever owns what the visitor claimed."""
    send_code(Code.objects.select_related("identity").get(pk=code))


@job()
def evaluate(event: int, conversation: int | None, evaluation: int) -> None:
    """Run the live models over the golden set."""
    run_now(evaluation)


@every("20 * * * *")
def evaluate_at_night(timestamp: int) -> None:
    """Begin the planned run when it is night where the company is."""
    begin_at_night()
