import os

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samspill.intelligence.clean import clean
from samspill.intelligence.local_encoder import LocalEncoder

# cosines from the same weights and adapter in float32, computed with PyTorch (bench/train_encoder)
KNOWN = (0.6975, 0.3817)

CRUEL = {
    "empty": "",
    "spaces": " " * 10_000,
    "huge": "a" * 100_000,
    "honorific": "\ufdfa" * 3_000,
    "family emoji": "👩‍👩‍👧‍👦" * 1_000,
    "control": "".join(map(chr, range(32))) * 50,
    "right to left": "\u202eשלום" * 500,
    "lone surrogate": "a\ud800b\udfff",
    "nul": "a\0b",
    "private use": "\U0010ffff" * 500,
    "zalgo": "Z͑ͫ̓ͪ̂ͫ" * 2_000,
    "han": "您" * 20_000,
}


@pytest.mark.parametrize("name", CRUEL)
def test_cruel_text_gives_a_unit_vector(encoder: LocalEncoder, name: str) -> None:
    vectors = encoder.embed([CRUEL[name], "Hei"], "query")
    assert vectors.shape == (2, 384)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(st.characters(exclude_categories=()), max_size=60), max_size=4))
def test_any_text_is_embedded(encoder: LocalEncoder, texts: list[str]) -> None:
    vectors = encoder.embed(texts, "passage")
    assert vectors.shape == (len(texts), 384)
    assert np.isfinite(vectors).all()


def test_nul_does_not_cut_the_text() -> None:
    assert clean("before\0after") == "before after"


def test_meaning_beats_words_across_languages(encoder: LocalEncoder) -> None:
    texts = [
        "Hei, hvor er pakken min?",
        "Where is my parcel?",
        "我的包裹在哪裡？",
        "Wir haben sonntags geschlossen.",
    ]
    nb, en, zh, other = encoder.embed(texts, "query")
    assert nb @ en > nb @ other + 0.05
    assert nb @ zh > nb @ other + 0.05


def test_tokens_prefix_and_graph_are_right(encoder: LocalEncoder) -> None:
    query = encoder.embed(["Wie ändere ich die Lieferadresse?"], "query")[0]
    right, wrong = encoder.embed(["Die Adresse ändern Sie im Konto.", "Bananen sind gelb."], "passage")
    assert query @ right == pytest.approx(KNOWN[0], abs=0.025)
    assert query @ wrong == pytest.approx(KNOWN[1], abs=0.025)


def test_batches_equal_single_calls(encoder: LocalEncoder) -> None:
    texts = ["kort", "Hvor lenge er det til pakken min kommer fram til hytta?", "你好", "ok " * 80] * 6
    together = encoder.embed(texts, "query")
    alone = np.stack([encoder.embed([text], "query")[0] for text in texts])
    assert (together * alone).sum(1).min() > 0.98


def test_prefix_matters(encoder: LocalEncoder) -> None:
    query, passage = (encoder.embed(["Retur"], kind)[0] for kind in ("query", "passage"))
    assert query @ passage < 0.999


def test_works_in_a_forked_child(encoder: LocalEncoder) -> None:
    encoder.embed(["før"], "query")
    child = os.fork()
    if child == 0:
        os._exit(0 if encoder.embed(["etter"], "query").shape == (1, 384) else 1)
    assert os.waitpid(child, 0)[1] == 0
