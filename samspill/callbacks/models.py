from django.db import models
from django.utils.translation import gettext_lazy as _

from samspill.kit.once import once


class Callback(models.Model):
    """Somebody asked to be called. It always has a next step (`next_at`) or a stated end."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        REACHED = "reached", _("Reached")
        LATE = "late", _("Reached too late")
        UNREACHED = "unreached", _("Not reached")
        WRONG_NUMBER = "wrong_number", _("Wrong number")
        EXPIRED = "expired", _("Expired")
        CANCELLED = "cancelled", _("Cancelled")

    class Mode(models.TextChoices):
        PLANNED = "planned", _("Planned")
        FIRST_COME = "first_come", _("In order of arrival")
        CONTROL = "control", _("Control group")

    class Source(models.TextChoices):
        CHAT = "chat", _("Chat")
        PORTAL = "portal", _("Help centre")
        FORM = "form", _("Contact form")
        EMAIL = "email", _("E-mail")
        PHONE = "phone", _("Phone")
        DESK = "desk", _("Desk")
        API = "api", _("API")
        IMPORT = "import", _("Import")

    contact = models.ForeignKey("samspill.Contact", on_delete=models.CASCADE, related_name="callbacks")
    identity = models.ForeignKey(
        "samspill.Identity", null=True, on_delete=models.SET_NULL, related_name="callbacks"
    )  # the number; null: forgotten
    conversation = models.ForeignKey(
        "samspill.Conversation", null=True, on_delete=models.SET_NULL, related_name="callbacks"
    )
    consent = models.ForeignKey("samspill.Consent", null=True, on_delete=models.SET_NULL, related_name="+")
    source = models.CharField(max_length=8, choices=Source.choices)
    key = models.CharField(
        max_length=120, null=True, unique=True
    )  # asked again under it, it is the same wish
    told_at = models.ForeignKey(
        "samspill.Identity", null=True, on_delete=models.SET_NULL, related_name="+"
    )  # the address that mails about it go to
    topic = models.TextField(blank=True)
    language = models.CharField(max_length=12)
    team = models.ForeignKey("samspill.Team", null=True, on_delete=models.SET_NULL, related_name="+")
    worth = models.FloatField(default=1.0)  # beside an ordinary request
    asked_by = models.CharField(max_length=40)  # an actor: the customer, an agent, a token
    created_at = models.DateTimeField()

    # what the customer would like (not before a moment, or just then), and what was promised: the first call
    not_before = models.DateTimeField(null=True)
    fixed_at = models.DateTimeField(null=True)  # an appointment: called then, whatever the plan says
    promised_from = models.DateTimeField()
    promised_by = models.DateTimeField()

    mode = models.CharField(max_length=10, choices=Mode.choices, default=Mode.PLANNED)
    share = models.FloatField(default=1.0)  # how likely the lot was to choose this mode
    next_at = models.DateTimeField(null=True)
    chance = models.FloatField(null=True)  # of an answer at next_at
    reasons = models.JSONField(default=list)  # [{"code": …, "effect": …, "numbers": {…}}, …]
    others = models.JSONField(
        default=list
    )  # other good times: [{"at": unix, "chance": …, "reasons": […]}, …]
    place = models.PositiveIntegerField(null=True)  # in the queue of this quarter of an hour; null: not now
    gain = models.FloatField(null=True)  # of a call now over the best later one
    planned_at = models.DateTimeField(null=True)

    taken_by = models.ForeignKey("samspill.Agent", null=True, on_delete=models.SET_NULL, related_name="+")
    taken_at = models.DateTimeField(null=True)
    postponed_until = models.DateTimeField(null=True)  # by an agent
    attempts_made = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=12, choices=State.choices, default=State.OPEN)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=40, blank=True)
    counted = models.BooleanField(default=False)  # in the figures that are kept for ever

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["identity"], condition=models.Q(state="open"), name="one_open_callback_per_number"
            ),
            models.UniqueConstraint(
                fields=["taken_by"], condition=models.Q(state="open"), name="one_callback_at_a_time"
            ),
            models.CheckConstraint(
                condition=models.Q(state="open", next_at__isnull=False, ended_at=None)
                | (~models.Q(state="open") & models.Q(ended_at__isnull=False)),
                name="next_step_or_end",
            ),
        ]
        indexes = [
            models.Index(fields=["next_at"], condition=models.Q(state="open"), name="callback_open"),
            models.Index(fields=["created_at"], name="callback_created"),
            models.Index(fields=["ended_at"], condition=models.Q(counted=False), name="callback_uncounted"),
        ]

    def __str__(self) -> str:
        return f"callback #{self.pk}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN


class Attempt(models.Model):
    """One call: by whom, when, how it was chosen and how it ended ('' while it rings)."""

    class Outcome(models.TextChoices):
        ANSWERED = "answered", _("Answered")
        NO_ANSWER = "no_answer", _("No answer")
        VOICEMAIL = "voicemail", _("Voicemail")
        BUSY = "busy", _("Busy")
        DECLINED = "declined", _("Declined")
        TOO_LATE = "too_late", _("Answered, but too late")
        WRONG_NUMBER = "wrong_number", _("Wrong number")

    callback = models.ForeignKey(Callback, on_delete=models.CASCADE, related_name="attempts")
    decision = models.OneToOneField(
        "samspill.Decision", null=True, on_delete=models.SET_NULL, related_name="attempt"
    )
    position = models.PositiveSmallIntegerField()  # 1 is the first call
    agent = models.ForeignKey("samspill.Agent", null=True, on_delete=models.SET_NULL, related_name="+")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["callback", "position"], name="each_attempt_once"),
            models.UniqueConstraint(
                fields=["callback"], condition=models.Q(outcome=""), name="one_call_at_a_time"
            ),
        ]
        indexes = [models.Index(fields=["began_at"], name="attempt_began")]


class CallbackMail(models.Model):
    """A mail to the customer about their callback; each is written once."""

    callback = models.ForeignKey(Callback, on_delete=models.CASCADE, related_name="mails")
    about = models.CharField(max_length=30)  # asked, missed, over, wrong, cancelled, moved:<when to>
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["callback", "about"], name="each_callback_mail_once")]


class Decision(models.Model):
    """Whom the system proposed to call, why, and how likely it was to propose that; `followed` says what was done."""

    callback = models.ForeignKey(Callback, on_delete=models.CASCADE, related_name="decisions")
    agent = models.ForeignKey("samspill.Agent", null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    mode = models.CharField(max_length=10, choices=Callback.Mode.choices)
    doubt = models.CharField(max_length=10, blank=True)  # why the model was not asked
    chance = models.FloatField(null=True)
    gain = models.FloatField(null=True)
    propensity = models.FloatField(default=1.0)
    by_agent = models.BooleanField(default=False)  # the agent chose this person instead of the proposed one

    class Meta:
        indexes = [models.Index(fields=["callback", "id"], name="decision_callback")]


class ComingWeek(models.Model):
    """How likely the person of a planned callback answers, hour by hour of seven days from `day` on, in their time."""

    callback = models.OneToOneField(Callback, on_delete=models.CASCADE, related_name="coming_week")
    day = models.DateField()
    chances = models.BinaryField()  # 7 × 24 bytes, percent; 255: not known
    at = models.DateTimeField()


class Caller(models.Model):
    """An agent who makes callbacks: in which languages, when, and whether right now."""

    agent = models.OneToOneField("samspill.Agent", on_delete=models.CASCADE, related_name="caller")
    languages = models.JSONField(default=list)  # empty: every language
    hours = models.JSONField(default=dict)  # like the company's; empty: the company's
    on_duty = models.BooleanField(default=True)


class ReachModel(models.Model):
    """What has been learned of when people answer, sealed; the youngest counts."""

    at = models.DateTimeField(auto_now_add=True)
    sealed = models.BinaryField()
    form = models.PositiveSmallIntegerField()  # of what is sealed; another form is learned anew
    attempt = models.BigIntegerField(default=0)  # the last it has heard, likewise below
    callback = models.BigIntegerField(default=0)
    message = models.BigIntegerField(default=0)
    facts = models.JSONField(default=dict)  # {"people", "attempts", "seconds", "families", "curve"}


class ReachWeek(models.Model):
    """Counts of one week by mode, kept for ever: what is left when the calls themselves are forgotten."""

    week = models.DateField()  # its Monday
    mode = models.CharField(max_length=10)  # planned, first_come, control, before
    counts = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["week", "mode"], name="each_reach_week_once")]


class ReachHour(models.Model):
    """Calls and answers by weekday and half hour of the customer's day, per month, kept for ever."""

    month = models.DateField()
    slot = models.PositiveSmallIntegerField()  # half hour of the week, 0 to 335, Monday first
    calls = models.PositiveIntegerField(default=0)
    answers = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["month", "slot"], name="each_reach_hour_once")]


