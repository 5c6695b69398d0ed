from django.db import models
from django.utils.translation import gettext_lazy as _

from samspill.kit.once import once


class AssistantSettings(models.Model):
    """How the assistant presents itself and which brain decides. There is one row."""

    class Brain(models.TextChoices):
        LOCAL = "local", _("Local models")
        LLM = "llm", _("Language model (LLM)")

    name = models.CharField(_("name"), max_length=40, default="Assistant")
    brain = models.CharField(_("decides by"), max_length=6, choices=Brain.choices, default=Brain.LOCAL)
    llm_url = models.URLField(_("LLM address"), blank=True)
    llm_model = models.CharField(_("LLM model"), max_length=120, blank=True)
    llm_key_sealed = models.TextField(blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_assistant_settings")]

    @classmethod
    def current(cls) -> "AssistantSettings":
        """The settings; the defaults where nobody has changed them."""
        return _settings()


@once
def _settings() -> AssistantSettings:
    return AssistantSettings.objects.filter(pk=1).first() or AssistantSettings(pk=1)


class Dialogue(models.Model):
    """Where the assistant stands in a conversation: one document, so that replay is debugging is testing."""

    conversation = models.OneToOneField(
        "samspill.Conversation", on_delete=models.CASCADE, related_name="dialogue"
    )
    state = models.JSONField(default=dict)


class Turn(models.Model):
    """What the assistant made of one message. At most one for each, whatever crashes."""

    message = models.OneToOneField("samspill.Message", on_delete=models.CASCADE, related_name="turn")
    conversation = models.ForeignKey("samspill.Conversation", on_delete=models.CASCADE, related_name="turns")
    brain = models.CharField(max_length=10)
    commands = models.JSONField(default=list)
    outcome = models.CharField(max_length=20)  # answered, flow, unknown, handed_over, silent
    confidence = models.FloatField(null=True)
    stages_ms = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True)


class Approval(models.Model):
    """An intent whose mails the assistant may answer by itself, above a confidence."""

    intent = models.CharField(max_length=60, unique=True)
    least = models.FloatField(default=0.9)  # the confidence it takes, 0 … 1
    by = models.ForeignKey("samspill.Agent", null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)


class PreparedReply(models.Model):
    """What the assistant would answer to a mail, and what became of it. At most one for each message."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting for one click")
        SENT = "sent", _("Sent by the assistant")
        USED = "used", _("Sent unchanged")
        EDITED = "edited", _("Sent after changes")
        DISMISSED = "dismissed", _("Dismissed")
        OVERTAKEN = "overtaken", _("Overtaken by a newer mail or an answer")

    message = models.OneToOneField("samspill.Message", on_delete=models.CASCADE, related_name="prepared")
    conversation = models.ForeignKey(
        "samspill.Conversation", on_delete=models.CASCADE, related_name="prepared"
    )
    text = models.TextField()
    language = models.CharField(max_length=12, blank=True)
    sources = models.JSONField(default=list)
    intent = models.CharField(max_length=60, blank=True)
    confidence = models.FloatField(null=True)
    callback = models.JSONField(default=dict)  # opened when it is sent: {"number", "when", "topic", "said"}
    why_waiting = models.CharField(
        max_length=30, blank=True
    )  # not_approved, unsure, unverified, risky, upset …
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    sent = models.ForeignKey("samspill.Message", null=True, on_delete=models.SET_NULL, related_name="+")
    agent = models.ForeignKey("samspill.Agent", null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation"], condition=models.Q(state="waiting"), name="one_prepared_reply_waits"
            )
        ]
