"""Another text encoder: everything the former one read is read anew, and nothing of the two is compared."""

import numpy as np
from django.db import transaction
from django.db.models import Count, Q

from samspill.kit.events import emit
from samspill.knowledge import revision
from samspill.knowledge.models import Chunk, Gap, Question, Revision
from samspill.knowledge.read import read
from samspill.knowledge.vectors import encoder, encoder_name, pack


@transaction.atomic
def notice_encoder() -> bool:
    """Where another encoder was set since the last start, forget what the former one read; jobs read it anew."""
    Revision.objects.get_or_create(pk=1)
    held, name = Revision.objects.select_for_update().get(pk=1), encoder_name()
    if held.encoder == name:
        return False
    # before the first look nothing is known but what stands beside the passages
    first = held.encoder == "" and not Chunk.objects.exclude(encoder__in=("", name)).exists()
    Revision.objects.filter(pk=1).update(encoder=name)
    if first:
        return False
    Gap.objects.update(centre=None)
    revision.advance()
    emit("encoder.changed", actor="system", encoder=name)
    return True


def read_anew() -> None:
    """Give every passage and every gap its vector from the present encoder.

    Raises ModelUnavailable while it is away; what was read stays, so that the next try goes on from there.
    """
    unread = Chunk.objects.exclude(encoder=encoder_name()).order_by("translation")
    for translation in unread.values_list("translation", flat=True).distinct():
        read(translation)
    for gap in Gap.objects.filter(centre=None, count__gt=1):
        _centre(gap)


def progress() -> tuple[int, int]:
    """How many passages the present encoder has read, and how many there are."""
    counted = Chunk.objects.aggregate(all=Count("pk"), read=Count("pk", filter=Q(encoder=encoder_name())))
    return counted["read"], counted["all"]


def _centre(gap: Gap) -> None:
    texts = list(Question.objects.filter(gap=gap).values_list("text", flat=True)[:50])
    if texts:
        vectors = encoder().embed(texts, "query")
        Gap.objects.filter(pk=gap.pk).update(centre=pack(np.mean(vectors, axis=0)))