class Forgetting(models.Model):
    """One day's forgetting: how much of each kind of data went."""

    at = models.DateTimeField(auto_now_add=True)
    by = models.CharField(max_length=40)
    numbers = models.PositiveIntegerField(default=0)
    calls = models.PositiveIntegerField(default=0)


class Foresight(models.Model):
    """What positions of the dial would have brought in the last weeks, worked out position by position."""

    at = models.DateTimeField(auto_now_add=True)
    by = models.CharField(max_length=40)
    present = models.FloatField()  # where the dial stood
    wanted = models.JSONField(default=list)  # positions still to be worked out
    points = models.JSONField(default=list)  # [{"position", "figures": {name: [value, low, high]}}, …]
    came = models.JSONField(default=dict)  # what really came of the requests looked at
    requests = models.PositiveIntegerField(default=0)
    since = models.DateTimeField()
    done_at = models.DateTimeField(null=True)


class CallbackSettings(models.Model):
    """How callbacks are planned, promised and forgotten. There is one row at most."""

    is_on = models.BooleanField(default=True)  # customers can ask
    uses_model = models.BooleanField(default=True)
    dial = models.FloatField(default=0.5)  # 0 fast … 1 thorough
    control = models.FloatField(default=0.1)
    promise_hours = models.FloatField(default=4.0)  # opening hours; 0: nothing promised
    calls_per_hour = models.PositiveSmallIntegerField(default=6)  # of one caller
    attempts = models.PositiveSmallIntegerField(default=5)
    rest_hours = models.FloatField(default=2.0)
    per_day = models.PositiveSmallIntegerField(default=3)
    days = models.PositiveSmallIntegerField(default=7)
    legal = models.JSONField(
        default=dict
    )  # {"DE": {"week": [[[8, 21]], …7], "holidays": false}}, else `data/legal.yml`
    school = models.JSONField(default=dict)  # {"NO-03": [["2026-10-01", "2026-10-05"], …]}
    link = models.CharField(max_length=120, default="tel:{number}")
    number_months = models.PositiveSmallIntegerField(default=24)
    call_months = models.PositiveSmallIntegerField(default=12)
    before = models.JSONField(
        default=dict
    )  # figures from before: {"first": .23, "total": .45, "attempts": 3.2, "hours": 18}
    costs = models.JSONField(default=dict)  # what the return on investment is worked out from
    started_on = models.DateField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_callback_settings")]

    @classmethod
    def current(cls) -> "CallbackSettings":
        """The settings; the defaults where nobody has changed them."""
        return _settings()


@once
def _settings() -> CallbackSettings:
    return CallbackSettings.objects.filter(pk=1).first() or CallbackSettings(pk=1)
