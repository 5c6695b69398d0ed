import pytest

from samspill.contacts import consent
from samspill.contacts.merge import merge
from samspill.contacts.models import Merge
from samspill.contacts.recognise import recognise
from samspill.kit.models import Event
from tests.world import World


def test_everything_of_the_merged_contact_moves_and_the_log_says_what(world: World) -> None:
    talk = world.hears(world.ingrid)
    consent.record(world.ingrid.contact, consent.SERVICE, "webchat", given=True)
    kept, merged = recognise("email", "ingrid@example.no").contact, world.ingrid.contact
    log = merge(kept, merged, by="system")
    assert set(kept.identities.values_list("kind", flat=True)) == {"email", "visitor"}
    assert list(kept.conversations.values_list("pk", flat=True)) == [talk.pk]
    assert consent.has_given(kept, consent.SERVICE, "webchat")
    assert {name: len(ids) for name, ids in log.moved.items()} == {
        "identities": 1,
        "conversations": 1,
        "consents": 1,
    }
    merged.refresh_from_db()
    assert merged.merged_into == kept


def test_a_merge_fills_in_what_was_not_known_and_overwrites_nothing(world: World) -> None:
    kept = recognise("email", "ingrid@example.no", name="I. Berg").contact
    merge(kept, world.ingrid.contact, by="system")
    kept.refresh_from_db()
    assert (kept.name, kept.language) == ("I. Berg", "nb")


def test_a_merge_leaves_one_event_without_names(world: World) -> None:
    kept = recognise("email", "ingrid@example.no").contact
    merge(kept, world.ingrid.contact, by="system")
    event = Event.objects.get(kind="contact.merged")
    assert (event.contact_id, event.data) == (kept.pk, {"merged": world.ingrid.contact_id})
    assert Merge.objects.get().by == "system"


@pytest.mark.django_db
def test_what_was_merged_writes_on_as_the_one_who_was_kept() -> None:
    kept, merged = recognise("email", "a@example.no"), recognise("visitor", "v", scope="1")
    merge(kept.contact, merged.contact, by="system")
    assert recognise("visitor", "v", scope="1").contact == kept.contact
