"""How did we do? Asked once for each closing, answered by the one who was served."""

import pytest
from django.utils import translation
from django.utils.translation import gettext

from samspill.conversations.close import close, reopen
from samspill.conversations.models import Conversation
from samspill.conversations.reply import reply
from samspill.kit.models import Event
from samspill.surveys.answer import answer
from samspill.surveys.ask import ask
from samspill.surveys.models import Survey
from tests.at_once import times
from tests.world import World


def closing(talk: Conversation) -> int:
    close(talk, by="system")
    return Event.objects.filter(kind="conversation.closed").latest("pk").pk


@pytest.fixture
def talk(world: World) -> Conversation:
    talk = world.hears(world.ingrid)
    reply(talk, world.kari, "Hei!", "k1", seen=10**9)
    return Conversation.objects.get()


def test_each_closing_is_asked_about_once(talk: Conversation) -> None:
    event = closing(talk)
    assert ask(talk, event) == ask(talk, event)
    reopen(talk, by="system")
    ask(talk, closing(talk))
    assert Survey.objects.count() == 2
    assert talk.messages.filter(author="system").count() == 2


def test_the_question_is_put_in_the_language_of_the_conversation(talk: Conversation) -> None:
    Conversation.objects.update(language="de")
    talk.refresh_from_db()
    ask(talk, closing(talk))
    with translation.override("de"):
        assert talk.messages.get(author="system").text == gettext("How did we do?")


def test_nobody_is_asked_about_an_answer_that_never_came(world: World) -> None:
    talk = world.hears(world.lukas)
    assert ask(talk, closing(talk)) is None


def test_the_survey_says_whom_it_is_about(world: World, talk: Conversation) -> None:
    found = ask(talk, closing(talk))
    assert found is not None
    assert found.about == "person"


def test_a_second_answer_replaces_the_first(talk: Conversation) -> None:
    found = ask(talk, closing(talk))
    assert found is not None
    answer(found, 2, "tregt")
    answer(found, 5, "  ordnet seg  ")
    found.refresh_from_db()
    assert (found.score, found.comment) == (5, "ordnet seg")


@pytest.mark.parametrize("score", [0, 6, -1])
def test_a_score_outside_one_to_five_is_refused(talk: Conversation, score: int) -> None:
    found = ask(talk, closing(talk))
    assert found is not None
    with pytest.raises(ValueError, match="1 to 5"):
        answer(found, score)
    found.refresh_from_db()
    assert found.score is None


def test_the_comment_is_not_in_the_event(talk: Conversation) -> None:
    found = ask(talk, closing(talk))
    assert found is not None
    answer(found, 1, "Kari was rude")
    assert Event.objects.get(kind="survey.answered").data == {"survey": found.pk, "score": 1}


def test_a_closing_handled_five_times_at_once_asks_once(busy_world: World) -> None:
    talk = busy_world.hears(busy_world.ingrid)
    reply(talk, busy_world.kari, "Hei!", "k1", seen=10**9)
    event = closing(talk)
    times(5, lambda: ask(talk, event))
    assert Survey.objects.count() == 1
    assert talk.messages.filter(author="system").count() == 1
