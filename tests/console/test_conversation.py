import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from samspill.console.acting import moment
from samspill.conversations import presence
from samspill.conversations.assign import assign
from samspill.conversations.hand_over import hand_over
from samspill.conversations.models import Conversation, Draft, Message
from samspill.conversations.note import note
from samspill.conversations.receive import receive
from samspill.conversations.reply import reply, say
from tests.world import World, build

HTMX = {"HTTP_HX_REQUEST": "true"}
COMPOSER = {"HTTP_X_COMPOSER": "1"}


def _write(client: Client, conversation: Conversation, text: str, **facts: object):  # type: ignore[no-untyped-def]
    seen = conversation.messages.order_by("pk").last().pk
    form = {"text": text, "external_id": "one", "seen": seen, "kind": "reply"} | facts
    return client.post(f"/desk/c/{conversation.pk}/write/", form, **COMPOSER)


def test_an_answer_is_sent_once_whatever_is_pressed(world: World, kari: Client) -> None:
    conversation = world.hears(world.ingrid)
    for _ in range(3):
        assert _write(kari, conversation, "Den kommer i morgen.").status_code == 200
    sent = conversation.messages.get(direction="out")
    assert (sent.text, sent.agent) == ("Den kommer i morgen.", world.kari)
    conversation.refresh_from_db()
    assert conversation.assignee == world.kari


def test_without_script_the_form_works_too(world: World, kari: Client) -> None:
    conversation = world.hears(world.ingrid)
    form = {"text": "Hei", "external_id": "x", "seen": "0", "kind": "reply"}
    assert kari.post(f"/desk/c/{conversation.pk}/write/", form).status_code == 302
    assert conversation.messages.filter(direction="out").count() == 1


def test_a_colleague_was_quicker(world: World, kari: Client) -> None:
    conversation = world.hears(world.ingrid)
    seen = conversation.messages.get().pk
    reply(conversation, world.ola, "Jeg ser på det.", "o1", seen=seen)
    answer = _write(kari, conversation, "Jeg også.", seen=seen)
    assert answer.status_code == 409
    assert "Ola Hansen has answered" in answer.content.decode()
    assert conversation.messages.filter(direction="out").count() == 1
    assert _write(kari, conversation, "Jeg også.", seen=seen, anyway="1").status_code == 200
    assert conversation.messages.filter(direction="out").count() == 2


def test_without_script_a_collision_keeps_the_text(world: World, kari: Client) -> None:
    conversation = world.hears(world.ingrid)
    assign(conversation, world.ola, by=world.ola, expected=None)
    form = {"text": "Min lange tekst", "external_id": "x", "seen": "999", "kind": "reply"}
    answer = kari.post(f"/desk/c/{conversation.pk}/write/", form)
    assert answer.status_code == 409
    assert "Min lange tekst</textarea>" in answer.content.decode()


def test_notes_stay_among_agents(world: World, kari: Client) -> None:
    conversation = world.hears(world.ingrid)
    _write(kari, conversation, "VIP, behandle pent", kind="note")
    assert conversation.messages.get(direction="note").agent == world.kari
    conversation.refresh_from_db()
    assert conversation.assignee is None


def test_two_assign_at_once(world: World, kari: Client) -> None:
    conversation = world.hears(world.ingrid)
    assign(conversation, world.ola, by=world.ola, expected=None)
    answer = kari.post(f"/desk/c/{conversation.pk}/assign/", {"agent": "me", "expected": ""}, **HTMX)
    assert answer.status_code == 409
    assert "Ola Hansen owns this" in answer.content.decode()
    form = {"agent": "me", "expected": world.ola.pk}
    assert kari.post(f"/desk/c/{conversation.pk}/assign/", form, **HTMX).status_code == 200
    conversation.refresh_from_db()
    assert conversation.assignee == world.kari


def test_taking_over_silences_the_assistant(db: None) -> None:
    world = build(assistant=True)
    kari = Client()
    kari.force_login(world.kari)
    conversation = world.hears(world.ingrid)
    kari.post(f"/desk/c/{conversation.pk}/take-over/", **HTMX)
    conversation.refresh_from_db()
    assert (conversation.in_charge, conversation.assignee) == ("person", world.kari)
    assert say(conversation, "Hei!", "a1") is None
    kari.post(f"/desk/c/{conversation.pk}/give-back/", **HTMX)
    conversation.refresh_from_db()
    assert (conversation.in_charge, conversation.assignee) == ("assistant", None)


def test_close_reopen_snooze(world: World, kari: Client) -> None:
    conversation = world.hears(world.ingrid)

    def state(act: str, **form: str) -> str:
        answer = kari.post(f"/desk/c/{conversation.pk}/{act}/", form, **HTMX)
        assert "toast" in answer["HX-Trigger"]
        return Conversation.objects.get(pk=conversation.pk).status

    assert state("close") == "closed"
    assert state("reopen") == "open"
    assert state("snooze", until="tomorrow") == "snoozed"
    assert state("reopen") == "open"
    assert state("snooze", until="2020-01-01T10:00") == "open"
    assert state("snooze", until="rubbish") == "open"


def test_snoozing_speaks_the_agents_time(world: World) -> None:
    with timezone.override("Asia/Taipei"):
        tomorrow = timezone.localtime(moment("tomorrow"))
        assert (tomorrow.hour, tomorrow.minute) == (8, 0)
        assert timezone.localtime(moment("week")).weekday() == 0
        assert moment("2030-02-03T10:30").isoformat() == "2030-02-03T10:30:00+08:00"


