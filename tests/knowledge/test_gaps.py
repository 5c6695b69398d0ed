import pytest

from samspill.knowledge import gaps, index
from samspill.knowledge.answer import find_answer
from samspill.knowledge.draft import draft_from_gap
from samspill.knowledge.grouping import group
from samspill.knowledge.models import Gap, Question
from samspill.knowledge.publish import publish
from samspill.knowledge.write import save

pytestmark = pytest.mark.django_db


def ask(text, language="en", **more):
    question = gaps.record_question(text, language, "chat", **more)
    group(question.pk)
    return question


def test_personal_data_is_not_kept():
    question = gaps.record_question("Write to kari.nordmann@example.no or 922 33 445", "en", "chat")
    assert "example.no" not in question.text
    assert "922" not in question.text


def test_a_message_is_recorded_once():
    first = gaps.record_question("Do you sell heat pumps?", "en", "chat", message_id=7)
    assert gaps.record_question("Do you sell heat pumps?", "en", "chat", message_id=7) == first
    assert Question.objects.count() == 1


def test_one_meaning_is_one_gap_in_every_language(model):
    for text, language in [("Do you sell heat pumps?", "en"), ("Verkaufen Sie Wärmepumpen?", "de"), ("Selger dere varmepumper?", "nb")]:  # fmt: skip
        ask(text, language)
    ask("How do I change my password?")
    assert list(Gap.objects.order_by("-count").values_list("count", flat=True)) == [3, 1]


def test_a_draft_that_is_published_closes_the_gap(model, world):
    gap = ask("Do you sell heat pumps?").gap
    article = draft_from_gap(gap, world.liv)
    assert draft_from_gap(gap, world.liv) == article
    version = save(article, "en", "Do you sell heat pumps?", "", "No, we sell solar panels only.", world.liv)
    publish(version.translation, version, world.liv)
    gap.refresh_from_db()
    assert gap.state == Gap.State.ANSWERED
    index.forget()
    assert find_answer("do you sell heat pumps", "en").text == "No, we sell solar panels only."


def test_linked_questions_lead_to_the_article(write, no_model, world):
    text = write("heat", "en", "Our range", "We sell panels, batteries and chargers.")
    gap = gaps.record_question("Do you sell heat pumps?", "en", "chat").gap
    gaps.link(gap, text.article, world.liv)
    index.forget()
    assert find_answer("Do you sell heat pumps?", "en").url == "/help/en/a/heat/"
    gaps.reopen(gap, world.liv)
    index.forget()
    assert not find_answer("Do you sell heat pumps?", "en")


def test_dismissed_takes_in_more_of_the_same_silently(model, world):
    gap = ask("Do you sell heat pumps?").gap
    gaps.dismiss(gap, world.liv)
    ask("Do you sell a heat pump?")
    assert Gap.objects.filter(state=Gap.State.OPEN).count() == 0
    gaps.reopen(gap, world.liv)
    assert Gap.objects.get().state == Gap.State.OPEN
