"""Callbacks for programs: asking, reading, changing, and calling from outside."""

from datetime import timedelta

import pytest

from samspill.callbacks.models import Callback
from samspill.callbacks.permission import refuse
from samspill.callbacks.times import offers
from samspill.contacts.models import Contact
from tests.api.conftest import Caller
from tests.callbacks.conftest import Watch, watch
from tests.world import World

__all__ = ["watch"]
pytestmark = pytest.mark.usefixtures("watch")
ASKED = {"number": "912 34 567", "name": "Ingrid", "topic": "Solar panels", "id": "crm-1"}


def test_asked_twice_it_is_one(writer: Caller) -> None:
    first, again = (writer("POST", "/callbacks", ASKED) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 200)
    told = first.json()
    assert again.json()["id"] == told["id"]
    assert (told["number"], told["state"], told["source"]) == ("+4791234567", "open", "api")
    assert "/callback/" in told["link"]
    other = writer("POST", "/callbacks", {"number": "+4791234567"})
    assert (other.status_code, other.json()["id"]) == (200, told["id"])
    assert Callback.objects.count() == 1


def test_for_whom_is_said_by_id_mail_or_number(writer: Caller, world: World) -> None:
    contact = world.ingrid.contact_id
    by_id = writer("POST", "/callbacks", {"number": "912 34 567", "contact": contact}).json()
    assert by_id["contact"] == contact
    by_mail = writer("POST", "/callbacks", {"number": "912 34 568", "email": "a@example.no"}).json()
    assert Callback.objects.get(pk=by_mail["id"]).told_at.value == "a@example.no"
    by_number = writer("POST", "/callbacks", {"number": "912 34 569", "name": "Per"}).json()
    assert Contact.objects.get(pk=by_number["contact"]).name == "Per"
    assert writer("POST", "/callbacks", {"number": "912 34 560", "contact": 10**9}).status_code == 404


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"number": "12"}, 422),
        ({"at": "2020-01-01T10:00:00Z"}, 409),
        ({"at": "9999-12-31T23:59:59Z"}, 422),
        ({"wanted": {"begins": "2026-11-16T12:00:00Z", "ends": "2026-11-16T11:00:00Z"}}, 422),
        ({"wanted": {"begins": "2026-11-16T12:00:00", "ends": "2026-11-16T13:00:00"}}, 422),
    ],
)
def test_what_cannot_be_is_refused_in_words(writer: Caller, change: dict[str, object], status: int) -> None:
    answer = writer("POST", "/callbacks", ASKED | change)
    assert answer.status_code == status
    assert answer.json()["detail"]
    assert not Callback.objects.exists()


def test_who_wants_no_calls_is_not_called_by_a_program(writer: Caller, world: World) -> None:
    refuse(world.ingrid.contact)
    answer = writer("POST", "/callbacks", ASKED | {"contact": world.ingrid.contact_id})
    assert (answer.status_code, answer.json()["detail"]) == (409, "The contact does not want to be called.")


def test_they_are_listed_moved_and_cancelled(writer: Caller, reader: Caller, watch: Watch) -> None:
    pk = writer("POST", "/callbacks", ASKED).json()["id"]
    begins, ends = (moment.isoformat() for moment in offers(watch.now)[1])
    moved = writer("POST", f"/callbacks/{pk}/move", {"begins": begins, "ends": ends})
    assert moved.status_code == 200
    assert Callback.objects.get().promised_by == offers(watch.now)[1][1]
    assert [row["id"] for row in reader.get("/callbacks?state=open").json()["rows"]] == [pk]
    late = (watch.now + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert reader.get(f"/callbacks?since={late}").json()["rows"] == []
    assert reader("POST", f"/callbacks/{pk}/cancel").status_code == 403
    assert writer("POST", f"/callbacks/{pk}/cancel").json()["state"] == "cancelled"
    assert writer("POST", f"/callbacks/{pk}/cancel").status_code == 409
    assert reader.get(f"/callbacks/{pk}").json()["state"] == "cancelled"
    assert reader.get(f"/callbacks/{pk + 1}").status_code == 404


def test_an_outside_dialler_calls(writer: Caller) -> None:
    assert writer("POST", "/callbacks/next").status_code == 204
    pk = writer("POST", "/callbacks", ASKED).json()["id"]
    assert writer("POST", "/callbacks/next").json()["id"] == pk
    begun = [writer("POST", f"/callbacks/{pk}/attempts").json() for _ in range(2)]
    assert begun[0]["id"] == begun[1]["id"]
    assert writer("POST", f"/callbacks/{pk}/cancel").status_code == 409
    path = f"/callbacks/{pk}/attempts/{begun[0]['id']}"
    assert writer("PATCH", path, {"outcome": "nonsense"}).status_code == 422
    ended = [writer("PATCH", path, {"outcome": "no_answer"}) for _ in range(2)]
    assert [answer.json()["attempts_made"] for answer in ended] == [1, 1]
    assert ended[0].json()["next_at"]
    assert writer("PATCH", path, {"outcome": "answered"}).status_code == 409
    again = writer("POST", f"/callbacks/{pk}/attempts").json()
    done = writer("PATCH", f"/callbacks/{pk}/attempts/{again['id']}", {"outcome": "answered"})
    assert done.json()["state"] == "reached"
    outcomes = [row["outcome"] for row in writer.get(f"/callbacks/{pk}/attempts").json()]
    assert outcomes == ["no_answer", "answered"]
    assert writer("POST", f"/callbacks/{pk}/attempts").status_code == 409
