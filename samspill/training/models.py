from django.db import models
from django.utils.translation import gettext_lazy as _


class Intent(models.Model):
    """Something customers of this company want, learned from what they wrote."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        ACCEPTED = "accepted", _("Accepted")
        RETIRED = "retired", _("Retired")

    class LeadsTo(models.TextChoices):
        ANSWER = "answer", _("An answer from the articles")
        FLOW = "flow", _("A flow")
        PERSON = "person", _("A person")

    name = models.SlugField(max_length=60, unique=True)  # the label the model learns
    title = models.CharField(_("name"), max_length=120)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PROPOSED)
    leads_to = models.CharField(_("leads to"), max_length=6, choices=LeadsTo.choices, default=LeadsTo.ANSWER)
    flow = models.CharField(_("flow"), max_length=60, blank=True)
    was = models.CharField(max_length=8, blank=True)  # its state before it was retired, to go back to
    merged_into = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="merged")
    history = models.ForeignKey("History", null=True, on_delete=models.SET_NULL, related_name="proposals")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.title


class Example(models.Model):
    """One sentence the model may learn from, personal data removed; without an intent it waits for one."""

    class Origin(models.TextChoices):
        HISTORY = "history", _("Imported history")
        DESK = "desk", _("Corrected in the desk")
        GAP = "gap", _("Unanswered question")
        HAND = "hand", _("Written by hand")

    intent = models.ForeignKey(Intent, null=True, on_delete=models.CASCADE, related_name="examples")
    text = models.CharField(max_length=600)
    text_hash = models.CharField(max_length=64, unique=True)  # one meaning for one sentence
    language = models.CharField(max_length=12)
    origin = models.CharField(max_length=8, choices=Origin.choices)
    history = models.ForeignKey("History", null=True, on_delete=models.SET_NULL, related_name="examples")
    message = models.ForeignKey("samspill.Message", null=True, on_delete=models.SET_NULL)
    vector = models.BinaryField(null=True)  # float16[384] as a query; empty until the encoder has read it
    suggested = models.CharField(max_length=60, blank=True)  # the label it probably belongs to
    dropped_at = models.DateTimeField(null=True)  # thrown away; kept so that it does not come back
    by = models.ForeignKey("samspill.Agent", null=True, on_delete=models.SET_NULL)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["intent", "-at"], name="example_of_intent")]


class History(models.Model):
    """An import of old conversations, from upload to proposed intents."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        READING = "reading", _("Reading")
        GROUPING = "grouping", _("Finding intents")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    name = models.CharField(max_length=200)
    format = models.CharField(max_length=10)  # csv, mbox, json
    column = models.CharField(max_length=80, blank=True)  # of a table: the one with the text, if chosen
    content = models.BinaryField(null=True)  # emptied when it has been read
    sha256 = models.CharField(max_length=64, unique=True)  # the same file changes nothing twice
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    rows = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    skipped = models.JSONField(default=dict)  # why → how many
    error = models.CharField(max_length=300, blank=True)  # a code, or a code and what it is about
    by = models.ForeignKey("samspill.Agent", null=True, on_delete=models.SET_NULL)
    at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)


class LearnedModel(models.Model):
    """A trained intent model; exactly one is live, former ones can be brought back."""

    class State(models.TextChoices):
        CANDIDATE = "candidate", _("Not promoted")
        LIVE = "live", _("Live")
        FORMER = "former", _("Former")

    state = models.CharField(max_length=9, choices=State.choices, default=State.CANDIDATE)
    data = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    encoder = models.CharField(max_length=80)
    examples = models.PositiveIntegerField()
    labels = models.PositiveIntegerField()
    figures = models.JSONField(default=dict)  # {"lang": {"nb": {"accuracy": …, "n": …}}}, on the golden set
    reason = models.CharField(max_length=300, blank=True)  # a code: why it was, or was not, promoted
    worse = models.JSONField(default=list)  # [{"language", "before", "after", "golden": [ids]}]
    made_of = models.CharField(max_length=64, blank=True)  # fingerprint of the shipped flows it knows
    pinned = models.BooleanField(default=False)  # a person chose it: training alone does not replace it
    seconds = models.FloatField(default=0)
    by = models.ForeignKey("samspill.Agent", null=True, on_delete=models.SET_NULL)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["state"], condition=models.Q(state="live"), name="one_live_model")
        ]


