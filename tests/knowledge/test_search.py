import pytest

from samspill.knowledge import index
from samspill.knowledge.answer import find_answer
from samspill.knowledge.models import Article
from samspill.knowledge.publish import withdraw
from samspill.knowledge.read import read
from samspill.knowledge.search import search
from samspill.knowledge.telling import Part, parts, told
from samspill.knowledge.vectors import meaning

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(write, model):
    texts = [
        write("cost", "en", "How much does delivery cost?", "Delivery costs 149 NOK for parcels and 990 NOK for pallets."),
        write("cost", "de", "Was kostet der Versand?", "Der Versand kostet 149 NOK für Pakete und 990 NOK für Paletten."),
        write("hours", "en", "When are you open?", "## Phone\n\nWe are open Monday to Friday from 08:00 to 17:00. On Saturdays we close at 14:00."),
        write("panels", "zh-Hant", "太陽能板的保固有多久？", "太陽能板享有 25 年保固。發電效能保證 30 年。"),
        write("panels", "en", "How long is the warranty on the solar panels?", "Solar panels have a warranty of 25 years."),
    ]  # fmt: skip
    for text in texts:
        read(text.pk)
    index.forget()


def found(question, language):
    return [result.title for result in search(question, language, 3, meaning(question))]


def test_each_article_once_in_the_readers_language(shop):
    assert found("delivery cost", "de")[0] == "Was kostet der Versand?"
    assert len(set(found("delivery cost", "de"))) == len(found("delivery cost", "de"))


def test_asked_in_norwegian_found_in_german(shop):
    assert found("hva koster frakten", "de")[0] == "Was kostet der Versand?"


def test_forgives_typing_errors_and_unfinished_words(shop):
    assert search("delivry cst", "en", 1)[0].title == "How much does delivery cost?"
    assert search("warran", "en", 1)[0].title == "How long is the warranty on the solar panels?"


def test_finds_chinese(shop):
    assert found("保固", "zh-Hant")[0] == "太陽能板的保固有多久？"


def test_words_find_at_once_while_the_model_is_away(write, no_model):
    write("cost", "en", "How much does delivery cost?", "It costs 149 NOK.")
    assert meaning("cost") is None
    assert search("delivery cost", "en", 1)[0].title == "How much does delivery cost?"
    assert not find_answer("what is the delivery price", "en")


def test_internal_articles_are_for_agents(shop):
    Article.objects.filter(slug="cost").update(visibility="internal")
    index.forget()
    assert "How much does delivery cost?" not in found("delivery cost", "en")
    assert search("delivery cost", "en", 1, audience="agents")[0].title == "How much does delivery cost?"


def test_answers_word_for_word_without_headings(shop):
    answer = find_answer("When are you open?", "en", meaning("When are you open?"))
    assert answer.text == "We are open Monday to Friday from 08:00 to 17:00. On Saturdays we close at 14:00."
    assert answer.url == "/help/en/a/hours/"
    assert answer.confidence == 1


SNOW = """Leave the snow on the panels.

## How much snow can the panels carry?

They carry about 550 kg per square metre. The roof has to
carry the weight too.

## How much power do I lose?

Winter gives only a twentieth of a year's production.
"""


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (
            "How much snow can the panels carry?",
            "They carry about 550 kg per square metre. The roof has to carry the weight too.",
        ),
        ("How much power do I lose?", "Winter gives only a twentieth of a year's production."),
    ],
)
def test_a_question_in_an_article_leads_to_its_answer_and_is_none(write, shop, question, answer):
    read(write("snow", "en", "Should I clear snow off the solar panels?", SNOW).pk)
    index.forget()
    assert find_answer(question, "en", meaning(question)).text == answer


def test_what_a_passage_says_and_what_stands_over_it():
    passage = "Snow\nHow heavy?\n550 kg. More? Call us.\n• No salt. No shovel.\n多重？\n很重。\nAnd then?"
    assert parts(passage) == (
        Part(("Snow", "How heavy?"), ("550 kg.",)),
        Part(("More?",), ("Call us.", "• No salt. No shovel.")),
        Part(("多重？",), ("很重。",)),
    )
    assert told("And then?") == ("And then?",)
    assert parts("") == ()


def test_does_not_answer_what_no_article_says(shop):
    answer = find_answer("Who won the football match?", "en", meaning("Who won the football match?"))
    assert not answer
    assert answer.confidence < 0.5


def test_quotes_another_language_where_the_readers_has_none(shop):
    question = "When are you open?"
    assert find_answer(question, "de", meaning(question)).language == "en"


def test_a_code_counts_from_the_moment_its_article_is_published(write, no_model, monkeypatch):
    """Codes are kept with the library: a process that had read it before must not go on with the old ones."""
    monkeypatch.setattr(index, "LONGEST_PAUSE_S", 0.0)
    monkeypatch.setattr(index, "PAUSE_S", 0.0)
    index.forget()
    other = write("fans", "en", "Fans", "The fan turns when it is warm. E31 is shown when it is stuck.")
    assert index.library().codes == {"E31"}
    written = write("heat", "en", "What does E77 mean?", "E77 means that the cellar is too warm.")
    assert index.library().codes == {"E31", "E77"}
    assert index.library().about(frozenset({"E77"})).slug == "heat"
    write("heat", "en", "What does E78 mean?", "E78 means that the cellar is too warm.")
    assert index.library().codes == {"E31", "E78"}
    assert index.library().about(frozenset({"E77"})) is None
    withdraw(written, None)
    withdraw(other, None)
    assert index.library().codes == frozenset()
