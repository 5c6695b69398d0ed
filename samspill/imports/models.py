from django.db import models
from django.utils.translation import gettext_lazy as _


class Import(models.Model):
    """One file with people or conversations from elsewhere, on its way in. Doing it again changes nothing twice."""

    class State(models.TextChoices):
        STORED = "stored", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        STOPPED = "stopped", _("Stopped")
        FAILED = "failed", _("Failed")
        UNDOING = "undoing", _("Being removed")
        UNDONE = "undone", _("Removed")

    form = models.CharField(max_length=20)  # csv, calls, mbox, maildir, zammad, chatwoot, zendesk
    name = models.CharField(max_length=200)
    path = models.CharField(max_length=400)  # below the uploads folder, or a folder the admin named
    sha256 = models.CharField(max_length=64, blank=True)
    inbox = models.ForeignKey("samspill.Inbox", null=True, on_delete=models.PROTECT, related_name="+")
    columns = models.JSONField(default=dict)  # of a table: column → field
    dry = models.BooleanField(default=False)  # only say what would happen
    state = models.CharField(max_length=8, choices=State.choices, default=State.STORED)
    position = models.BigIntegerField(default=0)  # how far it has been read: what makes it resumable
    whole = models.BigIntegerField(default=0)  # how much there is, in the same unit
    counts = models.JSONField(
        default=dict
    )  # {"contacts": 3, "conversations": 2, "messages": 9, "known": 1, "skipped": 0}
    error = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey("samspill.Agent", null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    @property
    def is_running(self) -> bool:
        """Whether a job is at work on it, or about to be."""
        return self.state in (self.State.STORED, self.State.RUNNING, self.State.UNDOING)

    @property
    def is_unfinished(self) -> bool:
        """Whether it can go on where it stopped."""
        return self.state in (self.State.STOPPED, self.State.FAILED) and self.path != ""

    @property
    def actor(self) -> str:
        """Who is named in events."""
        return f"agent:{self.by_id}" if self.by_id else "system"


class Skipped(models.Model):
    """One row of an import that was left out, and why."""

    of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="skipped")
    place = models.CharField(max_length=60)  # line, mail or id in the file
    reason = models.CharField(max_length=40)  # a code; words in the page

    class Meta:
        constraints = [models.UniqueConstraint(fields=["of", "place"], name="each_row_skipped_once")]


class Brought(models.Model):
    """One row that an import has added, or a contact whose empty fields it has filled: what undoing it takes away."""

    of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="brought")
    kind = models.CharField(
        max_length=12
    )  # contact, identity, company, conversation, message, filled, callback, call
    row = models.BigIntegerField()
    facts = models.JSONField(default=dict)  # of filled: field → digest of the value that was put there

    class Meta:
        constraints = [models.UniqueConstraint(fields=["of", "kind", "row"], name="each_brought_once")]
