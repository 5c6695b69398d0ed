from samspill.conversations.close import close_idle, wake_due
from samspill.conversations.models import Conversation
from samspill.conversations.redact import forget_redacted
from samspill.conversations.understand import understand_imported
from samspill.conversations.understand_together import understand_mails as read_together
from samspill.kit.jobs import every, job

MANY = 6  # from so many on an urgent one would wait behind the others; fewer are read as they are answered


@job(priority=-10)  # nobody waits for it
def understand_history(event: int, conversation: int) -> None:
    """Read the messages that came with a conversation from elsewhere."""
    understand_imported(Conversation.objects.get(pk=conversation))


@job(queue="mails", priority=1)
def understand_mails(event: int, conversation: int | None, messages: list[int]) -> None:
    """Where many mails came at once, know what each sounds like before the first is answered."""
    if len(messages) >= MANY:
        read_together(messages)


@every("* * * * *")
def wake_snoozed(timestamp: int) -> None:
    """Bring back what was snoozed until now."""
    wake_due()


@every("*/5 * * * *")
def close_answered(timestamp: int) -> None:
    """End conversations in which the assistant had the last word long ago."""
    close_idle()


@every("* * * * *")
def forget_for_good(timestamp: int) -> None:
    """Destroy what was redacted once the time to undo is over."""
    forget_redacted()
