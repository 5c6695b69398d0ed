from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, connection

from samspill.contacts import consent
from samspill.contacts.models import Consent, Contact
from samspill.contacts.recognise import recognise
from samspill.kit.models import Event

REFUSE = """
CREATE FUNCTION refuse_events() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'refused'; END $$;
CREATE TRIGGER refuse_events BEFORE INSERT ON samspill_event FOR EACH ROW
    WHEN (NEW.kind = '%s') EXECUTE FUNCTION refuse_events();
"""


@pytest.fixture
def kari(db: None) -> Contact:
    return recognise("email", "kari@example.no").contact


def test_nobody_has_consented_before_he_was_asked(kari: Contact) -> None:
    assert not consent.has_given(kari, consent.SERVICE, "webchat")


def test_the_latest_answer_counts_and_none_is_forgotten(kari: Contact) -> None:
    for given in (True, False, True, False):
        consent.record(kari, consent.SERVICE, "webchat", given=given)
        assert consent.has_given(kari, consent.SERVICE, "webchat") is given
    assert list(kari.consents.order_by("pk").values_list("given", flat=True)) == [True, False, True, False]
    kinds = Event.objects.filter(kind__startswith="consent.").order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["consent.given", "consent.withdrawn"] * 2


def test_an_answer_holds_for_its_purpose_and_channel_only(kari: Contact) -> None:
    consent.record(kari, consent.SERVICE, "webchat", given=True)
    assert not consent.has_given(kari, "marketing", "webchat")
    assert not consent.has_given(kari, consent.SERVICE, "email")


def test_the_wording_the_person_saw_is_kept(kari: Contact) -> None:
    assert consent.record(kari, consent.SERVICE, "webchat", given=True).wording == consent.WORDING


@pytest.mark.django_db(transaction=True)
def test_an_answer_without_its_event_is_not_kept() -> None:
    kari = recognise("email", "kari@example.no").contact
    with refusing_events("consent.given"), pytest.raises(DatabaseError, match="refused"):
        consent.record(kari, consent.SERVICE, "webchat", given=True)
    assert Consent.objects.count() == 0


@contextmanager
def refusing_events(kind: str) -> Iterator[None]:
    """The database takes no event of `kind`."""
    with connection.cursor() as cursor:
        cursor.execute(REFUSE % kind)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP FUNCTION refuse_events CASCADE")
