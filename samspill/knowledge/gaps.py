"""What the articles do not answer: questions are recorded, grouped by meaning, and worked off by people."""

from django.db import transaction

from samspill.intelligence.encoder import Vectors
from samspill.intelligence.pii import redact
from samspill.kit import clock
from samspill.kit.events import emit
from samspill.knowledge.models import Article, Gap, Question
from samspill.knowledge.vectors import pack
from samspill.workspace.models import Agent

State = Gap.State


@transaction.atomic
def record_question(
    text: str,
    language: str,
    source: str,
    *,
    message_id: int | None = None,
    conversation_id: int | None = None,
    vector: Vectors | None = None,
) -> Question | None:
    """Keep a question nobody could answer, personal data removed; a job puts it to others of its meaning.

    A message is recorded once; a text in which nothing is left to ask is not kept.
    """
    asked = redact(" ".join(text.split()))[0][:600]
    known = message_id and Question.objects.filter(message_id=message_id).first()
    if known or len(asked) < 2:
        return known or None
    centre = None if vector is None else pack(vector)
    gap = Gap.objects.create(title=asked[:300], language=language, count=1, centre=centre)
    question = Question.objects.create(
        gap=gap,
        text=asked,
        language=language,
        source=source,
        message_id=message_id,
        conversation_id=conversation_id,
    )
    emit("question.unanswered", actor="system", question=question.pk)
    return question


@transaction.atomic
def link(gap: Gap, article: Article, by: Agent) -> None:
    """The questions are answered by an article that exists: from now on they lead to it."""
    _move(gap, State.ANSWERED, by, article=article)
    _publish_again(article, by)


@transaction.atomic
def dismiss(gap: Gap, by: Agent) -> None:
    """Nobody will write about this; more questions like it change nothing."""
    _move(gap, State.DISMISSED, by)


@transaction.atomic
def reopen(gap: Gap, by: Agent) -> None:
    """Take back a dismissal or a link: the gap is open again."""
    linked = gap.article if gap.state == State.ANSWERED else None
    _move(gap, State.OPEN, by, article=None)
    if linked:
        _publish_again(linked, by)


@transaction.atomic
def own(gap: Gap, owner: Agent | None, by: Agent) -> None:
    """Somebody answers for this gap being closed."""
    gap.owner = owner
    gap.save(update_fields=["owner"])
    emit("gap.owned", actor=by.actor, gap=gap.pk, owner=owner.pk if owner else None)


def close_with(article: Article, by: Agent | None) -> None:
    """Publishing the article meets the needs it was written for."""
    for gap in Gap.objects.filter(article=article, state=State.DRAFTED):
        _move(gap, State.ANSWERED, by)


def open_again_without(article: Article) -> None:
    """With no language of the article left published its needs are unmet again."""
    if not article.translations.exclude(published=None).exists():
        Gap.objects.filter(article=article, state=State.ANSWERED).update(state=State.DRAFTED)


def _move(gap: Gap, state: str, by: Agent | None, **fields: Article | None) -> None:
    # not save(): last_at tells when it was last asked, not when somebody worked on it
    Gap.objects.filter(pk=gap.pk).update(state=state, **fields)
    gap.state = state
    for name, value in fields.items():
        setattr(gap, name, value)
    emit(f"gap.{state}", actor=by.actor if by else "system", gap=gap.pk, at=clock.now().isoformat())


def _publish_again(article: Article, by: Agent) -> None:
    from samspill.knowledge.publish import publish  # publishing closes gaps, so it stands above this file

    for translation in article.translations.exclude(published=None).select_related("published"):
        publish(translation, translation.published, by)
