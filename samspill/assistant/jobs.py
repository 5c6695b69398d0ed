from samspill.assistant.evaluating import begin_at_night, run_now
from samspill.assistant.identity import send_code
from samspill.assistant.learn import learn as train
from samspill.assistant.mails.prepared import settle_by
from samspill.assistant.mails.together import answer_all
from samspill.assistant.mind import mind
from samspill.assistant.soon import PAUSE_S, soon
from samspill.assistant.take_turn import take_turn as answer
from samspill.contacts.models import Code
from samspill.conversations.models import Message
from samspill.intelligence.errors import ModelUnavailable
from samspill.kit.jobs import every, job
from samspill.training import group
from samspill.workspace.models import Agent


@job(queue="turns")
def take_turn(event: int, conversation: int | None, message: int) -> None:
    """Answer one message of a contact, if the assistant is in charge."""
    answer(message)


@job(queue="mails")
def answer_mails(event: int, conversation: int | None, messages: list[int]) -> None:
    """Prepare the replies to mails that came in together; one that fails is tried again by itself."""
    for message in answer_all(messages):
        take_turn.configure(queue="mails").defer(event=event, conversation=conversation, message=message)


@job()
def settle_prepared(event: int, conversation: int, message: int) -> None:
    """An answer was given: see what became of the reply that waited."""
    settle_by(Message.objects.select_related("agent").get(pk=message))


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


@job(lock="grouping")
def group_history(event: int, conversation: int | None, history: int) -> None:
    """Propose intents for imported sentences."""
    group.group(history, mind().intents.model)


@job()
def learn_soon(event: int, conversation: int | None, **facts: object) -> None:
    """Something to learn from changed: train when no more changes come for a moment."""
    soon(learn)


@job(lock="learning")
def learn_now(event: int, conversation: int | None, by: int) -> None:
    """Train because somebody asked for it."""
    train(Agent.objects.filter(pk=by).first())


@job(lock="learning")
def learn() -> None:
    """Train on all there is now; tried again later while the text model is away."""
    try:
        train()
    except ModelUnavailable:
        soon(learn, PAUSE_S)
