import pytest

from samspill.kit.models import Event
from samspill.knowledge import index, revision
from samspill.knowledge.publish import publish, withdraw
from samspill.knowledge.write import autosave, save

pytestmark = pytest.mark.django_db


def test_unchanged_text_makes_no_version(write):
    text = write("cost", "en", "What does delivery cost?", "It costs 149 kroner.")
    again = save(text.article, "en", " What does delivery cost? ", "", "It costs 149 kroner.\n", None)
    assert again.number == 1
    assert save(text.article, "en", "What does delivery cost?", "", "It is free.", None).number == 2


def test_an_edit_is_unseen_until_it_is_published(write):
    text = write("cost", "en", "What does delivery cost?", "It costs 149 kroner.")
    version = save(text.article, "en", "What does delivery cost?", "", "It is free.", None)
    text.refresh_from_db()
    assert text.published.number == 1
    publish(text, version, None)
    assert [chunk.text for chunk in text.chunks.order_by("position")] == [
        "What does delivery cost?",
        "It is free.",
    ]


def test_publishing_tells_every_process_and_starts_the_reading(write):
    before = revision.current()
    text = write("cost", "en", "What does delivery cost?", "It costs 149 kroner.")
    assert revision.current() > before
    assert Event.objects.get(kind="article.published").data == {"translation": text.pk}


def test_unchanged_passages_keep_their_vectors(write):
    text = write("cost", "en", "Cost?", "It costs 149 kroner.")
    text.chunks.update(vector=b"\0" * 768, encoder="kept")
    publish(text, save(text.article, "en", "Cost?", "", "It costs 150 kroner.", None), None)
    assert list(text.chunks.order_by("position").values_list("encoder", flat=True)) == ["kept", ""]


def test_withdrawn_is_found_no_more(write):
    text = write("cost", "en", "What does delivery cost?", "It costs 149 kroner.")
    withdraw(text, None)
    index.forget()
    assert index.library().texts == {}


def test_a_sitting_grows_one_draft_and_never_the_published_version(write, world):
    text = write("cost", "en", "Cost?", "It costs 149 kroner.")
    first = autosave(text.article, "en", "Cost?", "", "It c", world.liv)
    second = autosave(text.article, "en", "Cost?", "", "It costs 99.", world.liv)
    assert (first.pk, second.number) == (second.pk, 2)
    assert autosave(text.article, "en", "Cost?", "", "It costs 98.", world.astrid).number == 3


def test_publishing_refuses_another_articles_version(write):
    one, two = write("a", "en", "A?", "A."), write("b", "en", "B?", "B.")
    with pytest.raises(ValueError, match="another article"):
        publish(one, two.published, None)
