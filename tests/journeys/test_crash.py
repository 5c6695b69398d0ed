"""Whatever is killed, whenever: nothing is lost, nothing is doubled, nothing stays behind."""

import asyncio
import os
import random
import signal
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest

from bench.product import PARTS, Product
from bench.questions import QUESTIONS
from bench.visitor import Visitor
from tests.journeys import aftermath

pytestmark = [pytest.mark.journey, pytest.mark.slow]
TURNS = int(os.environ.get("SAMSPILL_CRASH_TURNS", "500"))
VISITORS = 50
VICTIMS = (*PARTS, "postgres")
BETWEEN_KILLS_S = (3.0, 6.0)
AFTER_RECOVERY = 0.99  # chance, at each look, to go on waiting for it
BETWEEN_TURNS_S = (0.2, 3.0)
PATIENCE_S = 300


@dataclass
class Said:
    """What visitors said, as they know it: the key they made and the id they were given."""

    acknowledged: dict[str, int] = field(default_factory=dict)
    answered: int = 0
    visitors: list[Visitor] = field(default_factory=list)


@pytest.fixture(scope="module")
def product() -> Iterator[Product]:
    """A running product of its own; not below pytest's folder, which the database's user may not enter."""
    with tempfile.TemporaryDirectory(prefix="samspill-crash-") as folder:
        running = Product(Path(folder).resolve())
        running.start()
        yield running
        if running.processes():
            running.stop()
        print(running.log.read_text()[-6000:])


def test_turns_survive_every_kill(product: Product) -> None:
    with ThreadPoolExecutor(1) as apart:  # browsers of other journeys may have a loop running in this thread
        said, kills = apart.submit(asyncio.run, _talk_while_killing(product, random.Random(7))).result()
    print("killed", {name: kills.count(name) for name in VICTIMS})
    assert set(kills) == set(VICTIMS)
    assert len(said.acknowledged) >= TURNS
    with product.connect() as database:
        aftermath.wait_until_settled(database, PATIENCE_S)
        assert aftermath.messages_not_kept_once(database, said.acknowledged) == []
        assert aftermath.messages_without_one_turn(database) == []
        assert aftermath.messages_without_one_reply(database) == []
        assert aftermath.replies_out_of_order(database) == []
        assert aftermath.visitors_with_two_conversations(database) == []
        assert aftermath.arrivals_without_one_event(database) == []
        assert aftermath.states_that_do_not_load(database) == []
        assert aftermath.jobs_left(database) == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_without_a_trace_and_starts_again(product: Product, number: int) -> None:
    assert product.stop(number) == 0
    assert product.left() == []
    product.start()  # how long that takes is measured by bench.turns
    assert "is ready after" in product.log.read_text()
    assert set(product.processes()) == {"supervisor", *VICTIMS}


def test_no_orphan_keeps_the_next_start_from_working(product: Product) -> None:
    product.processes()["supervisor"].kill()
    _, alive = psutil.wait_procs([one for one in product.left() if _name(one) != "postgres"], timeout=15)
    assert alive == []
    product.start()
    assert set(product.processes()) == {"supervisor", *VICTIMS}


def _name(process: psutil.Process) -> str:
    try:
        return process.name()
    except psutil.NoSuchProcess:
        return ""


async def _talk_while_killing(product: Product, chance: random.Random) -> tuple[Said, list[str]]:
    said, inbox, kills = Said(), product.inbox(), []
    talking = [
        asyncio.create_task(_talk(product, inbox, said, random.Random(number), number))
        for number in range(VISITORS)
    ]
    killing = asyncio.create_task(_kill(product, said, chance, kills))
    try:
        await asyncio.gather(*talking)
    finally:
        killing.cancel()
    for visitor in said.visitors:
        await visitor.leave()
    return said, kills


async def _kill(product: Product, said: Said, chance: random.Random, kills: list[str]) -> None:
    while True:
        await asyncio.sleep(chance.uniform(*BETWEEN_KILLS_S))
        answered = said.answered
        while chance.random() < AFTER_RECOVERY and said.answered == answered:
            await asyncio.sleep(0.2)  # a slow machine must come to work between two kills, mostly
        victim = VICTIMS[len(kills)] if len(kills) < len(VICTIMS) else chance.choice(VICTIMS)
        process = (await asyncio.to_thread(product.processes)).get(victim)
        if process:
            with suppress(psutil.Error):
                process.kill()
                kills.append(victim)


async def _talk(product: Product, inbox: str, said: Said, chance: random.Random, number: int) -> None:
    visitor, mine = await _new(product, inbox, said, number), 0
    texts = QUESTIONS[visitor.language]
    while mine < TURNS // VISITORS:
        for _ in range(min(chance.choice((1, 1, 1, 3)), TURNS // VISITORS - mine)):
            last = await _say(visitor, said, chance.choice(texts), chance)
            mine += 1
        by_assistant = await visitor.answered(last, PATIENCE_S)
        said.answered += 1
        if not by_assistant:
            visitor = await _new(product, inbox, said, number)  # a person has taken over there
        await asyncio.sleep(chance.uniform(*BETWEEN_TURNS_S))


async def _new(product: Product, inbox: str, said: Said, number: int) -> Visitor:
    visitor = Visitor(product.port, inbox, list(QUESTIONS)[number % len(QUESTIONS)])
    said.visitors.append(visitor)
    await visitor.come_in()
    return visitor


async def _say(visitor: Visitor, said: Said, text: str, chance: random.Random) -> int:
    key = f"{chance.getrandbits(128):032x}"
    message = int((await visitor.say(text, key))["id"])
    if chance.random() < 0.1:  # the acknowledgement was lost on the way: it is sent again
        assert int((await visitor.say(text, key))["id"]) == message
    said.acknowledged[key] = message
    return message
