"""Questions of one meaning share a gap. Its centre is the mean of their vectors."""

from functools import cache
from importlib.resources import files

import numpy as np
import yaml
from django.db import connection, transaction

from samspill.intelligence.encoder import Vectors, unit
from samspill.knowledge.models import Gap, Question
from samspill.knowledge.vectors import encoder, pack, unpack

# Chosen on labelled questions to banks and shops: two in a gap mean the same in half of all pairs at the
# finest distinction (27 intents), and 500 questions make about 70 gaps. Lower mixes, higher scatters.
SAME_MEANING = 0.50
LOCK = 7_404_001  # one grouping at a time, whatever the number of workers
MOST_COMPARED = 5_000


def group(question_id: int) -> None:
    """Move a new question to the gap it belongs to; it keeps its own when none is near enough.

    Raises ModelUnavailable while the text model is away; the question then waits in a gap of its own.
    """
    question = Question.objects.select_related("gap").filter(pk=question_id).first()
    if question is None or question.gap.count > 1:
        return
    vector = unpack(question.gap.centre) if question.gap.centre else _embed(question)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        _settle(question, vector)


def _embed(question: Question) -> Vectors:
    (vector,) = encoder().embed([question.text], "query")
    return vector


def _settle(question: Question, vector: Vectors) -> None:
    home = _nearest(question.gap, vector)
    if home is None:
        Gap.objects.filter(pk=question.gap_id).update(centre=pack(vector))
        return
    alone, question.gap = question.gap, home
    question.save(update_fields=["gap"])
    home.centre = pack(unpack(home.centre) + (vector - unpack(home.centre)) / (home.count + 1))
    home.count += 1
    home.first_at, home.last_at = min(home.first_at, question.at), max(home.last_at, question.at)
    Gap.objects.bulk_update([home], ["centre", "count", "first_at", "last_at"])  # save() would touch last_at
    alone.delete()


def _nearest(own: Gap, vector: Vectors) -> Gap | None:
    others = Gap.objects.exclude(pk=own.pk).exclude(state=Gap.State.ANSWERED).exclude(centre=None)
    found = list(others.order_by("-last_at")[:MOST_COMPARED])
    if not found:
        return None
    centres = np.stack([unpack(gap.centre) - common(gap.language) for gap in found])
    likeness = unit(centres) @ unit(vector - common(own.language))
    best = int(np.argmax(likeness))
    return found[best] if likeness[best] >= SAME_MEANING else None


@cache
def common(language: str) -> Vectors:
    """What all questions of a language have in common; without it every two seem alike."""
    ordinary = yaml.safe_load(files(__package__).joinpath("ordinary.yml").read_text(encoding="utf-8"))
    return encoder().embed(ordinary.get(language, ordinary["en"]), "query").mean(axis=0)
