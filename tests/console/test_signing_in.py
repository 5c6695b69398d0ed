import pytest
from django.test import Client

from samspill.workspace.invite import key_of
from samspill.workspace.models import Agent, Workspace
from tests.world import PASSWORD, World


def _sign_in(email: str, password: str, client: Client | None = None):  # type: ignore[no-untyped-def]
    return (client or Client()).post("/desk/sign-in/", {"email": email, "password": password})


def test_an_agent_signs_in_and_gets_language_theme_and_a_pass(world: World) -> None:
    answer = _sign_in("Kari@Nordlys.example", PASSWORD)
    assert answer["Location"] == "/desk/"
    assert set(answer.cookies) >= {"django_language", "theme", "live", "sessionid"}
    assert answer.cookies["live"]["path"] == "/live/desk"


@pytest.mark.parametrize(
    ("email", "password"), [("kari@nordlys.example", "wrong"), ("x@y.example", PASSWORD)]
)
def test_a_wrong_pair_says_nothing_about_which_half(world: World, email: str, password: str) -> None:
    answer = _sign_in(email, password)
    assert answer.status_code == 422
    assert b"do not match" in answer.content


def test_who_has_left_cannot_sign_in(world: World) -> None:
    assert _sign_in(world.charlie.email, PASSWORD).status_code == 422


def test_the_eleventh_try_has_to_wait(world: World) -> None:
    for _ in range(10):
        assert b"do not match" in _sign_in(world.kari.email, "wrong").content
    assert b"Too many tries" in _sign_in(world.kari.email, PASSWORD).content


def test_a_link_elsewhere_is_not_followed(world: World) -> None:
    form = {"email": world.kari.email, "password": PASSWORD, "next": "https://elsewhere.example/"}
    assert Client().post("/desk/sign-in/", form)["Location"] == "/desk/"


def test_the_first_visit_makes_the_first_admin(db: None) -> None:
    client = Client()
    assert client.get("/desk/", follow=True).redirect_chain[-1][0] == "/desk/setup/"
    form = {
        "company": "Nordlys", "name": "Astrid", "email": "a@nordlys.example", "password": PASSWORD,
        "language": "nb", "time_zone": "Europe/Oslo",
    }  # fmt: skip
    assert client.post("/desk/setup/", form)["Location"] == "/desk/"
    assert Agent.objects.get().role == "admin"
    assert Workspace.objects.get().name == "Nordlys"
    assert client.get("/desk/").status_code == 200


def test_setup_is_closed_once_somebody_works_here(world: World) -> None:
    assert Client().get("/desk/setup/")["Location"] == "/desk/sign-in/"
    assert Client().post("/desk/setup/", {})["Location"] == "/desk/sign-in/"


def test_an_invitation_works_once(world: World) -> None:
    address = f"/desk/join/{world.ola.pk}/{key_of(world.ola)}/"
    assert Client().post(address, {"password": "short"}).status_code == 200
    assert Client().post(address, {"password": "quite another one"})["Location"] == "/desk/"
    assert Client().get(address).status_code == 410
    assert _sign_in(world.ola.email, "quite another one").status_code == 302


def test_the_profile_keeps_language_and_theme(world: World, kari: Client) -> None:
    form = {"name": "Kari N.", "language": "nb", "time_zone": "Asia/Taipei", "theme": "dark"}
    answer = kari.post("/desk/profile/", form)
    assert answer.cookies["django_language"].value == "nb"
    assert answer.cookies["theme"].value == "dark"
    world.kari.refresh_from_db()
    assert (world.kari.name, world.kari.time_zone) == ("Kari N.", "Asia/Taipei")


def test_a_new_password_needs_the_present_one(world: World, kari: Client) -> None:
    fresh = {"new-present": "wrong", "new-password": "another long one"}
    assert kari.post("/desk/profile/password/", fresh).status_code == 422
    fresh["new-present"] = PASSWORD
    assert kari.post("/desk/profile/password/", fresh).status_code == 302
    assert kari.get("/desk/").status_code == 200
