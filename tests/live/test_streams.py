"""Live updates from the running product: who hears what."""

import queue
import socket
import time
from urllib.parse import urlsplit

import httpx
import psutil
import pytest
from django.db import connection, transaction

from samspill.conversations.assign import assign
from samspill.conversations.note import note
from samspill.conversations.presence import look
from samspill.conversations.reply import reply
from samspill.kit import passes
from samspill.live.stream import PASS_AGE_S
from tests.live.conftest import listening
from tests.world import World

MANY = 200


def desk() -> str:
    return passes.issue("desk", agent=1)


def visitor(key: str = "v") -> str:
    return passes.issue("visitor", inbox=1, visitor=key, vouched="")


def room(conversation: int, key: str = "v") -> str:
    return passes.issue("room", visitor=key, conversation=conversation)


def at(address: str, shown: str, place: str) -> str:
    return f"{address}/live/visitor?pass={shown}&room={place}"


def test_without_a_pass_no_stream_opens(address: str) -> None:
    for path in ("desk", "visitor", "", "desk/../visitor", "nowhere"):
        assert httpx.get(f"{address}/live/{path}").status_code in {403, 404}


@pytest.mark.parametrize("forged", ["x", "a:b:c", "", "é", "x" * 5000])
def test_a_forged_pass_opens_nothing(address: str, forged: str) -> None:
    assert httpx.get(f"{address}/live/desk", params={"pass": forged}).status_code == 403
    assert httpx.get(at(address, forged, room(1))).status_code == 403
    assert httpx.get(at(address, visitor(), forged)).status_code == 403


def test_a_pass_opens_only_its_own_door(address: str) -> None:
    assert httpx.get(f"{address}/live/desk", params={"pass": visitor()}).status_code == 403
    assert httpx.get(at(address, desk(), room(1))).status_code == 403
    assert httpx.get(at(address, visitor("thief"), room(1, "v"))).status_code == 403


def test_an_expired_pass_of_the_desk_opens_nothing(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    long_ago = time.time() - PASS_AGE_S - 1
    with monkeypatch.context() as then:
        then.setattr("django.core.signing.time.time", lambda: long_ago)
        old = desk()
    assert httpx.get(f"{address}/live/desk", params={"pass": old}).status_code == 403


def test_a_visitor_hears_his_own_conversation_and_nothing_agents_do_among_themselves(
    address: str, busy_world: World
) -> None:
    world = busy_world
    mine, other = world.hears(world.ingrid), world.hears(world.lukas)
    with listening(at(address, visitor(), room(mine.pk))) as ears:
        world.hears(world.lukas, "noch etwas")
        note(mine, world.kari, "a note", "n1")
        assign(mine, world.kari, by=world.liv, expected=None)
        look(mine, world.kari)
        reply(other, world.ola, "Hallo", "o1", seen=10**9)
        reply(mine, world.kari, "Hei", "k1", seen=10**9)
        assert ears.until("message.sent") == ["message.sent"]
        with pytest.raises(queue.Empty):
            ears.next(0.3)


def test_the_desk_hears_everything(address: str, busy_world: World) -> None:
    with listening(f"{address}/live/desk", live=desk()) as ears:
        talk = busy_world.hears(busy_world.ingrid)
        note(talk, busy_world.kari, "a note", "n1")
        assert ears.until("note.added") == ["conversation.opened", "message.received", "note.added"]


def test_what_was_rolled_back_is_never_heard(address: str, busy_world: World) -> None:
    with listening(f"{address}/live/desk", live=desk()) as ears:
        with transaction.atomic():
            busy_world.hears(busy_world.ingrid)
            transaction.set_rollback(True)
        busy_world.hears(busy_world.lukas)
        assert ears.until("message.received") == ["conversation.opened", "message.received"]


def test_when_the_database_connection_is_killed_streams_are_told_to_read_anew(
    address: str, busy_world: World
) -> None:
    with listening(f"{address}/live/desk", live=desk()) as ears:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE query ILIKE 'LISTEN%' AND datname = current_database()"
            )
            assert cursor.fetchall()
        assert ears.until("resync")
        busy_world.hears(busy_world.ingrid)
        assert ears.until("message.received")


def test_two_hundred_idle_streams_cost_little_and_all_hear(address: str, busy_world: World) -> None:
    server = _server(address)
    before = server.memory_info().rss
    streams = [_open(address, f"/live/desk?pass={desk()}") for _ in range(MANY)]
    try:
        grown = (server.memory_info().rss - before) / MANY
        spent = sum(server.cpu_times()[:2])
        time.sleep(2)
        spent = sum(server.cpu_times()[:2]) - spent
        busy_world.hears(busy_world.ingrid)
        assert sum(b"message.received" in _heard(stream) for stream in streams) == MANY
        assert grown < 100_000, f"{grown:.0f} bytes a stream"
        assert spent < 0.3, f"{spent:.2f} s of CPU in two idle seconds"
    finally:
        for stream in streams:
            stream.close()


def _server(address: str) -> psutil.Process:
    port = str(urlsplit(address).port)
    alive = (one for one in psutil.Process().children() if one.status() != psutil.STATUS_ZOMBIE)
    return next(one for one in alive if port in one.cmdline())


def _open(address: str, path: str) -> socket.socket:
    parts = urlsplit(address)
    stream = socket.create_connection((parts.hostname, parts.port), timeout=20)
    stream.sendall(f"GET {path} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n".encode())
    heard = b""
    while b"event: hello" not in heard:
        heard += stream.recv(4096)
    return stream


def _heard(stream: socket.socket) -> bytes:
    heard = b""
    while b"message.received" not in heard:
        part = stream.recv(4096)
        if not part:
            break
        heard += part
    return heard
