"""What the desk shows of a reading, filters by it, and how one click corrects it."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samspill.console.sounding import KINDS, MOODS, sounds
from samspill.conversations import understand as understanding
from samspill.conversations.impression import KEPT
from samspill.conversations.models import Conversation, Message
from samspill.conversations.understand import Understood, keep
from samspill.intelligence.errors import ModelUnavailable
from samspill.intelligence.mood import MOVES, PRESSES
from samspill.kit.models import Event
from samspill.training.models import Correction
from tests.world import World


def _heard(world: World, mood: str, urgency: float = 0.0, words: str = "asap") -> Conversation:
    conversation = world.hears(world.stranger(), f"{words}, please")
    message = Message.objects.get(conversation=conversation)
    reasons = [{"kind": "urgent", "words": words, "moves": "urgency", "by": 3.8}] if urgency else []
    reading: dict[str, Any] = {"by": "model", "scores": dict.fromkeys(MOODS, 0.25), "urgency": urgency}
    keep(conversation, message, Understood("en", "en", mood, 0.0, urgency, reading | {"reasons": reasons}))
    conversation.refresh_from_db()
    return conversation


def _shown(client: Client, query: str) -> list[int]:
    html = client.get(f"/desk/?{query}").content.decode()
    return [int(pk) for pk in re.findall(r'id="row-(\d+)"', html)]


def test_views_and_filters_know_mood_urgency_and_intent(world: World, kari: Client) -> None:
    angry, pressing = _heard(world, "frustrated"), _heard(world, "neutral", 0.9)
    Conversation.objects.filter(pk=angry.pk).update(intent="returns")
    assert _shown(kari, "view=everyone&mood=frustrated") == [angry.pk]
    assert _shown(kari, "view=urgent") == [pressing.pk]
    assert _shown(kari, "view=everyone&intent=returns") == [angry.pk]
    assert _shown(kari, "view=everyone&mood=nonsense") == [pressing.pk, angry.pk]


def test_a_row_says_why_it_is_urgent_and_how_the_mood_went(world: World, kari: Client) -> None:
    conversation = _heard(world, "neutral", 0.9, "<b>now</b>")
    Conversation.objects.filter(pk=conversation.pk).update(trend=[
        {"message": n, "mood": mood, "sentiment": value, "urgency": 0.9, "words": ["<b>now</b>"]}
        for n, (mood, value) in enumerate([("frustrated", -0.9), ("frustrated", -0.8), ("neutral", 0.0)])
    ])  # fmt: skip
    html = kari.get("/desk/?view=everyone").content.decode()
    assert "It says “&lt;b&gt;now&lt;/b&gt;”" in html
    assert "frustrated, then matter-of-fact" in html
    assert html.count("<circle") == 3
    assert not re.findall(r"\sstyle=\"", html)


def test_drawings_use_points_in_every_language(world: World, kari: Client) -> None:
    conversation = _heard(world, "neutral")
    trend = [{"message": n, "mood": "neutral", "sentiment": 0.33, "urgency": 0.0} for n in range(KEPT)]
    Conversation.objects.filter(pk=conversation.pk).update(trend=trend)
    html = kari.get("/desk/?view=everyone", headers={"accept-language": "de"}).content.decode()
    assert re.search(r'cy="\d+\.\d+"', html)


@pytest.mark.parametrize("address", ["/desk/?view=urgent", "/desk/c/{}/?view=everyone"])
def test_readings_need_no_more_queries(world: World, kari: Client, address: str) -> None:
    numbers = []
    for rows in (1, 2):  # 1, then 3 in all
        for _ in range(rows):
            last = _heard(world, "frustrated", 0.9)
        with CaptureQueriesContext(connection) as queries:
            kari.get(address.format(last.pk))
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]


def test_more_messages_need_no_more_queries(world: World, kari: Client) -> None:
    conversation, numbers = world.hears(world.ingrid), []
    kari.get(f"/desk/c/{conversation.pk}/")  # from now on Kari is known to be here
    for more in (0, 3):
        for _ in range(more):
            world.hears(world.ingrid, "Hallo??")
        with CaptureQueriesContext(connection) as queries:
            kari.get(f"/desk/c/{conversation.pk}/")
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]


def test_what_moved_it_and_the_words_the_model_listened_to(
    world: World, kari: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Answering:
        def explain(self, text: str, mood: str, language: str) -> list[tuple[str, float]]:
            return [("please", 0.2)]

    class Away:
        def explain(self, text: str, mood: str, language: str) -> list[tuple[str, float]]:
            raise ModelUnavailable("away")

    message = Message.objects.get(conversation=_heard(world, "impatient", 0.9))
    monkeypatch.setattr("samspill.console.reading.models", Answering)
    html = kari.get(f"/desk/m/{message.pk}/reading/").content.decode()
    assert "Sounds impatient" in html
    assert "<q>please</q>" in html
    assert "not a fact about the person" in html
    monkeypatch.setattr("samspill.console.reading.models", Away)
    assert kari.get(f"/desk/m/{message.pk}/reading/").status_code == 200
    assert "impatient" in kari.get(f"/desk/m/{message.pk}/").content.decode()


def test_one_click_corrects_and_another_takes_it_back(world: World, kari: Client) -> None:
    message = Message.objects.get(conversation=_heard(world, "frustrated"))
    answer = kari.post(
        f"/desk/m/{message.pk}/correct/",
        {"what": "mood", "right": "satisfied"},
        headers={"HX-Request": "true"},
    )
    assert f'id="sounds-{message.pk}"' in answer.content.decode()
    assert f"/desk/m/{message.pk}/uncorrect/mood/" in answer.headers["HX-Trigger"]
    message.refresh_from_db()
    assert message.mood == "satisfied"
    kari.post(f"/desk/m/{message.pk}/uncorrect/mood/", headers={"HX-Request": "true"})
    message.refresh_from_db()
    assert message.mood == "frustrated"
    assert not Correction.objects.exists()


@pytest.mark.parametrize(
    "given", [{}, {"what": "mood"}, {"what": "song", "right": "x"}, {"what": "intent", "right": "x"}]
)
def test_nonsense_is_not_found(world: World, kari: Client, given: dict[str, str]) -> None:
    message = Message.objects.get(conversation=_heard(world, "frustrated"))
    assert kari.post(f"/desk/m/{message.pk}/correct/", given).status_code == 404
    assert not Event.objects.filter(kind="message.corrected").exists()
    assert kari.post(f"/desk/m/{message.pk}/uncorrect/song/").status_code == 302


def test_every_kind_of_reason_has_words() -> None:
    assert {*MOVES, *PRESSES} <= set(KINDS)


def test_a_message_nobody_read_sounds_like_nothing(world: World) -> None:
    conversation = world.hears(world.ingrid)
    assert sounds(conversation).mood == sounds(Message.objects.get()).mood == ""
    assert understanding.recent_before(Message.objects.get()) == []
