"""The company's corrections of mood and urgency reach the heads in the model server."""

from datetime import datetime
from functools import lru_cache

from django.conf import settings
from django.db.models import Count, Max

from samspill.intelligence.client import EncoderClient
from samspill.intelligence.mood_head import Row
from samspill.intelligence.mood_store import MOST_OWN, mark
from samspill.intelligence.pii import redact
from samspill.training.models import Correction

What = Correction.What
LONGEST = 600
PATIENCE_S = 300.0


def corrected_rows() -> list[Row]:
    """What people corrected, the latest first, personal data taken out."""
    state = Correction.objects.aggregate(count=Count("pk"), latest=Max("at"))
    return _rows(state["count"], state["latest"])


@lru_cache(1)  # asked every other minute and seldom changed
def _rows(count: int, latest: datetime | None) -> list[Row]:
    kept = Correction.objects.filter(what__in=(What.MOOD, What.URGENCY)).select_related("message")
    return [
        Row(one.what, redact(one.message.text[:LONGEST])[0], one.right, one.message.language)
        for one in kept.order_by("-at", "-pk")[:MOST_OWN]
    ]


def teach_moods() -> bool:
    """The model server knows the corrections of mood and urgency; False when it knew them already.

    Raises ModelUnavailable; training takes a few seconds there while messages go on being read.
    """
    client = EncoderClient(settings.MODELS_SOCKET, timeout=PATIENCE_S)
    rows = corrected_rows()
    if client.learned() == mark(rows):
        return False
    client.learn(rows)
    return True
