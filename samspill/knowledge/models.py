from django.db import models
from django.utils.translation import gettext_lazy as _

from samspill.kit import languages


class Article(models.Model):
    """A knowledge page, whatever the number of languages it is written in."""

    class Visibility(models.TextChoices):
        PUBLIC = "public", _("Everyone")
        INTERNAL = "internal", _("Agents only")

    slug = models.SlugField(max_length=120, unique=True)
    category = models.CharField(_("category"), max_length=60, blank=True)
    visibility = models.CharField(
        _("visible to"), max_length=10, choices=Visibility.choices, default=Visibility.PUBLIC
    )
    owner = models.ForeignKey("samspill.Agent", null=True, on_delete=models.SET_NULL)
    review_on = models.DateField(_("review on"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["category", "slug"]

    def __str__(self) -> str:
        return self.slug


class Translation(models.Model):
    """An article in one language. What the public reads is `published`; edits make drafts."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="translations")
    language = models.CharField(max_length=12)
    published = models.ForeignKey("Version", null=True, on_delete=models.SET_NULL, related_name="+")
    published_at = models.DateTimeField(null=True)
    helped = models.PositiveIntegerField(default=0)
    not_helped = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "language"], name="one_text_per_language")]
        ordering = ["language"]

    def __str__(self) -> str:
        return f"{self.article_id} ({self.language})"

    @property
    def language_name(self) -> str:
        """The language by its own name."""
        return languages.NAMES.get(self.language, self.language)

    @property
    def url(self) -> str:
        """Where the public reads it."""
        return f"/help/{self.language}/a/{self.article.slug}/"


class Version(models.Model):
    """One saved state of an article's text. Only an unpublished draft of this sitting is still written to."""

    translation = models.ForeignKey(Translation, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(_("title"), max_length=200)
    summary = models.CharField(_("summary"), max_length=400, blank=True)
    body = models.TextField(_("text"))
    by = models.ForeignKey("samspill.Agent", null=True, on_delete=models.SET_NULL)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["translation", "number"], name="versions_in_order")]
        ordering = ["-number"]

    def __str__(self) -> str:
        return self.title


class Chunk(models.Model):
    """A passage of a published article as search sees it. `vector` is empty until the encoder has read it."""

    translation = models.ForeignKey(Translation, on_delete=models.CASCADE, related_name="chunks")
    position = models.PositiveSmallIntegerField()
    text = models.TextField()
    vector = models.BinaryField(null=True)  # float16[384], unit length; position 0 is the title alone
    encoder = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["translation", "position"], name="chunks_in_order")]


class Revision(models.Model):
    """Counts changes of the searchable knowledge, so that every process knows when to read it anew."""

    number = models.BigIntegerField(default=0)
    encoder = models.CharField(max_length=80, db_default="")  # whose vectors the database holds

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_revision")]


class Gap(models.Model):
    """A need the articles do not meet: questions of one meaning."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        DRAFTED = "drafted", _("Draft begun")
        ANSWERED = "answered", _("Answered")
        DISMISSED = "dismissed", _("Dismissed")

    title = models.CharField(max_length=300)
    language = models.CharField(max_length=12)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    count = models.PositiveIntegerField(default=0)
    centre = models.BinaryField(null=True)  # float16[384], mean of its questions
    article = models.ForeignKey(Article, null=True, on_delete=models.SET_NULL, related_name="gaps")
    owner = models.ForeignKey("samspill.Agent", null=True, on_delete=models.SET_NULL)
    first_at = models.DateTimeField(auto_now_add=True)
    last_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes = [models.Index(fields=["state", "-count"], name="gap_list")]

    def __str__(self) -> str:
        return f"gap #{self.pk}"


class Question(models.Model):
    """One question the assistant or the search could not answer, personal data removed."""

    gap = models.ForeignKey(Gap, on_delete=models.CASCADE, related_name="questions")
    text = models.CharField(max_length=600)
    language = models.CharField(max_length=12)
    source = models.CharField(max_length=20)  # chat, search, form, email
    message_id = models.BigIntegerField(null=True, unique=True)
    conversation_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(auto_now_add=True)


class Deflection(models.Model):
    """Articles were offered to somebody about to write to us. It counts as helped only when the person says so or
    nobody hears from them within a day.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Not known yet")
        CONFIRMED = "confirmed", _("They said it helped")
        QUIET = "quiet", _("No contact within a day")
        CAME = "came", _("They wrote to us")

    key = models.CharField(max_length=40, unique=True)  # of the visit, made by the browser
    source = models.CharField(max_length=20)  # form, widget, email
    who = models.CharField(max_length=64, blank=True, db_index=True)  # hash of the address, once it is known
    articles = models.JSONField(default=list)  # ids of those opened
    language = models.CharField(max_length=12, blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    conversation_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["at"], condition=models.Q(state="open"), name="deflection_open")]
