from django.db import models


class Survey(models.Model):
    """A request for a score after a conversation, and its answer."""

    class About(models.TextChoices):
        ASSISTANT = "assistant"
        PERSON = "person"

    conversation = models.ForeignKey(
        "samspill.Conversation", on_delete=models.CASCADE, related_name="surveys"
    )
    kind = models.CharField(max_length=8, default="csat")
    about = models.CharField(max_length=10, choices=About.choices)
    cycle = models.BigIntegerField()  # the closing's event, so that each closing is asked about once
    score = models.PositiveSmallIntegerField(null=True)  # 1 … 5
    comment = models.TextField(blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "kind", "cycle"], name="asked_once_per_closing"),
            models.CheckConstraint(
                condition=models.Q(score=None) | models.Q(score__range=(1, 5)), name="score_from_1_to_5"
            ),
        ]
