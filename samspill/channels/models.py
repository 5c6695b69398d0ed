from django.db import models


class ChannelHealth(models.Model):
    """How an inbox fares: written by whatever talks to the outside service, read by the health page and its alert."""

    inbox = models.OneToOneField("samspill.Inbox", on_delete=models.CASCADE, related_name="health")
    succeeded_at = models.DateTimeField(null=True)
    failing_since = models.DateTimeField(null=True)
    error = models.CharField(
        max_length=40, blank=True
    )  # a code: unreachable, refused, expired …; words in the page
    detail = models.CharField(max_length=200, blank=True)  # the service's own words, without personal data
    expires_at = models.DateTimeField(null=True)  # of the credentials, where the service tells
    alerted_at = models.DateTimeField(null=True)  # of this failure

    class Meta:
        indexes = [
            models.Index(
                fields=["failing_since"],
                condition=models.Q(failing_since__isnull=False, alerted_at=None),
                name="health_to_tell",
            )
        ]


class MailFolder(models.Model):
    """How far a folder of a mailbox has been read: every mail up to `last_uid` is stored."""

    inbox = models.ForeignKey("samspill.Inbox", on_delete=models.CASCADE, related_name="folders")
    name = models.CharField(max_length=200)
    uid_validity = models.BigIntegerField()
    last_uid = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inbox", "name"], name="each_folder_once")]


class Letter(models.Model):
    """What a message has besides its text because it was a mail, in or out."""

    message = models.OneToOneField("samspill.Message", on_delete=models.CASCADE, related_name="letter")
    inbound = models.ForeignKey("samspill.Inbound", null=True, on_delete=models.SET_NULL, related_name="+")
    kind = models.CharField(max_length=14)  # mail.mail.Kind
    subject = models.CharField(max_length=400, blank=True)
    sender = models.JSONField(default=dict)  # {"address", "name"}
    to = models.JSONField(default=list)
    cc = models.JSONField(default=list)
    mail_id = models.CharField(max_length=400, blank=True)  # its Message-ID
    references = models.JSONField(default=list)  # Message-IDs, the oldest first
    html = models.TextField(blank=True)  # sanitised
    quoted = models.TextField(blank=True)
    signature = models.TextField(blank=True)
    protection = models.CharField(max_length=20, blank=True)
    invitations = models.JSONField(default=list)
    proven = models.BooleanField(default=False)  # our own mail server vouches for the sender's domain
    date = models.DateTimeField(null=True)


class Reference(models.Model):
    """A Message-ID or a marker of ours that leads to a conversation: one look-up threads a mail."""

    digest = models.CharField(max_length=64)
    conversation = models.ForeignKey(
        "samspill.Conversation", on_delete=models.CASCADE, related_name="references"
    )
    message = models.ForeignKey("samspill.Message", null=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["digest", "conversation"], name="each_reference_once")]


class Template(models.Model):
    """A message the outside service has approved to be sent when a contact has been silent for a day."""

    inbox = models.ForeignKey("samspill.Inbox", on_delete=models.CASCADE, related_name="templates")
    name = models.CharField(max_length=100)
    language = models.CharField(max_length=12)
    text = models.TextField()  # with {{1}}, {{2}} … for what is filled in
    approved = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["inbox", "name", "language"], name="each_template_once")
        ]


class Part(models.Model):
    """One piece of a message of ours that the outside service has taken; it is never given to it again."""

    dispatch = models.ForeignKey("samspill.Dispatch", on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveSmallIntegerField()
    external_id = models.CharField(max_length=255)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dispatch", "number"], name="each_part_once")]
        indexes = [models.Index(fields=["external_id"], name="part_by_outside_id")]
