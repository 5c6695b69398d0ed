from collections.abc import Callable

import pytest
from django.test import Client

from samspill.care.models import CareSettings, Finding, Review
from samspill.care.review import begin, carry_out
from samspill.contacts.add_address import add_address
from samspill.contacts.models import Contact
from samspill.kit import clock
from samspill.workspace.models import Agent
from tests.world import World

At = Callable[[Agent], Client]


@pytest.fixture
def found(world: World) -> Finding:
    """Ingrid twice, and a review that saw it."""
    twin = world.stranger("Berg, Ingrid").contact
    add_address(twin, "phone", "22 33 44 55")
    add_address(world.ingrid.contact, "phone", "+4722334455")
    carry_out(begin(by="agent:1"))
    return Finding.objects.get(kind="duplicate")


def test_before_the_first_review_the_page_says_what_it_is_for(world: World, kari: Client) -> None:
    html = kari.get("/desk/care/").content.decode()
    assert "No review yet" in html
    assert "Review now" not in html


def test_the_queue_says_what_why_and_what_will_change(world: World, kari: Client, found: Finding) -> None:
    html = kari.get("/desk/care/?kind=duplicate").content.decode()
    for words in ("These two may be one person", "same telephone number", "same name", "is taken into"):
        assert words in html


def test_accept_reject_and_undo(world: World, kari: Client, found: Finding) -> None:
    kari.post(f"/desk/care/{found.pk}/accept/")
    assert Contact.objects.exclude(merged_into=None).count() == 1
    kari.post(f"/desk/care/{found.pk}/undo/")
    assert Contact.objects.exclude(merged_into=None).count() == 0
    kari.post(f"/desk/care/{found.pk}/reject/")
    found.refresh_from_db()
    assert (found.state, found.settled_by) == ("rejected", world.kari.actor)
    answer = kari.post(f"/desk/care/{found.pk}/accept/", headers={"HX-Request": "true"})
    assert "decided about this already" in answer["HX-Trigger"]


def test_many_plain_repairs_at_once(world: World, kari: Client) -> None:
    for number in (world.ingrid, world.lukas):
        add_address(number.contact, "phone", f"+49 30 90182{number.pk % 10}0")
    carry_out(begin(by="agent:1"))
    assert "Repair all 2" in kari.get("/desk/care/").content.decode()
    kari.post("/desk/care/many/", {"about": "country"})
    assert Contact.objects.filter(country="DE").count() == 2


def test_somebody_else_takes_it(world: World, kari: Client, found: Finding) -> None:
    kari.post(f"/desk/care/{found.pk}/assign/", {"owner": world.ola.pk})
    found.refresh_from_db()
    assert found.owner == world.ola


def test_what_is_late_is_counted(world: World, kari: Client, found: Finding) -> None:
    Finding.objects.filter(pk=found.pk).update(due_on=clock.ago(days=2).date(), owner=world.kari)
    assert f"finding-{found.pk}" in kari.get("/desk/care/?owner=overdue").content.decode()
    assert f"finding-{found.pk}" in kari.get("/desk/care/?owner=mine").content.decode()


def test_leads_begin_a_review_and_admins_plan(world: World, at: At) -> None:
    liv, astrid = at(world.liv), at(world.astrid)
    liv.post("/desk/care/review/")
    assert "under way" in liv.get("/desk/care/").content.decode()
    assert Review.objects.count() == 1
    astrid.post(
        "/desk/care/settings/", {"every_months": 3, "stale_months": 12, "due_days": 5, "owner": world.liv.pk}
    )
    assert (CareSettings.objects.get().every_months, CareSettings.objects.get().owner) == (3, world.liv)
