from django.db import transaction

from samspill.kit import clock
from samspill.kit.events import emit
from samspill.knowledge.models import Article, Translation, Version
from samspill.workspace.models import Agent

Text = tuple[str, str, str]  # title, summary, body
ONE_SITTING_MINUTES = 30


@transaction.atomic
def save(article: Article, language: str, title: str, summary: str, body: str, by: Agent | None) -> Version:
    """A new version of the article in `language`; unchanged text makes none and gives the newest one."""
    translation = _held(article, language)
    newest = translation.versions.first()
    text = _tidy(title, summary, body)
    if newest and _text(newest) == text:
        return newest
    version = _write(translation, newest.number + 1 if newest else 1, text, by)
    _tell(version, by)
    return version


@transaction.atomic
def autosave(article: Article, language: str, title: str, summary: str, body: str, by: Agent) -> Version:
    """Keep what `by` has typed: their unpublished draft of this sitting grows, else a version begins."""
    translation = _held(article, language)
    newest = translation.versions.first()
    if newest is None or not _same_sitting(translation, newest, by):
        return save(article, language, title, summary, body, by)
    newest.title, newest.summary, newest.body = _tidy(title, summary, body)
    newest.save(update_fields=["title", "summary", "body"])
    return newest


def _held(article: Article, language: str) -> Translation:
    """The translation, locked, so that version numbers cannot meet."""
    Translation.objects.get_or_create(article=article, language=language)
    return Translation.objects.select_for_update(of=("self",)).get(article=article, language=language)


def _tidy(title: str, summary: str, body: str) -> Text:
    return title.strip()[:200], summary.strip()[:400], body.replace("\r\n", "\n").strip()


def _text(version: Version) -> Text:
    return version.title, version.summary, version.body


def _same_sitting(translation: Translation, newest: Version, by: Agent) -> bool:
    recent = newest.at > clock.ago(minutes=ONE_SITTING_MINUTES)
    return recent and newest.by_id == by.pk and newest.pk != translation.published_id


def _write(translation: Translation, number: int, text: Text, by: Agent | None) -> Version:
    title, summary, body = text
    return Version.objects.create(
        translation=translation, number=number, title=title, summary=summary, body=body, by=by
    )


def _tell(version: Version, by: Agent | None) -> None:
    emit(
        "article.saved",
        actor=by.actor if by else "system",
        translation=version.translation_id,
        version=version.pk,
    )
