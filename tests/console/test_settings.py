import re

import pytest
from django.test import Client

from samspill.assistant.models import AssistantSettings
from samspill.conversations.assign import assign
from samspill.conversations.models import Conversation, Inbox
from samspill.kit import crypto
from samspill.workspace.models import Agent, ApiToken, Team, Workspace
from samspill.workspace.tokens import token_of
from tests.world import World

PAGES = [
    "company",
    "widget",
    "email",
    "assistant",
    "agents",
    "agents/new",
    "teams",
    "tokens",
    "work",
    "health",
]


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens(astrid: Client, page: str) -> None:
    assert astrid.get(f"/desk/settings/{page}/").status_code == 200


def test_invite_shows_a_link_that_works(astrid: Client, world: World) -> None:
    form = {"name": "Nina", "email": "nina@nordlys.example", "role": "lead", "teams": [world.support.pk]}
    html = astrid.post("/desk/settings/agents/new/", form).content.decode()
    link = re.search(r"http://testserver(/desk/join/[^<\s]+)", html)[1]
    assert Client().post(link, {"password": "a long enough one"}).status_code == 302
    assert Agent.objects.get(name="Nina").role == "lead"
    assert b"works here already" in astrid.post("/desk/settings/agents/new/", form).content


def test_the_last_admin_stays(astrid: Client, world: World) -> None:
    astrid.post(f"/desk/settings/agents/{world.astrid.pk}/activity/")
    form = {"name": "Astrid", "role": "agent"}
    assert (
        b"Somebody must stay admin" in astrid.post(f"/desk/settings/agents/{world.astrid.pk}/", form).content
    )
    world.astrid.refresh_from_db()
    assert (world.astrid.is_active, world.astrid.role) == (True, "admin")


def test_who_leaves_lets_go(astrid: Client, world: World, at) -> None:  # type: ignore[no-untyped-def]
    conversation, ola = world.hears(world.ingrid), at(world.ola)
    assign(conversation, world.ola, by=world.ola, expected=None)
    astrid.post(f"/desk/settings/agents/{world.ola.pk}/activity/")
    assert Conversation.objects.get().assignee is None
    assert ola.get("/desk/").status_code == 302
    astrid.post(f"/desk/settings/agents/{world.ola.pk}/activity/", {"active": "1"})
    assert Agent.objects.get(pk=world.ola.pk).is_active


def test_teams_come_change_and_go(astrid: Client, world: World) -> None:
    astrid.post("/desk/settings/teams/", {"name": "Sales"})
    team = Team.objects.get(name="Sales")
    astrid.post(f"/desk/settings/teams/{team.pk}/", {"name": "Salg"})
    assert Team.objects.filter(name="Salg").exists()
    astrid.post(f"/desk/settings/teams/{team.pk}/", {"remove": "1"})
    assert not Team.objects.filter(pk=team.pk).exists()


def test_a_token_is_shown_once(astrid: Client, world: World) -> None:
    html = astrid.post("/desk/settings/tokens/", {"name": "ERP", "writes": "on"}).content.decode()
    text = re.search(r"samspill_[\w-]+", html)[0]
    assert token_of(text).name == "ERP"
    assert text not in astrid.get("/desk/settings/tokens/").content.decode()
    astrid.post(f"/desk/settings/tokens/{ApiToken.objects.get().pk}/revoke/")
    assert token_of(text) is None


def test_a_widget_is_set_up(astrid: Client, world: World) -> None:
    address = f"/desk/settings/widget/{world.shop.pk}/"
    form = {
        "name": "Shop", "enabled": "on", "accent": "violet", "position": "left",
        "origins": "https://shop.example\n", "greeting_nb": "Hei!",
    }  # fmt: skip
    assert astrid.post(address, form).status_code == 302
    kept = Inbox.objects.get().settings
    assert kept["origins"] == ["https://shop.example"]
    assert (kept["accent"], kept["assistant"], kept["greeting"]["nb"]) == ("violet", False, "Hei!")
    assert kept["secret"]
    assert b"no website address" in astrid.post(address, form | {"origins": "shop.example/x"}).content


def test_the_signing_key_is_shown_once(astrid: Client, world: World) -> None:
    address = f"/desk/settings/widget/{world.shop.pk}/"
    fresh = astrid.post(f"{address}secret/").content.decode()
    secret = Inbox.objects.get().settings["secret"]
    assert secret in fresh
    assert secret not in astrid.get(address).content.decode()


def test_the_llm_key_is_sealed_and_kept(astrid: Client, world: World) -> None:
    form = {
        "name": "Sol",
        "brain": "llm",
        "llm_url": "http://127.0.0.1:9/v1",
        "llm_model": "m",
        "llm_key": "sk-1",
    }
    astrid.post("/desk/settings/assistant/", form)
    astrid.post("/desk/settings/assistant/", form | {"llm_key": ""})
    kept = AssistantSettings.objects.get()
    assert crypto.unseal(kept.llm_key_sealed) == "sk-1"
    assert b"sk-1" not in astrid.get("/desk/settings/assistant/").content
    assert b"does not answer" in astrid.post("/desk/settings/assistant/try/", form).content


def test_the_company_keeps_its_hours(astrid: Client, world: World) -> None:
    form = {
        "name": "Nordlys", "language": "nb", "time_zone": "Europe/Oslo", "country": "NO",
        "order_number": "NS-00000", "mon": "08:00–12:00, 13:00-17:00", "closed_on": "2026-12-25\n2026-05-17",
    }  # fmt: skip
    assert astrid.post("/desk/settings/company/", form).status_code == 302
    kept = Workspace.objects.get()
    assert kept.hours["mon"] == [["08:00", "12:00"], ["13:00", "17:00"]]
    assert (kept.hours["tue"], kept.holidays) == ([], ["2026-05-17", "2026-12-25"])
    for wrong in ({"mon": "17-8"}, {"closed_on": "jul"}, {"order_number": "NS"}, {"tue": "10:00-09:00"}):
        assert astrid.post("/desk/settings/company/", form | wrong).status_code == 200
    assert Workspace.objects.get().hours == kept.hours


def test_the_order_pattern_is_tried_on_a_sentence(astrid: Client, world: World) -> None:
    form = {"order_number": "NS-00000", "sentence": "Hvor er ns 10234?"}
    assert b"NS-10234</code>" in astrid.post("/desk/settings/company/order-number/", form).content
    for wrong in ("(", "NS", ""):
        answer = astrid.post("/desk/settings/company/order-number/", form | {"order_number": wrong})
        assert b"Write a 0" in answer.content
