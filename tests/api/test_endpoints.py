"""Every endpoint once, and twice where once must be enough."""

import pytest

from samspill.contacts.models import Contact, Identity
from samspill.conversations.close import close
from samspill.conversations.configure import add_inbox
from samspill.conversations.models import Conversation, Inbox, Message
from samspill.knowledge.models import Article
from tests.api.conftest import Caller
from tests.world import World


@pytest.fixture
def outside(world: World) -> Inbox:
    return add_inbox("api", "Elsewhere", by=world.astrid.actor)


def test_a_contact_is_added_found_and_changed(writer: Caller) -> None:
    first = writer("POST", "/contacts", {"email": "kari@example.no", "name": "Kari"})
    again = writer("POST", "/contacts", {"email": "KARI@example.no", "name": "Somebody"})
    assert (first.status_code, again.status_code) == (201, 200)
    pk = first.json()["id"]
    assert again.json()["id"] == pk
    assert writer("PATCH", f"/contacts/{pk}", {"vip": True}).json()["vip"] is True
    found = writer.get(f"/contacts/{pk}").json()
    assert (found["name"], found["identities"]) == (
        "Kari",
        [{"kind": "email", "value": "kari@example.no", "verified": False}],
    )
    assert [row["id"] for row in writer.get("/contacts?email=kari@EXAMPLE.no").json()["rows"]] == [pk]


def test_what_somebody_said_elsewhere_comes_in_once(writer: Caller, outside: Inbox) -> None:
    said = {"email": "kari@example.no", "id": "sms-1", "text": "Hei"}
    answers = [writer("POST", f"/inboxes/{outside.pk}/messages", said) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [201] * 3
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert (Message.objects.count(), Identity.objects.filter(kind="email").count()) == (1, 1)


def test_an_answer_is_sent_once_and_collides_like_any_other(world: World, writer: Caller) -> None:
    talk = world.hears(world.ingrid)
    path = f"/conversations/{talk.pk}/messages"
    sent = [writer("POST", path, {"id": "1", "text": "Hei"}) for _ in range(2)]
    assert [answer.status_code for answer in sent] == [201, 201]
    assert sent[0].json() == sent[1].json()
    Conversation.objects.update(assignee=world.kari)
    assert writer("POST", path, {"id": "2", "text": "Hei"}).status_code == 409
    assert writer("POST", path, {"id": "2", "text": "Hei", "anyway": True}).status_code == 201


def test_an_answer_in_a_bygone_conversation_is_refused_in_words(world: World, writer: Caller) -> None:
    talk = world.hears(world.ingrid)
    close(talk, by="system")
    world.hears(world.ingrid)
    answer = writer("POST", f"/conversations/{talk.pk}/messages", {"id": "1", "text": "Hei", "anyway": True})
    assert answer.status_code == 409
    assert "closed" in answer.json()["detail"]


def test_a_conversation_is_read_closed_and_reopened(world: World, writer: Caller) -> None:
    talk = world.hears(world.ingrid)
    assert writer.get(f"/conversations/{talk.pk}").json()["status"] == "open"
    said = writer.get(f"/conversations/{talk.pk}/messages").json()["rows"]
    assert [row["text"] for row in said] == ["Hei, hvor er pakken min?"]
    path = f"/conversations/{talk.pk}"
    assert writer("PATCH", path, {"status": "closed"}).json()["status"] == "closed"
    assert writer.get("/conversations?status=open").json()["rows"] == []
    assert writer("PATCH", path, {"status": "open"}).json()["status"] == "open"
    close(talk, by="system")
    world.hears(world.ingrid)
    assert writer("PATCH", path, {"status": "open"}).status_code == 409


def test_inboxes_are_listed_without_their_secrets(world: World, writer: Caller) -> None:
    answer = writer.get("/inboxes")
    assert [row["name"] for row in answer.json()["rows"]] == ["Shop"]
    assert world.shop.settings["secret"] not in answer.content.decode()


def test_an_article_is_written_published_and_taken_back(writer: Caller) -> None:
    text = {"title": "Returns", "body": "Within **30 days**.", "language": "en"}
    made = writer("POST", "/articles", {**text, "publish": True})
    assert made.status_code == 201
    pk = made.json()["id"]
    assert writer.get(f"/articles/{pk}").json()["texts"][0]["body"] == "Within **30 days**."
    german = {"title": "Rückgabe", "body": "30 Tage", "publish": True}
    assert writer("PUT", f"/articles/{pk}/de", german).status_code == 200
    assert writer("PUT", f"/articles/{pk}/de", german).status_code == 200
    assert Article.objects.get().translations.get(language="de").versions.count() == 1
    assert writer("DELETE", f"/articles/{pk}/de").status_code == 204
    texts = {row["language"]: row["body"] for row in writer.get(f"/articles/{pk}").json()["texts"]}
    assert texts == {"en": "Within **30 days**.", "de": ""}
    assert len(writer.get("/articles").json()["rows"]) == 1


@pytest.mark.parametrize(
    "path", ["/contacts/9", "/conversations/9", "/conversations/9/messages", "/articles/9"]
)
def test_what_is_not_there_is_told_in_words(writer: Caller, path: str) -> None:
    answer = writer.get(path.replace("9", str(2**60)))
    assert answer.status_code == 404
    assert answer.json()["detail"]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 100])
def test_pages_show_everything_once(writer: Caller, size: int) -> None:
    for number in range(7):
        Contact.objects.create(name=str(number))
    seen: list[int] = []
    after: int | None = 0
    while after is not None:
        page = writer.get(f"/contacts?limit={size}&after={after}").json()
        assert len(page["rows"]) <= size
        seen += [row["id"] for row in page["rows"]]
        after = page["next"]
    assert seen == sorted(set(seen))
    assert len(seen) == Contact.objects.count()


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "after=-1", "limit=x", f"after={2**63}"])
def test_a_page_that_cannot_be_is_refused(writer: Caller, query: str) -> None:
    assert writer.get(f"/contacts?{query}").status_code == 422


@pytest.mark.parametrize(
    "body",
    [
        '{"email": "a@b.no", "name": "\\ud800"}',
        '{"email": "a@b.no", "name": "\\u0000"}',
        "{",
        "[]",
        "null",
        '"x"',
    ],
)
def test_a_broken_body_is_refused_in_words(writer: Caller, body: str) -> None:
    headers = {"Authorization": f"Bearer {writer.token}"}
    answer = writer.client.post("/api/v1/contacts", body, content_type="application/json", headers=headers)
    assert answer.status_code in {400, 422}
    assert answer.json()["detail"]


def test_intents_are_taught_by_programs(world: World, writer: Caller, reader: Caller) -> None:
    made = writer("POST", "/intents", {"title": "New address"}).json()
    path = f"/intents/{made['id']}/examples"
    first = writer("POST", path, {"text": "We moved, mail kari@example.no"})
    again = writer("POST", path, {"text": "we moved, mail KARI@example.no!"})
    assert (first.status_code, first.json()["id"]) == (201, again.json()["id"])
    assert "example.no" not in first.json()["text"]
    assert writer("POST", path, {"text": "👍👍"}).status_code == 422
    assert reader("POST", path, {"text": "We moved"}).status_code == 403
    assert [row["title"] for row in reader.get("/intents").json()["rows"]] == ["New address"]
    assert len(reader.get(path).json()["rows"]) == 1
    assert writer("DELETE", f"{path}/{first.json()['id']}").status_code == 204
    assert reader.get(path).json()["rows"] == []
    assert writer("POST", "/intents/999/examples", {"text": "We moved"}).status_code == 404
