from django.db import models


class Event(models.Model):
    """What happened: append-only, ids and facts, never personal text. The database refuses changes."""

    at = models.DateTimeField(auto_now_add=True)
    kind = models.CharField(max_length=60)
    actor = models.CharField(max_length=40)
    contact_id = models.BigIntegerField(null=True)
    conversation_id = models.BigIntegerField(null=True)
    data = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["conversation_id", "id"], name="event_conversation"),
            models.Index(fields=["kind", "id"], name="event_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"


class RateCount(models.Model):
    """How often something was tried in one window of time."""

    key = models.CharField(max_length=64)
    window = models.BigIntegerField()
    count = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "window"], name="one_count_per_window")]
        indexes = [models.Index(fields=["window"], name="rate_window")]
