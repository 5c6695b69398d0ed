from django.db import models

from samspill.kit import crypto, languages


class Organisation(models.Model):
    """A company some contacts belong to."""

    name = models.CharField(max_length=160, unique=True)
    domain = models.CharField(max_length=160, blank=True)

    def __str__(self) -> str:
        return self.name


class Contact(models.Model):
    """One customer, whatever the channel."""

    name = models.CharField(max_length=160, blank=True)
    language = models.CharField(max_length=12, blank=True)
    country = models.CharField(max_length=2, blank=True)
    time_zone = models.CharField(max_length=60, blank=True)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="contacts"
    )
    responsible = models.ForeignKey("samspill.Agent", null=True, blank=True, on_delete=models.SET_NULL)
    vip = models.BooleanField(default=False)
    attributes = models.JSONField(default=dict, blank=True)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="absorbed")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["name"], name="contact_name")]

    def __str__(self) -> str:
        return self.name or f"#{self.pk}"

    @property
    def actor(self) -> str:
        """How this contact is named in events."""
        return f"contact:{self.pk}"

    @property
    def language_name(self) -> str:
        """The language by its own name."""
        return languages.named(self.language)


class Identity(models.Model):
    """One address of a contact on one channel. Looked up by a keyed hash, stored encrypted."""

    class Kind(models.TextChoices):
        EMAIL = "email"
        PHONE = "phone"
        VISITOR = "visitor"
        EXTERNAL = "external"

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="identities")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    scope = models.CharField(max_length=40, blank=True)  # '' = global (mail, phone), inbox id for visitors
    value_hash = models.CharField(max_length=64)
    sealed = models.TextField()
    verified_at = models.DateTimeField(null=True)
    given_by = models.ForeignKey(
        "self", null=True, on_delete=models.SET_NULL, related_name="+"
    )  # who named it, when it was noted
    unreachable_at = models.DateTimeField(null=True)  # mail came back, or no such number
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "scope", "value_hash"], name="one_identity_per_address")
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"

    @property
    def value(self) -> str:
        """The address itself."""
        return crypto.unseal(self.sealed)


class Consent(models.Model):
    """One answer to one question for permission. The latest row per purpose and channel counts."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="consents")
    identity = models.ForeignKey(
        Identity, null=True, on_delete=models.SET_NULL, related_name="+"
    )  # by which the answer came
    purpose = models.CharField(max_length=30)
    channel = models.CharField(max_length=20)
    given = models.BooleanField()
    wording = models.CharField(max_length=40)  # which text the person saw
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["contact", "purpose", "channel", "-id"], name="consent_current")]


class Code(models.Model):
    """A one-time code on its way to an address; proves that the address is the visitor's."""

    visitor = models.ForeignKey(Identity, on_delete=models.CASCADE, related_name="codes")  # who asked
    claim = models.TextField()  # sealed: the order number or address the visitor gave
    identity = models.ForeignKey(
        Identity, null=True, on_delete=models.CASCADE, related_name="+"
    )  # who got it
    digest = models.CharField(max_length=64)
    sealed = models.TextField()  # to be mailed; emptied once it is on its way
    language = models.CharField(max_length=12)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    proved_at = models.DateTimeField(null=True)


class Merge(models.Model):
    """One contact taken into another: what moved, so that it can be moved back."""

    kept = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="merges")
    merged = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")
    moved = models.JSONField()  # {"identities": [ids], "conversations": [ids], "consents": [ids]}
    filled = models.JSONField(default=list)  # the fields of `kept` that were empty and took the other's value
    offered = models.JSONField(
        default=list
    )  # the fields that were known of `merged`, and not changed by hand since
    by = models.CharField(max_length=40)
    at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["kept"], condition=models.Q(undone_at=None), name="merge_of_kept"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["merged"], condition=models.Q(undone_at=None), name="merged_into_one_at_most"
            )
        ]