def test_the_handover_stands_on_top(db: None) -> None:
    world = build(assistant=True)
    kari = Client()
    kari.force_login(world.kari)
    conversation = world.hears(world.ingrid)
    facts = [{"name": "Order", "value": "NS-10234"}]
    hand_over(conversation, "asked", summary="Wants to know where the parcel is.", facts=facts)
    html = kari.get(f"/desk/c/{conversation.pk}/").content.decode()
    assert "Wants to know where the parcel is." in html
    assert "NS-10234" in html
    assert "the customer asked for a person" in html


def test_only_news_is_fetched(world: World, kari: Client) -> None:
    conversation = world.hears(world.ingrid, "first")
    first = conversation.messages.get().pk
    note(conversation, world.ola, "second", "n1")
    html = kari.get(f"/desk/c/{conversation.pk}/news/?message={first}&event=999999999").content.decode()
    assert "second" in html
    assert "first" not in html


@pytest.mark.parametrize("nonsense", ["", "x", "-1", "99999999999999999999"])
def test_nonsense_in_an_address_is_borne(world: World, kari: Client, nonsense: str) -> None:
    conversation = world.hears(world.ingrid)
    for page in ("news", "earlier"):
        query = f"message={nonsense}&event={nonsense}&before={nonsense}"
        assert kari.get(f"/desk/c/{conversation.pk}/{page}/?{query}").status_code == 200
    for query in (f"before={nonsense}", f"team={nonsense}", f"view={nonsense}", f"only={nonsense}"):
        assert kari.get(f"/desk/changed/?{query}").status_code == 200
        assert kari.get(f"/desk/?{query}").status_code == 200


def test_long_threads_come_in_pages(world: World, kari: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("samspill.console.timeline.PAGE", 3)
    for number in range(7):
        conversation = world.hears(world.ingrid, f"word {number}")
    address, seen = f"/desk/c/{conversation.pk}/", []
    while address:
        html = kari.get(address).content.decode()
        seen = re.findall(r"<p class=\"break\">(word \d)", html) + seen
        found = re.search(r'hx-get="([^"]*/earlier/[^"]*)"', html)
        address = found[1] if found else ""
    assert seen == [f"word {number}" for number in range(7)]


def test_a_longer_thread_needs_no_more_queries(world: World, kari: Client) -> None:
    conversation, numbers = world.hears(world.ingrid), []
    note(conversation, world.ola, "note", "n1")
    kari.get(f"/desk/c/{conversation.pk}/")  # the first look is told to colleagues, later ones are not
    for more in (0, 6):
        for number in range(more):
            receive(world.shop, world.ingrid, "more", f"m{number}")
        with CaptureQueriesContext(connection) as queries:
            kari.get(f"/desk/c/{conversation.pk}/?view=everyone")
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]


def test_drafts_are_kept_and_colleagues_see_who_types(world: World, kari: Client, at) -> None:  # type: ignore[no-untyped-def]
    conversation = world.hears(world.ingrid)
    kari.post(f"/desk/c/{conversation.pk}/draft/", {"text": "Halvferdig"})
    assert Draft.objects.get().text == "Halvferdig"
    assert "Halvferdig</textarea>" in kari.get(f"/desk/c/{conversation.pk}/").content.decode()
    ola = at(world.ola)
    kari.post(f"/desk/c/{conversation.pk}/here/", {"typing": "1"})
    assert "Kari Nordmann is typing" in ola.get(f"/desk/c/{conversation.pk}/here/").content.decode()
    kari.post(f"/desk/c/{conversation.pk}/here/", {"leave": "1"})
    assert presence.others(conversation, world.ola) == []


def test_files_go_with_an_answer(world: World, kari: Client, at, settings, tmp_path) -> None:  # type: ignore[no-untyped-def]
    settings.UPLOADS_FOLDER = tmp_path
    conversation = world.hears(world.ingrid)
    kept = kari.post("/desk/attach/", {"file": SimpleUploadedFile("a.txt", b"plain words")}).json()
    assert at(world.ola).get(f"/desk/file/{kept['key']}/").status_code == 404
    _write(kari, conversation, "Se vedlegg", attachment=kept["key"])
    answer = at(world.ola).get(f"/desk/file/{kept['key']}/")
    assert b"".join(answer.streaming_content) == b"plain words"
    assert "attachment" in answer["Content-Disposition"]
    refused = kari.post("/desk/attach/", {"file": SimpleUploadedFile("a.txt", b"<script>")})
    assert refused.status_code == 422


def test_bulk_does_what_it_can(world: World, kari: Client) -> None:
    free, taken = world.hears(world.ingrid), world.hears(world.lukas)
    assign(taken, world.ola, by=world.ola, expected=None)
    answer = kari.post("/desk/bulk/", {"act": "assign", "row": [free.pk, taken.pk, "x"]}, **HTMX)
    assert "1 conversation changed. 1 were left" in answer["HX-Trigger"]
    owners = Conversation.objects.order_by("pk").values_list("assignee", flat=True)
    assert list(owners) == [world.kari.pk, world.ola.pk]
    kari.post("/desk/bulk/", {"act": "close", "row": [free.pk, taken.pk]}, **HTMX)
    assert Conversation.objects.filter(status="closed").count() == 2
    kari.post("/desk/bulk/", {"act": "explode", "row": [free.pk]}, **HTMX)
    assert Message.objects.count() == 2
