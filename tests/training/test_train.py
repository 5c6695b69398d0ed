"""From sentences to a live model: promoted, held back, brought back, refused."""

import hashlib

import numpy as np
import pytest

from samspill.kit.models import Event
from samspill.training import examples, intents, overview
from samspill.training.errors import Tampered
from samspill.training.load import live, load
from samspill.training.models import Golden, LearnedModel
from samspill.training.promote import KEPT, promote
from samspill.training.sentence import fingerprint
from samspill.training.train import Rows, TooLittle, company_rows, train
from tests.training.conftest import place
from tests.world import World

pytestmark = pytest.mark.django_db
TEACHING = {
    "address": ["change my address", "ny adresse", "andere anschrift", "new address please"],
    "invoice": ["my invoice", "fakturaen", "die rechnung", "invoice again"],
    "cleaning": ["how to clean", "vaske panel", "reinigung", "clean it"],
}


def lessons(**changed: list[str]) -> Rows:
    taught = [(text, label) for label, texts in (TEACHING | changed).items() for text in texts]
    texts = [text for text, _ in taught]
    return Rows(texts, [label for _, label in taught], ["en"] * len(texts), embed(texts))


def embed(texts):  # type: ignore[no-untyped-def]
    return np.stack([place(text) for text in texts])


def trained(rows: Rows | None = None, by=None, before=None) -> LearnedModel:  # type: ignore[no-untyped-def]
    return train(rows or lessons(), before=before, embed=embed, made_of="x", by=by)


def golden(text: str, language: str, expected: str) -> Golden:
    return Golden.objects.create(
        task="intent", text=text, text_hash=fingerprint(text), language=language, expected=expected
    )


def kinds() -> list[str]:
    return list(Event.objects.filter(kind__startswith="model.").order_by("pk").values_list("kind", flat=True))


def test_the_first_model_is_live_and_says_that_nobody_checked(world: World):
    kept = trained(by=world.liv)
    assert (kept.state, kept.reason, kept.labels, kept.examples) == ("live", "no_golden", 3, 12)
    assert load(kept).read(["meine Anschrift"], ["de"], embed(["meine Anschrift"]))[0].label == "address"
    assert kinds() == ["model.trained", "model.promoted"]


def test_a_model_that_is_worse_in_one_language_is_held_back(world: World):
    first = trained()
    golden("Hvordan skal jeg vaske panelene?", "nb", "cleaning")
    wrong = [golden(text, "de", "invoice").pk for text in ("Wo ist die Rechnung?", "Rechnung bitte")]
    kept = trained(lessons(invoice=TEACHING["address"], address=TEACHING["invoice"]), before=load(first))
    assert (kept.state, kept.reason) == ("candidate", "worse")
    assert kept.worse == [{"language": "de", "before": 1.0, "after": 0.0, "golden": wrong}]
    assert kept.figures["lang"]["nb"]["accuracy"] == 1
    assert live() == first
    assert kinds()[-1] == "model.held_back"


def test_a_model_that_is_as_good_everywhere_is_promoted(world: World):
    golden("Where is the invoice?", "en", "invoice")
    golden("What is the capital of Peru?", "en", "")
    first = trained()
    kept = trained(before=load(first))
    first.refresh_from_db()
    assert (kept.state, kept.reason, first.state) == ("live", "not_worse", "former")
    assert kept.figures["lang"]["en"]["n"] == 2


def test_one_click_goes_back_and_training_alone_does_not_undo_it(world: World):
    first, second = trained(), trained()
    promote(first, world.astrid)
    assert live() == first
    assert kinds()[-1] == "model.rolled_back"
    assert (trained().state, trained().reason) == ("candidate", "pinned")
    assert live() == first
    assert trained(by=world.liv).state == "live"
    second.refresh_from_db()
    assert second.state == "former"


def test_a_candidate_may_be_used_anyway(world: World):
    first = trained()
    promote(first, world.liv)
    LearnedModel.objects.filter(pk=first.pk).update(pinned=True)
    candidate = trained()
    promote(candidate, world.liv)
    assert live() == candidate
    assert trained().state == "live"


def test_changed_bytes_are_refused(world: World):
    first, second = trained(), trained()
    data = bytearray(bytes(first.data))
    data[len(data) // 2] ^= 1
    LearnedModel.objects.filter(pk=first.pk).update(data=bytes(data))
    first.refresh_from_db()
    with pytest.raises(Tampered):
        load(first)
    with pytest.raises(Tampered):
        promote(first, world.liv)
    assert live() == second
    assert [one.intact for one in overview.models()] == [True, False]


def test_bytes_that_are_no_model_are_refused_even_with_a_fitting_hash(world: World):
    kept = trained()
    kept.data, kept.sha256 = b"cos\nsystem", hashlib.sha256(b"cos\nsystem").hexdigest()
    with pytest.raises(Tampered):
        load(kept)


def test_golden_sentences_are_never_learned_from(world: World, reader: list[str]):
    intent = intents.create("Bytte adresse", world.liv)
    for text in ("Jeg vil bytte adresse", "Ny adresse takk"):
        examples.add(text, intent.name, world.liv)
    golden("ny adresse, TAKK!", "nb", intent.name)
    own, taken = company_rows()
    assert own.texts == ["Jeg vil bytte adresse"]
    assert fingerprint("Ny adresse takk") in taken
    assert own.vectors.shape == (1, 384)
    reader.clear()
    company_rows()
    assert reader == []


def test_one_label_is_too_little(world: World):
    with pytest.raises(TooLittle):
        trained(Rows(["a"], ["x"], ["en"], embed(["a"])))


def test_only_the_last_models_are_kept(world: World):
    for _ in range(KEPT + 3):
        trained()
    assert LearnedModel.objects.count() == KEPT + 1
    assert LearnedModel.objects.filter(state="live").count() == 1
