from django.db import models
from django.utils.translation import gettext_lazy as _


class Finding(models.Model):
    """Something about the records that a person should look at: why, how sure, whose, until when."""

    class Kind(models.TextChoices):
        DUPLICATE = "duplicate", _("Possible duplicate")
        STALE = "stale", _("Out of date")
        INCOMPLETE = "incomplete", _("Incomplete")
        CONFLICT = "conflict", _("Contradictory")

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        ACCEPTED = "accepted", _("Repaired")
        REJECTED = "rejected", _("Left as it is")
        GONE = "gone", _("No longer so")

    kind = models.CharField(max_length=10, choices=Kind.choices)
    about = models.CharField(max_length=30, blank=True)  # which field or rule, for what is no duplicate
    contact = models.ForeignKey("samspill.Contact", on_delete=models.CASCADE, related_name="findings")
    other = models.ForeignKey("samspill.Contact", null=True, on_delete=models.CASCADE, related_name="+")
    score = models.FloatField(default=1.0)  # 0 … 1
    reasons = models.JSONField(default=list)  # [{"sign": "same_phone", "weight": 0.4}, …]; no personal data
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    owner = models.ForeignKey("samspill.Agent", null=True, on_delete=models.SET_NULL, related_name="findings")
    due_on = models.DateField(null=True)
    merge = models.ForeignKey("samspill.Merge", null=True, on_delete=models.SET_NULL, related_name="+")
    proposed = models.TextField(blank=True)  # sealed: what the repair would write, as JSON
    undo = models.JSONField(default=dict)  # sealed values from before the repair
    found_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "about", "contact", "other"], nulls_distinct=False, name="each_finding_once"
            )
        ]
        indexes = [
            models.Index(fields=["owner", "due_on"], condition=models.Q(state="open"), name="finding_open")
        ]


class Review(models.Model):
    """One review of all records: when, what it found, and the quality it saw."""

    begun_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)
    by = models.CharField(max_length=40)
    records = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)  # records looked at so far
    found = models.JSONField(default=dict)  # {"duplicate": 3, …}
    quality = models.FloatField(null=True)  # share of records without an open finding

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["finished_at"],
                condition=models.Q(finished_at=None),
                nulls_distinct=False,
                name="one_review_at_a_time",
            )
        ]

    @property
    def steps(self) -> int:
        """What `done` counts up to: each record is looked at alone, then beside others."""
        return 2 * self.records


class CareSettings(models.Model):
    """How often the records are reviewed and what counts as stale. There is one row at most."""

    every_months = models.PositiveSmallIntegerField(default=1)  # 0: only when asked
    stale_months = models.PositiveSmallIntegerField(default=24)
    due_days = models.PositiveSmallIntegerField(default=14)
    owner = models.ForeignKey("samspill.Agent", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_care_settings")]


class Trait(models.Model):
    """Something two records of one person would share, as a keyed hash: how candidates meet without comparing all."""

    contact = models.ForeignKey("samspill.Contact", on_delete=models.CASCADE, related_name="+")
    sign = models.CharField(max_length=12)
    digest = models.CharField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sign", "digest", "contact"], name="each_trait_once")]
