"""Networks repeat and reorder; the record does not."""

import random
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from samspill.conversations.models import Conversation, Inbound, Inbox, Message

AT_ONCE = 50
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def shown(address: str, transactional_db: None) -> dict[str, str]:
    inbox = Inbox.objects.create(channel="webchat", name="Shop")
    met = httpx.post(f"{address}/widget/hello", json={"inbox": inbox.key}).json()
    return {"Authorization": f"Visitor {met['pass']}"}


def test_one_message_delivered_fifty_times_at_once(address: str, shown: dict[str, str]) -> None:
    body = {"id": str(uuid.uuid4()), "text": "Hello"}
    answers = _deliver(address, shown, [body] * AT_ONCE)
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert (Conversation.objects.count(), Message.objects.count(), Inbound.objects.count()) == (1, 1, 1)


def test_a_batch_that_is_repeated_and_out_of_order(address: str, shown: dict[str, str]) -> None:
    batch = [{"id": str(uuid.uuid4()), "text": f"number {number}"} for number in range(AT_ONCE)]
    deliveries = random.sample(batch * 3, len(batch) * 3)
    answers = _deliver(address, shown, deliveries)
    assert {answer.status_code for answer in answers} == {200}
    assert Conversation.objects.count() == 1
    kept = Counter(Message.objects.values_list("text", flat=True))
    assert kept == Counter(body["text"] for body in batch)
    assert Inbound.objects.filter(state="done").count() == AT_ONCE


def _deliver(address: str, shown: dict[str, str], bodies: list[dict[str, str]]) -> list[httpx.Response]:
    with httpx.Client(timeout=60, headers=shown, limits=httpx.Limits(max_connections=AT_ONCE)) as client:
        with ThreadPoolExecutor(AT_ONCE) as threads:
            return list(
                threads.map(lambda body: client.post(f"{address}/widget/messages", json=body), bodies)
            )
