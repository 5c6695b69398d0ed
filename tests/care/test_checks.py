"""What is found about one record, what a repair writes, and how it is taken back."""

from collections.abc import Callable

import pytest

from samspill.care import repairs, settle
from samspill.care.finding import proposal
from samspill.care.models import CareSettings, Finding, Review
from samspill.contacts.models import Contact, Identity, Organisation
from samspill.contacts.organise import domain_of
from samspill.contacts.recognise import recognise
from samspill.contacts.update import update
from samspill.conversations.assign import assign
from samspill.conversations.models import Conversation, Dispatch, Inbox, Message
from samspill.conversations.reply import say
from samspill.kit import clock
from samspill.kit.models import Event
from tests.care.conftest import Person
from tests.world import World

Run = Callable[[], None]


def _only(about: str) -> Finding:
    return Finding.objects.get(about__startswith=about, state="open")


def _repaired(about: str) -> Finding:
    return settle.accept(_only(about), by="agent:1")


def test_the_language_that_the_messages_tell(world: World, person: Person, review: Run) -> None:
    contact = person("Ola Moen", says="Hei")
    Conversation.objects.update(language="nb")
    review()
    found = _repaired("language")
    contact.refresh_from_db()
    assert (found.kind, contact.language) == ("incomplete", "nb")
    settle.undo(found, by="agent:1")
    contact.refresh_from_db()
    assert contact.language == ""
    assert _only("language").pk == found.pk


def test_what_was_changed_since_is_not_overwritten_by_undo(person: Person, review: Run) -> None:
    contact = person("Ola Moen", phone="+49 30 901820")
    review()
    found = _repaired("country")
    update(contact, by="agent:1", country="AT")
    with pytest.raises(repairs.CannotRepair) as refused:
        settle.undo(found, by="agent:1")
    contact.refresh_from_db()
    assert (refused.value.code, contact.country) == ("changed", "AT")


def test_a_phone_abroad_contradicts_the_country(person: Person, review: Run) -> None:
    person("Ola Moen", phone="+49 30 901820", country="NO")
    review()
    assert (_only("country").kind, proposal(_only("country"))) == ("conflict", {"country": "DE"})


def test_a_number_that_cannot_be_one(person: Person, review: Run) -> None:
    person("Ola Moen", phone="12")
    review()
    found = _repaired("no_number")
    assert Identity.objects.get(kind="phone").unreachable_at
    settle.undo(found, by="agent:1")
    assert Identity.objects.get(kind="phone").unreachable_at is None


def test_an_address_from_which_the_last_mail_came_back(world: World, person: Person, review: Run) -> None:
    contact = person("Ola Moen", email="ola@old.example")
    inbox = Inbox.objects.create(channel="email", name="Post")
    talk = world.hears(world.ingrid)
    said = say(talk, "Hei", "x", author=Message.Author.SYSTEM)
    Dispatch.objects.create(
        message=said, inbox=inbox, identity=contact.identities.get(kind="email"), state="failed"
    )
    review()
    assert _only("returned").contact == contact


def test_a_name_in_the_address(person: Person, review: Run) -> None:
    contact = person("", email="ingrid.berg-lie@gmail.com")
    review()
    _repaired("name")
    contact.refresh_from_db()
    assert contact.name == "Ingrid Berg-Lie"


def test_the_organisation_by_the_domain(person: Person, review: Run) -> None:
    contact, _free = person("A", email="a@nordlys-solar.example"), person("B", email="b@gmail.com")
    review()
    found = _repaired("organisation")
    contact.refresh_from_db()
    assert (contact.organisation.name, contact.organisation.domain) == (
        "Nordlys Solar",
        "nordlys-solar.example",
    )
    assert Finding.objects.filter(about="organisation").count() == 1
    settle.undo(found, by="agent:1")
    contact.refresh_from_db()
    assert contact.organisation is None
    assert Organisation.objects.count() == 1


def test_nobody_wrote_for_years(person: Person, review: Run) -> None:
    contact = person("Ola Moen")
    Contact.objects.filter(pk=contact.pk).update(created_at=clock.ago(days=800))
    review()
    _repaired("silent")
    contact.refresh_from_db()
    assert contact.attributes == {"inactive": True}


def test_a_conversation_under_somebody_else(world: World, review: Run) -> None:
    talk = world.hears(world.ingrid)
    Conversation.objects.filter(pk=talk.pk).update(contact=world.lukas.contact)
    review()
    _repaired("address")
    talk.refresh_from_db()
    assert talk.contact == world.ingrid.contact


def test_no_personal_data_lies_open(person: Person, review: Run) -> None:
    person("", email="ingrid.berg@gmail.com")
    review()
    row = _only("name")
    assert "ngrid" not in row.proposed + str(row.reasons)
    _repaired("name")
    row.refresh_from_db()
    assert "ngrid" not in str(row.undo)
    assert not [e for e in Event.objects.all() if "ngrid" in str(e.data)]


def test_who_looks_at_it_and_until_when(world: World, person: Person, review: Run) -> None:
    responsible = person("A", phone="+49 30 901820", responsible=world.ola)
    talked, nobody = (person(name, phone=f"+49 30 9018{n}0") for n, name in ((21, "B"), (22, "C")))
    talk = world.hears(talked.identities.get(kind="visitor"))
    assign(talk, world.kari, by=world.liv, expected=None)
    CareSettings.objects.create(pk=1, owner=world.liv, due_days=7)
    review()
    owners = {row.contact: row.owner for row in Finding.objects.filter(about="country")}
    assert owners == {responsible: world.ola, talked: world.kari, nobody: world.liv}
    assert {row.due_on for row in Finding.objects.all()} == {clock.ahead(days=7).date()}


def test_quality_is_the_share_of_records_nothing_is_known_against(person: Person, review: Run) -> None:
    person("Ola Moen", phone="+49 30 901820")
    for number in range(3):
        person(f"Fine {chr(97 + number) * 5}")
    review()
    seen = Review.objects.get()
    troubled = len({row.contact_id for row in Finding.objects.filter(state="open")})
    assert seen.quality == 1 - troubled / Contact.objects.count()
    assert (seen.done, seen.finished_at is not None) == (2 * seen.records, True)


@pytest.mark.parametrize(
    "address", ["a@gmail.com", "a@yahoo.co.uk", "a@web.de", "a@online.no", "a@mail.yahoo.com", "nonsense"]
)
def test_a_free_providers_domain_tells_nothing(address: str) -> None:
    assert domain_of(address) == ""


def test_the_owner_of_an_address_is_met_once(world: World) -> None:
    assert recognise("email", "a@b.example").contact == recognise("email", " A@B.example").contact
