from samspill.conversations.models import Conversation
from samspill.kit.jobs import job
from samspill.surveys.ask import ask as put_question


@job()
def ask(event: int, conversation: int) -> None:
    """Ask how it went, once for each time a conversation is closed."""
    put_question(Conversation.objects.get(pk=conversation), closing=event)
