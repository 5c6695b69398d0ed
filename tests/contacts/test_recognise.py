"""One address, one identity, one contact."""

import pytest

from samspill.contacts.add_address import add_address
from samspill.contacts.models import Contact, Identity
from samspill.contacts.recognise import recognise
from samspill.contacts.update import update
from samspill.kit.models import Event
from tests.at_once import times


@pytest.mark.django_db
def test_the_same_address_is_the_same_contact_however_it_is_spelt() -> None:
    first = recognise("email", "Kari@Example.no", name="Kari")
    assert recognise("email", "  kari@example.NO ") == first
    assert first.value == "Kari@Example.no"
    assert first.contact.name == "Kari"


@pytest.mark.django_db
def test_an_address_is_stored_sealed_and_looked_up_by_a_keyed_hash() -> None:
    identity = recognise("email", "kari@example.no")
    row = Identity.objects.filter(pk=identity.pk).values().get()
    assert "kari" not in str(row).lower()


@pytest.mark.django_db
def test_kinds_and_scopes_are_different_addresses() -> None:
    found = {
        recognise("visitor", "abc", scope="1").pk,
        recognise("visitor", "abc", scope="2").pk,
        recognise("external", "abc").pk,
    }
    assert len(found) == 3


@pytest.mark.django_db(transaction=True)
def test_twelve_deliveries_at_once_meet_one_contact() -> None:
    found = times(12, lambda: recognise("email", "kari@example.no").pk)
    assert len(set(found)) == 1
    assert Contact.objects.count() == 1
    assert Event.objects.filter(kind="contact.created").count() == 1


@pytest.mark.django_db
def test_a_contact_may_give_an_address_twice_but_not_somebody_elses() -> None:
    kari = recognise("visitor", "a", scope="1").contact
    given = add_address(kari, "email", "kari@example.no")
    assert given is not None
    assert given.verified_at is None
    assert add_address(kari, "email", "KARI@example.no") == given
    assert add_address(recognise("visitor", "b", scope="1").contact, "email", "kari@example.no") is None


@pytest.mark.django_db(transaction=True)
def test_an_address_given_five_times_at_once_is_noted_once() -> None:
    kari = recognise("visitor", "a", scope="1").contact
    given = times(5, lambda: add_address(kari, "email", "kari@example.no"))
    assert len({identity.pk for identity in given}) == 1
    assert Event.objects.filter(kind="identity.added").count() == 1


@pytest.mark.django_db
def test_an_update_says_which_fields_changed_and_not_to_what() -> None:
    kari = recognise("email", "kari@example.no").contact
    update(kari, by="agent:1", name="Kari Nordmann", vip=True)
    kari.refresh_from_db()
    assert (kari.name, kari.vip) == ("Kari Nordmann", True)
    assert Event.objects.get(kind="contact.updated").data == {"fields": ["name", "vip"]}
    with pytest.raises(ValueError, match="merged_into"):
        update(kari, by="agent:1", merged_into=None)
