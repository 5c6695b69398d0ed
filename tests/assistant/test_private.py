"""Nothing that tells who a customer is reaches a language model, and its answer means the customer's own words."""

import json
from collections.abc import Iterator

import pytest

from samspill.assistant.brains.examples import training_set
from samspill.assistant.brains.intents import Intents
from samspill.assistant.brains.llm import Endpoint, LlmBrain
from samspill.assistant.mind import Mind
from samspill.assistant.situation import look
from samspill.contacts.models import Contact
from samspill.contacts.recognise import recognise
from samspill.conversations.reply import speak
from samspill.flows.catalogue import build
from samspill.flows.commands import Answer
from tests.fakes.openai_server import OpenAIServer, openai_server
from tests.world import World, let_the_assistant_answer

CATALOGUE = build()
KNOWING = Mind(CATALOGUE, Intents.train(training_set(CATALOGUE)), (), None)
PERSONAL = [
    "ola@firma.no", "+47 22 12 34 56", "4111 1111 1111 1111", "NO93 8601 1117 947", "8601.11.17947", "01810000186",
    "86 095 742 719", "A123456789", "311299-1234", "811228-9874", "131052-308T", "Storgata 12B, 0155 Oslo",
    "Hauptstraße 5, 10115 Berlin", "台北市信義區市府路45號5樓", "Kari Nordmann",
]  # fmt: skip
ON_RECORD = ["Ingrid", "Berg", "ingrid@berg.example", "Fjellveien 7"]


@pytest.fixture
def server() -> Iterator[OpenAIServer]:
    with openai_server() as fake:
        yield fake


@pytest.fixture
def world(world: World) -> World:
    let_the_assistant_answer(world)
    contact = world.ingrid.contact
    Contact.objects.filter(pk=contact.pk).update(attributes={"address": "Fjellveien 7", "plan": "gold"})
    mail = recognise("email", "ingrid@berg.example")
    type(mail).objects.filter(pk=mail.pk).update(contact=contact)
    return world


def _ask(world: World, server: OpenAIServer, text: str) -> object:
    message = world.hears(world.ingrid, text).messages.order_by("pk").last()
    message = (
        type(message)
        .objects.select_related("conversation__contact", "conversation__inbox")
        .get(pk=message.pk)
    )
    return LlmBrain(Endpoint(server.url, "fake", seconds=60)).decide(look(message, KNOWING).turn)


@pytest.mark.parametrize("personal", PERSONAL)
def test_no_kind_of_personal_data_leaves(world: World, server: OpenAIServer, personal: str) -> None:
    server.says({"do": "answer", "question": "x"})
    intro = "Jeg heter " if personal == "Kari Nordmann" else "Det gjelder "
    conversation = world.hears(world.ingrid, f"{intro}{personal}.")
    speak(conversation, f"Mente du {personal}?" if intro == "Det gjelder " else "Hei!", "a1")
    _ask(world, server, f"Ja. {intro}{personal}, når kommer pakken?")
    sent = json.dumps(server.asked, ensure_ascii=False)
    assert "når kommer pakken" in sent
    assert personal not in sent
    assert personal not in json.dumps(server.asked)


def test_what_stands_in_the_record_is_known(world: World, server: OpenAIServer) -> None:
    server.says({"do": "answer", "question": "x"})
    _ask(world, server, "Ingrid her, fru Berg på Fjellveien 7 (ingrid@berg.example). Bergen er fin.")
    sent = json.dumps(server.asked, ensure_ascii=False)
    assert [word for word in ON_RECORD if f"{word} " in sent or f"{word}," in sent] == []
    assert "Bergen er fin" in sent


def test_the_answer_comes_back_in_the_customers_words(world: World, server: OpenAIServer) -> None:
    server.says({"do": "answer", "question": "leveres det til [address 1]?"})
    assert _ask(world, server, "Leveres det til Storgata 12B, 0155 Oslo?") == [
        Answer("leveres det til Storgata 12B, 0155 Oslo?")
    ]


def test_order_numbers_are_no_secret(world: World, server: OpenAIServer) -> None:
    server.says({"do": "answer", "question": "x"})
    _ask(world, server, "Hvor er NS-10482?")
    assert "NS-10482" in json.dumps(server.asked)
