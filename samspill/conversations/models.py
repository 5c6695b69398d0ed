from django.db import models
from django.utils.translation import gettext_lazy as _

from samspill.kit import crypto, languages


class Inbox(models.Model):
    """One configured mouth of a channel."""

    channel = models.CharField(max_length=20)  # webchat, email, api …
    name = models.CharField(max_length=80)
    key = models.CharField(
        max_length=40, unique=True, default=crypto.token
    )  # public, stands in the script tag
    settings = models.JSONField(default=dict)
    enabled = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name

    @property
    def is_fetched(self) -> bool:
        """Whether its readers fetch what we say by themselves, so that nothing need be sent."""
        return self.channel in ("webchat", "api")


class Inbound(models.Model):
    """A delivery as it came in, stored before anything is done with it."""

    class State(models.TextChoices):
        STORED = "stored"
        DONE = "done"
        FAILED = "failed"

    inbox = models.ForeignKey(Inbox, on_delete=models.CASCADE)
    dedup_key = models.CharField(max_length=200)
    raw = models.BinaryField()
    headers = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=State.choices, default=State.STORED)
    error = models.CharField(max_length=200, blank=True)
    message = models.ForeignKey("Message", null=True, on_delete=models.SET_NULL)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["inbox", "dedup_key"], name="one_inbound_per_delivery")
        ]
        indexes = [
            models.Index(fields=["inbox", "at"], condition=~models.Q(state="done"), name="inbound_backlog"),
            models.Index(fields=["inbox", "-id"], name="inbound_recent"),
        ]


class Conversation(models.Model):
    """The thread between one contact and the company."""

    class Status(models.TextChoices):
        OPEN = "open", _("Open")
        SNOOZED = "snoozed", _("Snoozed")
        CLOSED = "closed", _("Closed")

    class InCharge(models.TextChoices):
        ASSISTANT = "assistant", _("Assistant")
        PERSON = "person", _("Person")

    inbox = models.ForeignKey(Inbox, on_delete=models.PROTECT, related_name="conversations")
    contact = models.ForeignKey("samspill.Contact", on_delete=models.PROTECT, related_name="conversations")
    identity = models.ForeignKey("samspill.Identity", on_delete=models.PROTECT, related_name="conversations")
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.OPEN)
    in_charge = models.CharField(max_length=10, choices=InCharge.choices, default=InCharge.ASSISTANT)
    subject = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=12, blank=True)
    sentiment = models.FloatField(null=True)  # -1 … 1, ranks; never a fact about a person
    mood = models.CharField(max_length=12, blank=True)  # of the last messages together
    urgent = models.BooleanField(default=False)
    trend = models.JSONField(default=list)  # the last messages' readings: see impression.py
    intent = models.CharField(max_length=60, blank=True)  # the last one the assistant was sure of
    team = models.ForeignKey("samspill.Team", null=True, blank=True, on_delete=models.SET_NULL)
    assignee = models.ForeignKey(
        "samspill.Agent", null=True, blank=True, on_delete=models.SET_NULL, related_name="conversations"
    )
    summary = models.TextField(blank=True)
    facts = models.JSONField(default=list)  # [{"name": …, "value": …}] as collected by the assistant
    page = models.CharField(max_length=400, blank=True)  # where the visitor wrote
    external_id = models.CharField(max_length=200, blank=True)  # in the system it was imported from
    threaded = models.BooleanField(
        default=False
    )  # mail: a contact may have many open at once, told apart by thread
    waiting_since = models.DateTimeField(null=True)
    snoozed_until = models.DateTimeField(null=True)
    last_message_at = models.DateTimeField(auto_now_add=True)
    created_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["inbox", "identity"],
                condition=~models.Q(status="closed") & models.Q(threaded=False),
                name="one_open_conversation_per_identity",
            ),
            models.UniqueConstraint(
                fields=["inbox", "external_id"],
                condition=~models.Q(external_id=""),
                name="each_conversation_imported_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-last_message_at"], condition=~models.Q(status="closed"), name="conversation_open"
            ),
            models.Index(fields=["status", "-last_message_at"], name="conversation_recent"),
            models.Index(fields=["contact", "-last_message_at"], name="conversation_of_contact"),
            models.Index(fields=["assignee", "status", "-last_message_at"], name="conversation_mine"),
            models.Index(
                fields=["-last_message_at"],
                condition=models.Q(urgent=True) & ~models.Q(status="closed"),
                name="conversation_urgent",
            ),
            models.Index(
                fields=["mood", "-last_message_at"],
                condition=~models.Q(status="closed"),
                name="conversation_mood",
            ),
            models.Index(
                fields=["snoozed_until"], condition=models.Q(status="snoozed"), name="conversation_wakes"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def language_name(self) -> str:
        """The language by its own name."""
        return languages.named(self.language)


class Message(models.Model):
    """One utterance, or a note only agents see."""

    class Direction(models.TextChoices):
        IN = "in"
        OUT = "out"
        NOTE = "note"

    class Author(models.TextChoices):
        CONTACT = "contact"
        ASSISTANT = "assistant"
        AGENT = "agent"
        SYSTEM = "system"

    class Delivery(models.TextChoices):
        STORED = "stored"
        SENT = "sent"
        DELIVERED = "delivered"
        READ = "read"
        FAILED = "failed"

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="messages")
    direction = models.CharField(max_length=4, choices=Direction.choices)
    author = models.CharField(max_length=10, choices=Author.choices)
    agent = models.ForeignKey("samspill.Agent", null=True, on_delete=models.SET_NULL)
    external_id = models.CharField(
        max_length=200
    )  # unique within the conversation: what makes a retry harmless
    inbox = models.ForeignKey(
        Inbox, null=True, on_delete=models.SET_NULL
    )  # by which it came or goes, where another
    text = models.TextField()
    language = models.CharField(max_length=12, blank=True)
    sentiment = models.FloatField(null=True)
    mood = models.CharField(max_length=12, blank=True)  # frustrated, impatient, neutral, satisfied
    urgency = models.FloatField(null=True)  # 0 … 1
    reading = models.JSONField(default=dict)  # scores and the words that moved them
    extras = models.JSONField(default=dict)  # sources, choices, card: see docs/architecture.md
    delivery = models.CharField(max_length=10, choices=Delivery.choices, default=Delivery.STORED)
    edited_at = models.DateTimeField(null=True)  # by the contact, in the outside service
    deleted_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "external_id"], name="each_message_once")
        ]
        indexes = [models.Index(fields=["conversation", "id"], name="message_thread")]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"message #{self.pk}"


