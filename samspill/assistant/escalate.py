"""When unhappiness is a reason to hand over: never for one score alone, however high."""

from samspill.conversations.models import Conversation
from samspill.conversations.understand import Understood
from samspill.intelligence.mood import EXPLICIT

STRONG = 0.6  # score of "frustrated" from which an explicit sign hands over
AGAIN = 0.8  # the same where the message before sounded frustrated too


def too_upset(found: Understood, conversation: Conversation) -> bool:
    """Whether a person should take over now: frustration that is said in so many words, or is strong twice running."""
    reading = found.reading or {}
    score = reading.get("scores", {}).get("frustrated", 0.0)
    said = any(reason["kind"] in EXPLICIT for reason in reading.get("reasons", ()))
    lasts = bool(conversation.trend) and conversation.trend[-1]["mood"] == "frustrated"
    return (said and score >= STRONG) or (lasts and score >= AGAIN)
