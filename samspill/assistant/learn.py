"""Gathers all the assistant learns from: what ships, the company's titles, and its own sentences."""

from collections.abc import Sequence

from samspill.assistant.brains.examples import made_of, training_set
from samspill.assistant.cache import vector_cache
from samspill.assistant.mind import mind, titles
from samspill.flows.catalogue import Catalogue, build
from samspill.intelligence.encoder import Vectors
from samspill.training.models import LearnedModel
from samspill.training.sentence import fingerprint
from samspill.training.train import Rows, company_rows, train
from samspill.workspace.models import Agent


def learn(by: Agent | None = None) -> LearnedModel:
    """Train anew on everything; live if it is not worse. Raises ModelUnavailable without a text model."""
    catalogue, before = build(), mind().intents.model
    own, taken = company_rows()
    rows = _shipped(catalogue, taken) + own
    return train(rows, before=before, embed=embed, made_of=made_of(catalogue), by=by)


def _shipped(catalogue: Catalogue, taken: set[str]) -> Rows:
    """What ships, without what the company says means something else and without golden sentences."""
    found = [one for one in training_set(catalogue, titles()) if fingerprint(one.text) not in taken]
    texts = [one.text for one in found]
    return Rows(texts, [one.label for one in found], [one.language for one in found], embed(texts))


def embed(texts: Sequence[str]) -> Vectors:
    """Query vectors, float32 [n, 384]; those seen before come from a file."""
    return vector_cache().embed(texts)
