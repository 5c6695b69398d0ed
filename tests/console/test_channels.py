"""The page that says how every inbox fares."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from samspill.channels import port
from samspill.channels.health import failing, well
from samspill.conversations.models import Dispatch, Inbound, Inbox
from samspill.kit import clock
from samspill.kit.models import Event
from tests.world import World

PAGE = "/desk/settings/channels/"


@pytest.fixture
def support(world: World) -> Inbox:
    return Inbox.objects.create(channel="line", name="Support")


def test_good_and_bad_in_words(astrid: Client, support: Inbox) -> None:
    well(support)
    assert "Does not work" not in astrid.get(PAGE).content.decode()
    failing(support, "credentials", "HTTP 401")
    html = astrid.get(PAGE).content.decode()
    assert "no longer accepts our key" in html
    assert "Make a new key" in html
    assert html.index("Support") < html.index("Shop")  # what fails stands first


@pytest.mark.parametrize(("days", "warned"), [(13, True), (15, False), (-1, True)])
def test_a_key_that_runs_out_is_announced(astrid: Client, support: Inbox, days: int, warned: bool) -> None:
    well(support, expires_at=clock.now() + timedelta(days=days))
    html = astrid.get(PAGE).content.decode()
    assert "Key good until" in html
    assert ("Look here" in html) is warned


def test_the_test_button_asks_and_says(
    astrid: Client, support: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Asked:
        kind = "line"
        codes: list[str] = []

        def check(self, inbox: Inbox) -> list[str]:
            return self.codes

    asked: Any = Asked()
    monkeypatch.setitem(port._known, "line", asked)
    assert b"It works." in astrid.post(f"{PAGE}{support.pk}/test/").content
    asked.codes = ["webhook_missing"]
    assert b"does not send us what customers write" in astrid.post(f"{PAGE}{support.pk}/test/").content
    assert "Does not work" in astrid.get(PAGE).content.decode()


def test_what_could_not_be_read_is_read_again(astrid: Client, support: Inbox) -> None:
    failed = [
        Inbound.objects.create(inbox=support, dedup_key=f"k{n}", raw=b"{}", state="failed", error="garbled")
        for n in range(3)
    ]
    assert "It is garbled." in astrid.get(PAGE).content.decode()
    astrid.post(f"{PAGE}replay/{failed[0].pk}/")
    assert list(Inbound.objects.filter(state="stored")) == [failed[0]]
    answer = astrid.post(f"{PAGE}{support.pk}/replay/", follow=True)
    assert "2 deliveries are read again." in answer.content.decode()
    assert Event.objects.filter(kind="inbound.stored").count() == 3


def test_raw_is_for_admins_and_never_a_page(
    astrid: Client, kari: Client, world: World, support: Inbox
) -> None:
    kept = Inbound.objects.create(inbox=support, dedup_key="k", raw=b"<script>alert(1)</script>")
    answer = astrid.get(f"{PAGE}raw/{kept.pk}/")
    assert answer.content == b"<script>alert(1)</script>"
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]
    lead = Client()
    lead.force_login(world.liv)
    assert lead.get(PAGE).status_code == 200
    for browser in (lead, kari):
        assert browser.get(f"{PAGE}raw/{kept.pk}/").status_code == 403
        assert browser.post(f"{PAGE}{support.pk}/test/").status_code == 403


def test_what_did_not_arrive_is_sent_again(astrid: Client, world: World, support: Inbox) -> None:
    conversation = world.hears(world.ingrid)
    message = conversation.messages.create(
        direction="out", author="agent", external_id="a", text="Hei", delivery="failed"
    )
    dispatch = Dispatch.objects.create(
        message=message, inbox=support, identity=world.ingrid, state="failed", error="blocked"
    )
    assert "The customer has blocked us." in astrid.get(PAGE).content.decode()
    for _twice in range(2):
        astrid.post(f"{PAGE}again/{dispatch.pk}/")
    dispatch.refresh_from_db()
    message.refresh_from_db()
    assert (dispatch.state, message.delivery) == ("waiting", "stored")
    assert Event.objects.filter(kind="dispatch.asked").count() == 1


def test_as_many_queries_for_three_as_for_one(
    astrid: Client, world: World, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            astrid.get(PAGE)
        return len(asked)

    def more() -> None:
        inbox = Inbox.objects.create(channel="line", name="more")
        failing(inbox, "unreachable")
        message = world.hears(world.stranger()).messages.create(
            direction="out", author="agent", external_id="a", text="Hei"
        )
        Dispatch.objects.create(message=message, inbox=inbox, identity=world.ingrid, state="failed")
        Inbound.objects.create(inbox=inbox, dedup_key="k", raw=b"{}", state="failed")

    more()
    first = count()
    more()
    more()
    assert count() == first