class Participant(models.Model):
    """An address that takes part in a conversation besides the contact's own, as in a mail's Cc."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="participants")
    identity = models.ForeignKey("samspill.Identity", on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "identity"], name="each_participant_once")
        ]


class Relation(models.Model):
    """One conversation has to do with another: begun by a stranger who quotes it, or after it was long closed."""

    class Why(models.TextChoices):
        STRANGER = "stranger"
        AFTERWARDS = "afterwards"

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="relations"
    )  # later
    other = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="related_later")
    why = models.CharField(max_length=10, choices=Why.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conversation", "other"], name="each_relation_once")]


class Dispatch(models.Model):
    """One message of ours on its way out by an outside service: at most one for each message."""

    class State(models.TextChoices):
        WAITING = "waiting"
        SENT = "sent"
        DELIVERED = "delivered"
        READ = "read"
        FAILED = "failed"

    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="dispatch")
    inbox = models.ForeignKey(Inbox, on_delete=models.CASCADE, related_name="dispatches")
    identity = models.ForeignKey("samspill.Identity", on_delete=models.CASCADE, related_name="+")  # to whom
    external_id = models.CharField(max_length=255, blank=True)  # the service's id of it; a mail's Message-ID
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)  # in words, without personal data
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["inbox", "external_id"],
                condition=~models.Q(external_id=""),
                name="each_dispatch_once",
            )
        ]
        indexes = [
            models.Index(fields=["inbox", "id"], condition=models.Q(state="waiting"), name="dispatch_waiting")
        ]


class Attachment(models.Model):
    """A file that came with a message; its content is stored once, by its hash."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attachments", null=True)
    contact = models.ForeignKey("samspill.Contact", null=True, on_delete=models.CASCADE)  # who uploaded it
    agent = models.ForeignKey("samspill.Agent", null=True, on_delete=models.SET_NULL)
    key = models.CharField(max_length=40, unique=True, default=crypto.token)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=100)  # content type, found from the content
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    content_id = models.CharField(
        max_length=200, blank=True
    )  # the place of an inline picture in a mail's HTML
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class Assignment(models.Model):
    """Who owned a conversation, from when to when."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="assignments")
    agent = models.ForeignKey("samspill.Agent", on_delete=models.CASCADE)
    by = models.CharField(max_length=40)
    at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation"], condition=models.Q(ended_at=None), name="one_owner_at_a_time"
            )
        ]


class Handover(models.Model):
    """The assistant gave a conversation to people: why, and what it had found out."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="handovers")
    reason = models.CharField(max_length=30)  # asked, failed, upset, complaint, risk, flow …
    summary = models.TextField()
    facts = models.JSONField(default=list)
    at = models.DateTimeField(auto_now_add=True)


class Presence(models.Model):
    """An agent has a conversation open, or types in it; counts for a few seconds after `seen_at`."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="presences")
    agent = models.ForeignKey("samspill.Agent", on_delete=models.CASCADE)
    typing = models.BooleanField(default=False)
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conversation", "agent"], name="one_presence_each")]


class Draft(models.Model):
    """What an agent has begun to write and not yet sent."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="drafts")
    agent = models.ForeignKey("samspill.Agent", on_delete=models.CASCADE)
    text = models.TextField(blank=True)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conversation", "agent"], name="one_draft_each")]


class Redaction(models.Model):
    """Personal data taken out of a conversation. What it was is kept sealed for minutes, to be put back, then gone."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="redactions")
    message = models.ForeignKey(Message, on_delete=models.CASCADE)
    kinds = models.JSONField(default=list)
    sealed = models.TextField(blank=True)  # emptied when the time to undo is over
    by = models.ForeignKey("samspill.Agent", null=True, on_delete=models.SET_NULL)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["at"], condition=~models.Q(sealed=""), name="redaction_to_forget")]