class Golden(models.Model):
    """A sentence whose right reading people have agreed on; it measures and is never learned from."""

    class Task(models.TextChoices):
        INTENT = "intent", _("Intent")
        LANGUAGE = "language", _("Language")
        MOOD = "mood", _("Mood")
        ANSWER = "answer", _("Answer")

    task = models.CharField(max_length=8, choices=Task.choices)
    text = models.CharField(max_length=600)
    text_hash = models.CharField(max_length=64)
    language = models.CharField(max_length=12)
    expected = models.CharField(
        max_length=120
    )  # label, language code, mood, or article id; "" = out of scope
    vector = models.BinaryField(null=True)  # float16[384] as a query
    encoder = models.CharField(max_length=80, blank=True)  # whose vector it is
    by = models.ForeignKey("samspill.Agent", null=True, on_delete=models.SET_NULL)
    at = models.DateTimeField(auto_now_add=True)  # when it was agreed on, anew with each change
    removed_at = models.DateTimeField(null=True)  # kept for some days, so that it can be taken back

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "text_hash"], name="one_expectation")]
        indexes = [models.Index(fields=["task", "language", "-id"], name="golden_list")]

    def __str__(self) -> str:
        return f"golden #{self.pk}"


class Correction(models.Model):
    """A person says how a message should have been read."""

    class What(models.TextChoices):
        INTENT = "intent", _("Intent")
        LANGUAGE = "language", _("Language")
        MOOD = "mood", _("Mood")
        URGENCY = "urgency", _("Urgency")

    message = models.ForeignKey("samspill.Message", on_delete=models.CASCADE, related_name="corrections")
    what = models.CharField(max_length=8, choices=What.choices)
    read_as = models.CharField(max_length=60, blank=True)
    right = models.CharField(max_length=60)
    by = models.ForeignKey("samspill.Agent", null=True, on_delete=models.SET_NULL)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "what"], name="one_correction_each")]


class Evaluation(models.Model):
    """What a run over the golden set and the last days' traffic found."""

    class Trigger(models.TextChoices):
        SCHEDULE = "schedule", _("Scheduled")
        TRAINING = "training", _("After training")
        HAND = "hand", _("By hand")

    class State(models.TextChoices):
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    trigger = models.CharField(max_length=8, choices=Trigger.choices)
    state = models.CharField(max_length=7, choices=State.choices, default=State.DONE)
    done = models.PositiveIntegerField(default=0)  # of `total` sentences
    total = models.PositiveIntegerField(default=0)
    model = models.ForeignKey(LearnedModel, null=True, on_delete=models.SET_NULL)
    figures = models.JSONField(
        default=dict
    )  # {task: {"accuracy", "n", "lang": {code: {"accuracy", "n", "wrong"}}, "said"}}
    traffic = models.JSONField(default=dict)  # confidence, unknown share, language mix; see drift.py
    worse = models.JSONField(default=list)  # [{"task", "language", "before", "after", "n", "golden": [ids]}]
    alarm = models.BooleanField(default=False)
    seen_at = models.DateTimeField(null=True)  # somebody has read the alarm
    by = models.ForeignKey("samspill.Agent", null=True, on_delete=models.SET_NULL)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["state"], condition=models.Q(state="running"), name="one_evaluation_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"evaluation #{self.pk}"


class EvaluationPlan(models.Model):
    """How often the golden set is run by itself. There is one row."""

    class Every(models.TextChoices):
        DAY = "day", _("Every night")
        WEEK = "week", _("Once a week")
        NEVER = "never", _("Only by hand")

    every = models.CharField(max_length=5, choices=Every.choices, default=Every.DAY)
    mailed_on = models.DateField(null=True)  # the last day admins got mail about an alarm

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_evaluation_plan")]

    @classmethod
    def current(cls) -> "EvaluationPlan":
        """The plan; the default where nobody has changed it."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)
