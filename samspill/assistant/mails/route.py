"""Which team a mail goes to when a person takes over."""

from datetime import timedelta

from django.db.models import Count

from samspill.conversations.models import Conversation
from samspill.kit import clock
from samspill.workspace.models import Team

DAYS = 90
ENOUGH = 3  # conversations of an intent from which on a team counts as its team


def team_for(conversation: Conversation, intent: str) -> Team | None:
    """The team that has lately had most conversations of this intent, else the mailbox's, else none."""
    if intent:
        since = clock.now() - timedelta(days=DAYS)
        had = Conversation.objects.filter(intent=intent, created_at__gte=since).exclude(team=None)
        rows = had.order_by().values("team").annotate(n=Count("pk")).order_by("-n", "team")
        most = rows.first()
        if most and most["n"] >= ENOUGH:
            return Team.objects.filter(pk=most["team"]).first()
    wanted = conversation.inbox.settings.get("team")
    return Team.objects.filter(pk=wanted).first() if wanted else None
