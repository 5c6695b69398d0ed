from samspill.conversations.close import wake_due
from samspill.kit.jobs import every


@every("* * * * *")
def wake_snoozed(timestamp: int) -> None:
    """Bring back what was snoozed until now."""
    wake_due()
