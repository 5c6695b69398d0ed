import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samspill.console import listing
from samspill.contacts.models import Contact
from samspill.conversations.assign import assign, assign_team
from samspill.conversations.close import close, snooze
from samspill.conversations.models import Conversation
from samspill.kit import clock
from tests.world import World


def _shown(client: Client, query: str) -> list[int]:
    html = client.get(f"/desk/?{query}").content.decode()
    return [int(pk) for pk in re.findall(r'id="row-(\d+)"', html)]


def test_each_view_shows_its_own(world: World, kari: Client) -> None:
    mine, free, away, done = (world.hears(world.stranger()) for _ in range(4))
    assign(mine, world.kari, by=world.liv, expected=None)
    snooze(away, clock.ahead(hours=1), by="agent:1")
    close(done, by="agent:1")
    Conversation.objects.filter(pk=(robot := world.hears(world.stranger())).pk).update(in_charge="assistant")
    assert _shown(kari, "view=mine") == [mine.pk]
    assert _shown(kari, "view=unassigned") == [free.pk]
    assert _shown(kari, "view=assistant") == [robot.pk]
    assert _shown(kari, "view=snoozed") == [away.pk]
    assert _shown(kari, "view=closed") == [done.pk]
    assert _shown(kari, "view=everyone") == [robot.pk, free.pk, mine.pk]


def test_filters_narrow_the_list(world: World, kari: Client) -> None:
    ingrid, lukas = world.hears(world.ingrid), world.hears(world.lukas, "Wo bleibt mein Wechselrichter?")
    assign_team(ingrid, world.support, by="agent:1")
    Conversation.objects.filter(pk=lukas.pk).update(language="de")
    assert _shown(kari, f"view=everyone&team={world.support.pk}") == [ingrid.pk]
    assert _shown(kari, "view=everyone&language=de") == [lukas.pk]
    assert _shown(kari, "view=everyone&q=ingrid") == [ingrid.pk]
    assert _shown(kari, "view=everyone&q=wechselrichter") == [lukas.pk]
    assert _shown(kari, f"view=everyone&q=%23{lukas.pk}") == [lukas.pk]


def test_pages_follow_each_other_without_gap_or_repeat(
    world: World, kari: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "PAGE", 3)
    moment = clock.now()
    made = [world.hears(world.stranger()).pk for _ in range(8)]
    Conversation.objects.update(last_message_at=moment)  # the same moment: the number decides
    address, seen = "/desk/more/?view=everyone", []
    while address:
        html = kari.get(address).content.decode()
        seen += [int(pk) for pk in re.findall(r'id="row-(\d+)"', html)]
        found = re.search(r'hx-get="([^"]*more[^"]*before[^"]*)"', html)
        address = found[1].replace("&amp;", "&") if found else ""
    assert seen == made[::-1]


@pytest.mark.parametrize("address", ["/desk/?view=everyone", "/desk/changed/?view=everyone&only=1,2,3"])
def test_more_rows_need_no_more_queries(world: World, kari: Client, address: str) -> None:
    numbers = []
    for rows in (1, 2):  # 1, then 3 in all
        for _ in range(rows):
            assign(world.hears(world.stranger("Ada")), world.ola, by=world.liv, expected=None)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            kari.get(address)
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]
    assert numbers[0] <= 12


def test_only_rows_of_the_view_come_back(world: World, kari: Client) -> None:
    one, other = world.hears(world.ingrid), world.hears(world.lukas)
    close(other, by="agent:1")
    html = kari.get(f"/desk/changed/?view=everyone&only={one.pk},{other.pk}").content.decode()
    assert f'id="row-{one.pk}"' in html
    assert f'id="row-{other.pk}"' not in html
    assert '"everyone": "1"' in html


def test_a_contact_may_have_no_name_and_an_ugly_one(world: World, kari: Client) -> None:
    conversation = world.hears(world.stranger(), "<script>alert(1)</script>")
    Contact.objects.filter(pk=conversation.contact_id).update(name="<b>x</b>")
    html = kari.get(f"/desk/c/{conversation.pk}/?view=everyone").content.decode()
    assert "<script>alert" not in html
    assert "<b>x</b>" not in html


def test_pages_carry_no_inline_code(world: World, kari: Client) -> None:
    conversation = world.hears(world.ingrid)
    html = kari.get(f"/desk/c/{conversation.pk}/").content.decode()
    assert not re.findall(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", html)
    assert not re.findall(r"\s(?:style|on\w+)=\"", html)
