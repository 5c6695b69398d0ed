import pytest

from samspill.contacts import consent
from samspill.contacts.merge import merge
from samspill.contacts.models import Merge
from samspill.contacts.recognise import recognise
from samspill.conversations.attach import attach
from samspill.conversations.models import Conversation
from samspill.conversations.receive import receive
from samspill.kit.models import Event
from tests.at_once import at_once
from tests.conversations.files import upload
from tests.world import World


def test_everything_of_the_merged_contact_moves_and_the_log_says_what(world: World) -> None:
    talk = world.hears(world.ingrid)
    consent.record(world.ingrid.contact, consent.SERVICE, "webchat", given=True)
    kept, merged = recognise("email", "ingrid@example.no").contact, world.ingrid.contact
    file = attach(upload(b"%PDF-1.7 receipt"), contact=merged)
    log = merge(kept, merged, by="system")
    assert set(kept.identities.values_list("kind", flat=True)) == {"email", "visitor"}
    assert list(kept.conversations.values_list("pk", flat=True)) == [talk.pk]
    assert consent.has_given(kept, consent.SERVICE, "webchat")
    assert {name: len(ids) for name, ids in log.moved.items() if ids} == {
        "identities": 1,
        "conversations": 1,
        "consents": 1,
        "attachment_set": 1,
    }
    merged.refresh_from_db()
    file.refresh_from_db()
    assert merged.merged_into == kept
    assert file.contact == kept  # chosen before, sent after


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


def test_a_conversation_begun_during_a_merge_belongs_to_the_one_who_is_kept(busy_world: World) -> None:
    for number in range(5):
        visitor, kept = busy_world.stranger(), recognise("email", f"{number}@example.no").contact
        done = at_once(
            lambda visitor=visitor: receive(busy_world.shop, visitor, "Hei", "first"),
            lambda visitor=visitor, kept=kept: merge(kept, visitor.contact, by="system"),
        )
        assert not [one for one in done if isinstance(one, Exception)]
        assert Conversation.objects.get(identity=visitor).contact == kept
