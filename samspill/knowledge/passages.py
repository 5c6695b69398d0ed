"""A published text as search sees it: position 0 is the title, then come the passages that may be quoted.

The summary and linked questions follow: they lead to the article but are no answer.
"""

from samspill.intelligence.chunks import split
from samspill.knowledge.models import Chunk, Question, Translation, Version

SUMMARY = 9_999
QUESTIONS_FROM = 10_000  # positions of questions that agents linked to the article


def replace(translation: Translation, version: Version) -> None:
    """Put the passages of `version` in place of the old ones; unchanged passages keep their vectors."""
    known = {chunk.text: chunk for chunk in translation.chunks.all()}
    translation.chunks.all().delete()
    Chunk.objects.bulk_create(
        _chunk(translation, position, text, known.get(text))
        for position, text in _positions(translation, version)
    )


def _positions(translation: Translation, version: Version) -> list[tuple[int, str]]:
    linked = Question.objects.filter(
        gap__article=translation.article_id, gap__state="answered", language=translation.language
    )
    asked = dict.fromkeys(linked.order_by("pk").values_list("text", flat=True)[:50])
    return [
        *enumerate([version.title, *split(version.body)]),
        *([(SUMMARY, version.summary)] if version.summary else []),
        *enumerate(asked, start=QUESTIONS_FROM),
    ]


def _chunk(translation: Translation, position: int, text: str, known: Chunk | None) -> Chunk:
    vector, encoder = (known.vector, known.encoder) if known else (None, "")
    return Chunk(translation=translation, position=position, text=text, vector=vector, encoder=encoder)
