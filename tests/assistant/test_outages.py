"""What is missing is made up for in the same turn, and an event says so."""

import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from samspill.assistant.brains.llm import Endpoint
from samspill.assistant.models import AssistantSettings, Turn
from samspill.assistant.take_turn import take_turn
from samspill.contacts.merge import merge
from samspill.contacts.recognise import recognise
from samspill.conversations.reply import reply
from samspill.kit.models import Event
from tests.assistant.shop import HERS, Shop
from tests.fakes.openai_server import OpenAIServer, openai_server
from tests.text_model import ask_anew, serve, wait_for


@pytest.fixture
def own_models(settings: Any, models: Path, tmp_path: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """A model server that this test may kill."""
    settings.MODELS_SOCKET = tmp_path / "m.sock"
    process = serve(settings.MODELS_SOCKET, models)
    ask_anew()
    yield process
    process.kill()
    process.wait()
    ask_anew()


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine may take its time; only what never answers is too slow."""
    monkeypatch.setattr("samspill.assistant.take_turn.Endpoint", partial(Endpoint, seconds=60))


@pytest.fixture
def llm(shop: Shop, patient: None) -> Iterator[OpenAIServer]:
    with openai_server() as fake:
        AssistantSettings.objects.create(pk=1, brain="llm", llm_url=fake.url, llm_model="fake")
        yield fake


def test_a_model_server_that_dies_costs_no_answer(shop: Shop, own_models: "subprocess.Popen[bytes]") -> None:
    chat = shop.chat()
    assert "order number" in chat.says("where is my order?")
    assert not Event.objects.filter(kind="models.missed").exists()
    own_models.kill()
    own_models.wait()
    assert "If this order exists" in chat.says(HERS)
    assert "25 years" in chat.says("How long is the warranty on solar panels?")
    chat.says("I want to talk to a person")
    assert chat.talk().in_charge == "person"
    assert Event.objects.filter(kind="models.missed").count() == 3


def test_a_language_model_decides_when_it_can(shop: Shop, llm: OpenAIServer) -> None:
    llm.says({"do": "start", "flow": "opening_hours"})
    assert "open" in shop.chat().says("tell me something about when you are around, if you please")
    assert Turn.objects.get().brain == "llm"
    assert not Event.objects.filter(kind="brain.fell_back").exists()


@pytest.mark.parametrize(
    ("trouble", "why"),
    [
        ({"status": 500}, "refused"),
        ({"raw": b"<html>502 Bad Gateway</html>"}, ""),
        ({"content": "I would love to help you!"}, ""),
        ({"content": '{"commands": [{"do": "give_away"}]}'}, ""),
        ({"content": '{"commands": []}'}, ""),
    ],
)
def test_the_local_brain_answers_in_the_same_turn(
    shop: Shop, llm: OpenAIServer, trouble: dict[str, Any], why: str
) -> None:
    for name, value in trouble.items():
        setattr(llm, name, value)
    assert "order number" in shop.chat().says("where is my order?")
    _fell_back(why)


def test_who_never_answers_is_not_waited_for(
    shop: Shop, llm: OpenAIServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("samspill.assistant.take_turn.Endpoint", partial(Endpoint, seconds=0.5))
    llm.thinks()
    assert "order number" in shop.chat().says("where is my order?")
    _fell_back("slow")


def _fell_back(why: str) -> None:
    assert Turn.objects.get().brain == "local"
    reason = Event.objects.get(kind="brain.fell_back").data["reason"]
    assert reason
    assert why in reason


def test_who_answers_while_the_assistant_thinks_has_the_last_word(busy_shop: Shop, patient: None) -> None:
    shop = busy_shop
    with openai_server() as fake, ThreadPoolExecutor(1) as thread:
        AssistantSettings.objects.create(pk=1, brain="llm", llm_url=fake.url, llm_model="fake")
        fake.says({"do": "start", "flow": "opening_hours"})
        fake.thinks()
        chat = shop.chat()
        message = chat.hears("tell me something about when you are around, if you please")
        turn = thread.submit(_take, message.pk)
        wait_for(lambda: bool(fake.asked))
        reply(chat.talk(), shop.world.kari, "Hei, jeg tar denne", "k1", seen=10**9)
        fake.answers_at_once()
        turn.result(20)
    assert [said.author for said in chat.talk().messages.order_by("pk")] == ["contact", "agent"]
    assert not Turn.objects.exists()


def _take(message: int) -> None:
    try:
        take_turn(message)
    finally:
        connection.close()


def test_who_is_recognised_while_the_assistant_thinks_still_gets_his_answer(
    busy_shop: Shop, patient: None
) -> None:
    with openai_server() as fake, ThreadPoolExecutor(1) as thread:
        AssistantSettings.objects.create(pk=1, brain="llm", llm_url=fake.url, llm_model="fake")
        fake.says({"do": "start", "flow": "opening_hours"})
        fake.thinks()
        chat = busy_shop.chat()
        message = chat.hears("tell me something about when you are around, if you please")
        turn = thread.submit(_take, message.pk)
        wait_for(lambda: bool(fake.asked))
        with transaction.atomic():
            merge(recognise("email", "known@example.no").contact, chat.visitor.contact, by="system")
            fake.answers_at_once()
            wait_for(_somebody_waits_for_us)
        turn.result(20)
    assert chat.answer_to(message)


def _somebody_waits_for_us() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid)))"
        )
        return bool(cursor.fetchone()[0])
