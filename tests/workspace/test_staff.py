"""Who works here: founding, inviting, changing, leaving."""

import pytest

from samspill.kit.models import Event
from samspill.workspace.found import AlreadyFounded, found
from samspill.workspace.invite import choose_password, invite, invited, key_of
from samspill.workspace.models import Agent, Team
from samspill.workspace.profile import change_profile, choose_theme
from samspill.workspace.staff import LastAdmin, change, deactivate, reactivate
from samspill.workspace.teams import add_team, remove_team, rename_team
from tests.at_once import at_once, times
from tests.world import PASSWORD, World

COMPANY = {"name": "A", "password": PASSWORD, "language": "nb", "time_zone": "Europe/Oslo"}


def test_a_company_is_founded_once(world: World) -> None:
    with pytest.raises(AlreadyFounded):
        found("Thief AS", email="thief@example.no", **COMPANY)
    assert not Agent.objects.filter(email="thief@example.no").exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_founders_at_once_one_comes_too_late() -> None:
    outcomes = at_once(*[lambda n=n: found("A", email=f"{n}@example.no", **COMPANY) for n in range(4)])
    assert sorted(type(one).__name__ for one in outcomes) == ["Agent", *["AlreadyFounded"] * 3]
    assert Agent.objects.get().is_admin


def test_an_invitation_opens_once(world: World) -> None:
    nils = invite("Nils", "Nils@Nordlys.example", "agent", [world.support], by=world.astrid)
    key = key_of(nils)
    assert invited(nils.pk, key) == nils
    assert (nils.email, nils.has_usable_password()) == ("nils@nordlys.example", False)
    choose_password(nils, PASSWORD)
    assert invited(nils.pk, key) is None
    assert nils.check_password(PASSWORD)


def test_a_key_opens_nobody_elses_page_and_none_of_who_has_left(world: World) -> None:
    key = key_of(world.kari)
    assert invited(world.ola.pk, key) is None
    assert invited(10**9, key) is None
    deactivate(world.kari, by=world.astrid)
    assert invited(world.kari.pk, key) is None


def test_an_agent_gets_another_name_role_and_team(world: World) -> None:
    change(world.kari, name="Kari B", role="lead", teams=[], by=world.astrid)
    world.kari.refresh_from_db()
    assert (world.kari.name, world.kari.is_lead, world.kari.teams.count()) == ("Kari B", True, 0)


def test_the_last_admin_stays_one(world: World) -> None:
    with pytest.raises(LastAdmin):
        deactivate(world.astrid, by=world.astrid)
    with pytest.raises(LastAdmin):
        change(world.astrid, name="A", role="agent", teams=[], by=world.astrid)
    change(world.liv, name="Liv", role="admin", teams=[], by=world.astrid)
    deactivate(world.astrid, by=world.liv)


def test_two_admins_who_remove_each_other_at_once_leave_one(busy_world: World) -> None:
    astrid, liv = busy_world.astrid, busy_world.liv
    change(liv, name="Liv", role="admin", teams=[], by=astrid)
    outcomes = at_once(lambda: deactivate(astrid, by=liv), lambda: deactivate(liv, by=astrid))
    assert sorted(type(one).__name__ for one in outcomes) == ["LastAdmin", "NoneType"]
    assert Agent.objects.filter(role="admin", is_active=True).count() == 1


def test_leaving_and_coming_back_are_told_once_each(world: World) -> None:
    for _ in range(2):
        deactivate(world.kari, by=world.astrid)
    for _ in range(2):
        reactivate(world.kari, by=world.astrid)
    told = Event.objects.filter(data={"agent": world.kari.pk})
    assert told.filter(kind="agent.deactivated").count() == 1
    assert told.filter(kind="agent.reactivated").count() == 1


def test_a_team_comes_changes_and_goes(world: World) -> None:
    team = add_team("Salg", by=world.astrid)
    rename_team(team, "Sales", by=world.astrid)
    assert Team.objects.get(pk=team.pk).name == "Sales"
    world.kari.teams.add(team)
    remove_team(team, by=world.astrid)
    assert Agent.objects.filter(pk=world.kari.pk).exists()


def test_how_an_agent_sees_the_desk_is_kept(world: World) -> None:
    change_profile(world.kari, name="K", language="de", time_zone="Europe/Berlin", theme="dark")
    choose_theme(world.kari, "light")
    world.kari.refresh_from_db()
    assert (world.kari.language, world.kari.time_zone, world.kari.theme) == ("de", "Europe/Berlin", "light")


def test_the_company_is_made_once_however_many_ask(transactional_db: None) -> None:
    from samspill.workspace.current import workspace

    assert len({one.pk for one in times(6, workspace)}) == 1
