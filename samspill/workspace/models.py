from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from samspill.kit import languages


def _weekdays() -> dict[str, list[list[str]]]:
    return {day: [["08:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")} | {"sat": [], "sun": []}


class Workspace(models.Model):
    """The company. There is one row."""

    name = models.CharField(max_length=120)
    language = models.CharField(max_length=12, default="en", choices=languages.CHOICES)
    time_zone = models.CharField(max_length=60, default="Europe/Oslo")
    country = models.CharField(max_length=2, default="NO")
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    hours = models.JSONField(
        default=_weekdays
    )  # {"mon": [["08:00", "17:00"]], …} in the workspace's time zone
    holidays = models.JSONField(default=list)  # ["2026-12-25", …]
    delivery = models.JSONField(default=list)  # rows of {country, kind, days, cost, free_over, currency}
    order_number = models.CharField(max_length=40, default="NS-00000")  # 0 a digit, A a letter
    privacy_url = models.URLField(blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_workspace")]

    def __str__(self) -> str:
        return self.name


class AgentManager(BaseUserManager["Agent"]):
    def create_user(self, email: str, password: str | None = None, **fields: object) -> "Agent":
        """Add an agent who can sign in with `email` and `password`."""
        agent = self.model(email=self.normalize_email(email).lower(), **fields)
        agent.set_password(password)
        agent.save(using=self._db)
        return agent


class Agent(AbstractBaseUser):
    """A human who answers, leads or configures."""

    class Role(models.TextChoices):
        ADMIN = "admin", _("Admin")
        LEAD = "lead", _("Lead")
        AGENT = "agent", _("Agent")

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=80)
    role = models.CharField(_("role"), max_length=8, choices=Role.choices, default=Role.AGENT)
    language = models.CharField(_("language"), max_length=12, choices=languages.CHOICES, default="en")
    time_zone = models.CharField(max_length=60, default="Europe/Oslo")
    theme = models.CharField(max_length=6, default="auto")
    is_active = models.BooleanField(default=True)
    teams = models.ManyToManyField("Team", related_name="agents", blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = AgentManager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def actor(self) -> str:
        """How this agent is named in events."""
        return f"agent:{self.pk}"

    @property
    def is_lead(self) -> bool:
        """Leads and admins supervise."""
        return self.role in {self.Role.LEAD, self.Role.ADMIN}

    @property
    def is_admin(self) -> bool:
        """Admins configure."""
        return self.role == self.Role.ADMIN


class Team(models.Model):
    """A group of agents."""

    name = models.CharField(_("name"), max_length=60, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ApiToken(models.Model):
    """A key to the API. Only its hash is kept."""

    name = models.CharField(_("name"), max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=8)
    writes = models.BooleanField(_("may write"), default=False)
    created_by = models.ForeignKey(Agent, on_delete=models.CASCADE)
    created_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name
