"""What a sentence can be read as, task by task: to choose from, to take from files, and in words."""

from django.utils import translation
from django.utils.translation import gettext as _

from samspill.kit import languages
from samspill.knowledge.models import Article, Translation
from samspill.training import labels
from samspill.training.evaluate import ANSWER, INTENT, LANGUAGE, MOOD, OUTSIDE, SCOPE
from samspill.training.golden_files import Known
from samspill.training.models import Golden, Intent

Choices = list[tuple[str, str]]


def task_name(task: str) -> str:
    """A task in words."""
    return {
        INTENT: _("What customers want"),
        SCOPE: _("None of our business"),
        LANGUAGE: _("Language"),
        MOOD: _("Mood"),
        ANSWER: _("Answers from articles"),
    }.get(task, task)


def choices(task: str) -> Choices:
    """(value, words) of all a sentence of this task may be expected to be."""
    return {INTENT: _intents, LANGUAGE: _languages, MOOD: _moods, ANSWER: _articles}[task]()


def known() -> Known:
    """What a file may say, and what is kept for it."""
    slugs = {slug: str(pk) for pk, slug in Article.objects.values_list("pk", "slug")}
    answers = {"": "", **slugs, **{pk: pk for pk in slugs.values()}}
    plain = {task: {value: value for value, _words in choices(task)} for task in (INTENT, LANGUAGE, MOOD)}
    return plain | {ANSWER: answers}


def names(task: str) -> dict[str, str]:
    """What was said and what was expected, in words."""
    if task in (INTENT, SCOPE):
        return labels.titles() | {"": _("None of our business"), OUTSIDE: _("None of our business")}
    return dict(choices(task))


def language_name(code: str) -> str:
    """A language by its own name; what is none is unknown."""
    return _("Unknown") if code == "und" else languages.NAMES.get(code, code)


def tasks() -> Choices:
    """The tasks sentences are collected for."""
    return [(task, task_name(task)) for task in Golden.Task.values]


def _intents() -> Choices:
    own = Intent.objects.filter(state=Intent.State.ACCEPTED).order_by("title")
    found = dict(own.values_list("name", "title"))
    for name, label in labels.shipped().items():
        if name != OUTSIDE:
            found.setdefault(name, label.title)
    return [("", _("None of our business")), *found.items()]


def _languages() -> Choices:
    return [(code, name) for code, name in languages.NAMES.items() if code != "und"] + [("und", _("Unknown"))]


def _moods() -> Choices:
    return [
        ("frustrated", _("Frustrated")),
        ("impatient", _("Impatient")),
        ("neutral", _("Neutral")),
        ("satisfied", _("Satisfied")),
    ]


def _articles() -> Choices:
    reader = languages.from_django(translation.get_language() or "en")
    found: dict[str, str] = {}
    texts = Translation.objects.exclude(published=None).order_by("article__slug")
    for pk, code, title in texts.values_list("article", "language", "published__title"):
        if code == reader or str(pk) not in found:
            found[str(pk)] = title
    return [("", _("No article answers this")), *sorted(found.items(), key=lambda pair: pair[1])]
