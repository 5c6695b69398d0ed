"""Setting an inbox up, and answering after the window has closed, in the pages of the desk."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from samspill.channels.models import Template
from samspill.channels.whatsapp.templates import learn_templates
from samspill.conversations.models import Conversation, Inbox, Message
from samspill.kit import clock, crypto
from tests.channels.messaging import payloads as p
from tests.channels.messaging.conftest import SECRET, post, work
from tests.fakes.messaging_server import MessagingServer
from tests.world import World

Open = Callable[..., Inbox]
PAGE = "/desk/settings/messaging/"
FORMS = {
    "whatsapp": {"phone_number_id": "106540352242922", "token": "t0ken", "app_secret": "s3cret"},
    "messenger": {"page_id": "1906385232743451", "token": "t0ken", "app_secret": "s3cret"},
    "instagram": {"page_id": "17841405822304914", "token": "t0ken", "app_secret": "s3cret"},
    "telegram": {"token": "t0ken"},
    "line": {"channel_secret": "s3cret", "token": "t0ken"},
    "sms": {"account_sid": "AC" + "0" * 32, "auth_token": "t0ken", "sender": "+15017122661"},
}


@pytest.fixture
def astrid(world: World) -> Client:
    browser = Client()
    browser.force_login(world.astrid)
    return browser


@pytest.fixture
def kari(world: World) -> Client:
    browser = Client()
    browser.force_login(world.kari)
    return browser


@pytest.mark.parametrize("kind", list(FORMS))
def test_an_inbox_is_set_up_and_its_keys_are_never_shown(
    astrid: Client, service: MessagingServer, kind: str
) -> None:
    where = astrid.post(PAGE, {"kind": kind, "name": "Ny"})["Location"]
    assert astrid.post(where, {"name": "Ny", "enabled": "on"}).status_code == 200  # something is missing
    assert astrid.post(where, {"name": "Ny", "enabled": "on", **FORMS[kind]}).status_code == 302
    kept = Inbox.objects.get(name="Ny")
    html = astrid.get(where).content.decode()
    assert f"/hooks/{kept.key}/" in html
    assert "t0ken" not in html + str(kept.settings)
    assert "s3cret" not in html + str(kept.settings)
    again = FORMS[kind] | dict.fromkeys(("token", "app_secret", "channel_secret", "auth_token"), "")
    assert astrid.post(where, {"name": "Ny", "enabled": "on", **again}).status_code == 302
    kept.refresh_from_db()
    sealed = kept.settings["auth_token_sealed" if kind == "sms" else "token_sealed"]
    assert crypto.unseal(sealed) == "t0ken"


def test_telegram_is_told_where_to_post(astrid: Client, service: MessagingServer) -> None:
    where = astrid.post(PAGE, {"kind": "telegram", "name": "Bot"})["Location"]
    astrid.post(where, {"name": "Bot", "enabled": "on", "token": "t0ken"})
    asked = service.asked[-1]
    assert asked.path == "/bott0ken/setWebhook"
    assert asked.json["url"].endswith(f"/hooks/{Inbox.objects.get(name='Bot').key}/")
    assert len(asked.json["secret_token"]) == 64


def test_check_says_what_is_missing(inbox: Open, service: MessagingServer, settings) -> None:  # type: ignore[no-untyped-def]
    from samspill.channels.port import channel_of

    bot, line, phone = inbox("telegram"), inbox("line"), inbox("sms")
    assert channel_of(bot).check(bot) == ["webhook_missing"]  # type: ignore[union-attr]
    assert channel_of(line).check(line) == ["webhook_missing"]  # type: ignore[union-attr]
    service.answers = {
        "/getWebhookInfo": {"ok": True, "result": {"url": f"{settings.URL}/hooks/{bot.key}/"}},
        "/webhook/endpoint": {"endpoint": f"{settings.URL}/hooks/{line.key}/", "active": True},
    }
    for opened in (bot, line, phone):
        assert channel_of(opened).check(opened) == []  # type: ignore[union-attr]
    service.faults = [(401, {}), (401, {"message": "x"}), (401, {"code": 20003})]
    for opened in (bot, line, phone):
        assert channel_of(opened).check(opened) == ["credentials"]  # type: ignore[union-attr]


def test_whatsapp_tells_when_its_key_ends(inbox: Open, service: MessagingServer) -> None:
    from samspill.channels.port import channel_of

    opened = inbox("whatsapp")
    ends = int((clock.now() + timedelta(days=9)).timestamp())
    service.answers = {"/debug_token": {"data": {"expires_at": ends, "is_valid": True}}}
    assert channel_of(opened).check(opened) == []  # type: ignore[union-attr]
    opened.refresh_from_db()
    assert int(opened.health.expires_at.timestamp()) == ends


def test_templates_are_learned_and_forgotten(inbox: Open, service: MessagingServer) -> None:
    opened = inbox("whatsapp", business_account_id="102290129340398")
    body = [{"type": "BODY", "text": "Hei {{1}}"}]
    rows = [
        {"name": "ready", "language": "nb", "status": "APPROVED", "components": body},
        {"name": "waits", "language": "nb", "status": "PENDING", "components": body},
        {"name": "picture", "language": "nb", "status": "APPROVED",
         "components": [{"type": "HEADER", "format": "IMAGE"}, *body]},
    ]  # fmt: skip
    service.answers = {"/message_templates": {"data": rows}}
    assert learn_templates(opened) == 1
    assert Template.objects.get(approved=True).name == "ready"
    service.answers = {"/message_templates": {"data": []}}
    learn_templates(opened)
    assert not Template.objects.filter(approved=True).exists()


def test_a_template_is_filled_in_and_sent(kari: Client, inbox: Open, service: MessagingServer) -> None:
    opened = inbox("whatsapp")
    post(opened, p.whatsapp(p.wa("1")))
    work()
    conversation = Conversation.objects.get(inbox=opened)
    template = Template.objects.create(
        inbox=opened, name="ready", language="nb", text="Hei {{1}}, {{2}} er klar."
    )
    window = f"/desk/c/{conversation.pk}/window/"
    assert b"Free text is possible until" in kari.get(window).content
    conversation.messages.update(created_at=clock.now() - timedelta(days=2))
    assert b"ready" in kari.get(window).content
    where = f"/desk/c/{conversation.pk}/template/{template.pk}/"
    assert "Hei Ingrid, {{2}} er klar." in kari.get(where, {"place1": "Ingrid"}).content.decode()
    form = {"place1": "Ingrid", "external_id": "x", "seen": "999999"}
    assert "Fill in every place first." in kari.post(f"{where}send/", form).content.decode()
    for _twice in range(2):
        kari.post(f"{where}send/", form | {"place2": "A-1"})
    sent = Message.objects.get(direction="out")
    assert sent.text == "Hei Ingrid, A-1 er klar."
    assert sent.extras["template"] == {"name": "ready", "language": "nb", "values": ["Ingrid", "A-1"]}


def test_a_template_of_another_inbox_is_not_there(
    kari: Client, inbox: Open, service: MessagingServer
) -> None:
    first, second = inbox("whatsapp"), inbox("whatsapp", phone_number_id="5")
    post(first, p.whatsapp(p.wa("1")))
    work()
    template = Template.objects.create(inbox=second, name="x", language="nb", text="x")
    where = f"/desk/c/{Conversation.objects.get(inbox=first).pk}/template/{template.pk}/"
    assert kari.get(where).status_code == 404
    assert kari.post(f"{where}send/").status_code == 404


def test_what_was_sent_is_named_in_the_conversation(
    kari: Client, inbox: Open, service: MessagingServer
) -> None:
    opened = inbox("whatsapp")
    messages = [
        p.wa("1", "hologram", {}),
        p.wa("2", "contacts", [{"name": {"formatted_name": "Anna"}}]),
        p.wa("3"),
    ]
    messages += [
        p.wa("4", "edit", {"original_message_id": "3", "message": {"type": "text", "text": {"body": "ny"}}})
    ]
    post(opened, p.whatsapp(*messages))
    work()
    html = kari.get(f"/desk/c/{Conversation.objects.get(inbox=opened).pk}/").content.decode()
    for words in ("(hologram)", "sent a contact card", "Edited", "Hei 3"):
        assert words in html
    post(opened, p.whatsapp(p.wa("5", "revoke", {"original_message_id": "3"})))
    work()
    html = kari.get(f"/desk/c/{Conversation.objects.get(inbox=opened).pk}/").content.decode()
    assert "took this message back" in html
    assert "Hei 3" not in html


def test_keys_are_in_no_log(inbox: Open, service: MessagingServer, caplog: pytest.LogCaptureFixture) -> None:
    import logging

    from samspill.channels.port import channel_of

    opened = inbox("telegram")
    logging.getLogger().setLevel(logging.INFO)
    channel_of(opened).check(opened)  # type: ignore[union-attr]
    assert SECRET.replace(" ", "%20") not in caplog.text
    assert SECRET not in caplog.text
