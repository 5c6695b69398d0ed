"""Nothing unsigned is kept; nothing that is posted breaks anything."""

from collections.abc import Callable

import pytest
from django.test import Client

from samspill.channels.meta.door import verify_token
from samspill.conversations.models import Inbound, Inbox
from tests.channels.messaging import payloads as p
from tests.channels.messaging.conftest import SECRET, post, post_form, signed
from tests.channels.messaging.test_coming_in import FIRST, KINDS

Open = Callable[..., Inbox]
META = ["whatsapp", "messenger", "instagram"]
HEADERS = [
    "X-Hub-Signature-256", "X-Telegram-Bot-Api-Secret-Token", "X-Line-Signature", "X-Twilio-Signature",
]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("forged", ["", "sha256=", "sha256=" + "0" * 64, SECRET, "Ø", "sha256=é"])
def test_forged_signatures_are_refused(inbox: Open, kind: str, forged: str) -> None:
    opened = inbox(kind)
    given = dict.fromkeys(HEADERS, forged)
    if kind == "sms":
        assert post_form(opened, FIRST[kind], **given).status_code == 403
    else:
        assert post(opened, FIRST[kind], **given).status_code == 403
    assert not Inbound.objects.exists()


@pytest.mark.parametrize("kind", KINDS)
def test_no_signature_is_refused(inbox: Open, kind: str) -> None:
    opened = inbox(kind)
    assert Client().post(f"/hooks/{opened.key}/", b"{}", "application/json").status_code == 403
    assert Client().get(f"/hooks/{opened.key}/").status_code == 403
    assert not Inbound.objects.exists()


@pytest.mark.parametrize("kind", KINDS)
def test_an_inbox_without_a_secret_takes_nothing(inbox: Open, kind: str) -> None:
    opened = inbox(kind)
    sealed = {name: "" for name in opened.settings if name.endswith("_sealed")}
    Inbox.objects.filter(pk=opened.pk).update(settings=opened.settings | sealed)
    if kind != "telegram":  # its secret is made of the key of the inbox
        assert post(opened, FIRST[kind]).status_code == 403


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("sms", "telegram")])
def test_a_changed_body_is_refused(inbox: Open, kind: str) -> None:
    opened = inbox(kind)
    wrong = signed(opened, b'{"other": 1}')
    assert Client().post(f"/hooks/{opened.key}/", b"{}", "application/json", headers=wrong).status_code == 403


def test_twilio_signs_address_and_every_parameter(inbox: Open) -> None:
    opened = inbox("sms")
    right = post_form(opened, p.sms("SM1"))
    assert (right.status_code, right["Content-Type"]) == (200, "text/xml")
    from tests.channels.messaging import conftest

    made = conftest.post_form  # the same signature under another form
    form = p.sms("SM2")
    other = made(opened, form, **{"X-Twilio-Signature": "bm90IHRoZSBvbmU="})
    assert other.status_code == 403
    assert Inbound.objects.count() == 1


@pytest.mark.parametrize("kind", META)
def test_the_handshake(inbox: Open, kind: str) -> None:
    opened = inbox(kind)
    asked = {"hub.mode": "subscribe", "hub.challenge": "1158201444", "hub.verify_token": verify_token(opened)}
    right = Client().get(f"/hooks/{opened.key}/", asked)
    assert (right.status_code, right.content) == (200, b"1158201444")
    assert right["Content-Type"].startswith("text/plain")
    for wrong in ("", "x", verify_token(opened)[:-1]):
        assert Client().get(f"/hooks/{opened.key}/", asked | {"hub.verify_token": wrong}).status_code == 403


def test_unknown_and_switched_off_inboxes_are_not_there(inbox: Open) -> None:
    opened = inbox("line")
    Inbox.objects.filter(pk=opened.pk).update(enabled=False)
    assert post(opened, FIRST["line"]).status_code == 404
    assert Client().post("/hooks/nobody/", b"{}", "application/json").status_code == 404


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "sms"])
@pytest.mark.parametrize(
    "raw",
    [
        b"", b"nothing", b"[]", b"null", b'"x"', b"{}", b'{"entry": 5, "events": 5}', b"\xff\xfe", b"[" * 5000,
        b'{"entry": [null, {"changes": [null, {"value": 1}], "messaging": [5]}], "events": [null, 1], "update_id": 1}',
        b'{"entry": [{"id": {}, "changes": [{"field": [], "value": {"messages": [{"id": []}]}}]}], "events": [{}]}',
    ],
)  # fmt: skip
def test_malformed_bodies_break_nothing(inbox: Open, kind: str, raw: bytes) -> None:
    from tests.channels.messaging.conftest import work

    assert post(inbox(kind), raw).status_code in (200, 400)
    work()


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "sms"])
def test_huge_bodies_are_refused(inbox: Open, kind: str) -> None:
    for size in (1024 * 1024 + 1, 6 * 1024 * 1024):
        assert post(inbox(kind), b" " * size).status_code == 413
    assert not Inbound.objects.exists()


def test_what_a_database_cannot_keep_is_left_out(inbox: Open) -> None:
    from samspill.conversations.models import Message
    from tests.channels.messaging.conftest import work

    raw = b'{"update_id": 5, "message": {"message_id": 1, "chat": {"id": 7, "type": "private", "first_name":'
    raw += b' "A\\u0000\\ud800"}, "from": {"id": 7}, "text": "x\\u0000y\\ud83d"}}'
    assert post(inbox("telegram"), raw).status_code == 200
    work()
    assert Message.objects.get().text == "xy"
