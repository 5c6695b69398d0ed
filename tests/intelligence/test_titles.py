"""A question finds the title that asks the same in another language."""

import numpy as np
import pytest

from samspill.intelligence.encoder import Encoder
from samspill.intelligence.titles import Titles, learned

TITLES = [
    ("How do I return something?", "en", 1),
    ("How much does delivery cost?", "en", 2),
    ("How do I cancel my contract?", "en", 3),
    ("Hvordan returnerer jeg en vare?", "nb", 1),
    ("Hva koster frakten?", "nb", 2),
]


@pytest.fixture(scope="module")
def titles(encoder: Encoder) -> Titles:
    vectors = encoder.embed([text for text, _, _ in TITLES], "passage")
    return Titles(vectors, [language for _, language, _ in TITLES], [article for *_, article in TITLES])


@pytest.mark.parametrize(
    ("question", "language", "article"),
    [
        ("Vad kostar frakten?", "sv", 2),
        ("Combien coûte la livraison ?", "fr", 2),
        ("運費多少？", "zh-Hant", 2),
    ],
)
def test_a_question_meets_its_title_across_languages(
    titles: Titles, encoder: Encoder, question: str, language: str, article: int
) -> None:
    match = titles.match(encoder.embed([question], "query")[0], language)
    assert match is not None
    assert TITLES[match.row][2] == article
    assert match.sure


@pytest.mark.parametrize("question", ["What is the capital of France?", "Who won the match last night?"])
def test_a_question_about_something_else_meets_none(titles: Titles, encoder: Encoder, question: str) -> None:
    match = titles.match(encoder.embed([question], "query")[0], "en")
    assert match is not None
    assert not match.sure


def test_one_article_alone_is_no_comparison(encoder: Encoder) -> None:
    vectors = encoder.embed(["How do I return something?"], "passage")
    assert Titles(vectors, ["en"], [1]).match(np.ones(384, np.float32), "en") is None


def test_every_language_has_a_middle() -> None:
    assert learned().middle("xx").shape == (384,)
    assert {"nb", "de", "zh-Hant", "en", "da", "ko"} <= set(learned().middles)
