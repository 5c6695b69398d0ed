"""Taking merges back: whatever came since, in whatever order, everybody has what they would have without the merge."""

import random
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from samspill.commerce.models import Return
from samspill.contacts import consent
from samspill.contacts.add_address import add_address
from samspill.contacts.merge import CannotMerge, CannotUndo, merge, root_of, undo
from samspill.contacts.models import Consent, Contact, Identity, Merge
from samspill.contacts.recognise import recognise
from samspill.contacts.update import update
from samspill.conversations.close import close
from samspill.conversations.models import Attachment, Conversation, Inbox
from samspill.conversations.receive import receive
from samspill.kit.models import Event
from tests.world import World

PEOPLE, STEPS = 6, 34
PROGRAMS = [*range(10), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(10, 60))]
Step = tuple[str, int, int]


class Story:
    """A run of steps on people called 0, 1, 2 …; steps named in `without` never happen."""

    def __init__(self, inbox: Inbox, without: frozenset[int] = frozenset()) -> None:
        self.inbox, self.without = inbox, without
        self.people: list[Contact] = []
        self.identities: list[Identity] = []
        self.names: dict[tuple[str, int], str] = {}
        self.logs: dict[int, Merge] = {}
        self.skipped: set[int] = set()  # what could not be done

    def run(self, steps: list[Step]) -> "Story":
        """Live through it."""
        for number in range(PEOPLE):
            self._note(recognise("visitor", f"v{number}", scope=str(self.inbox.pk)), f"visitor {number}")
            self.people.append(self.identities[-1].contact)
        for place, (act, left, right) in enumerate(steps):
            doing: Callable[[int, int, int], None] = getattr(self, f"_{act}")
            doing(place, left, right)
        return self

    def state(self) -> dict[str, Any]:
        """Who has what, by names that do not depend on the run."""
        numbers = {contact.pk: number for number, contact in enumerate(self.people)}

        def owned(model: Any) -> dict[str, int]:
            named = {pk: name for (kind, pk), name in self.names.items() if kind == model.__name__}
            return {named[row.pk]: numbers[row.contact_id] for row in model.objects.filter(pk__in=named)}

        people = [Contact.objects.get(pk=contact.pk) for contact in self.people]
        return {
            "fields": [(one.name, one.language, one.country, one.vip, one.attributes) for one in people],
            "into": [numbers.get(one.merged_into_id or 0) for one in people],
            **{
                model.__name__: owned(model)
                for model in (Identity, Conversation, Consent, Attachment, Return)
            },
        }

    def _note(self, identity: Identity, name: str) -> None:
        self.identities.append(identity)
        self.names["Identity", identity.pk] = name

    def _writes(self, place: int, left: int, right: int) -> None:
        identity = Identity.objects.get(pk=self.identities[left % PEOPLE].pk)
        said = receive(self.inbox, identity, "Hello", f"m{place}").conversation
        self.names.setdefault(("Conversation", said.pk), f"talk at {place}")
        if right % 2:
            close(said, by="system")

    def _agrees(self, place: int, left: int, right: int) -> None:
        identity = Identity.objects.get(pk=self.identities[left % PEOPLE].pk)
        row = consent.record(identity.contact, "service", "webchat", given=bool(right % 2), identity=identity)
        self.names["Consent", row.pk] = f"consent at {place}"

    def _uploads(self, place: int, left: int, right: int) -> None:
        identity = Identity.objects.get(pk=self.identities[left % PEOPLE].pk)
        facts = {"contact": identity.contact, "identity": identity, "name": "a", "kind": "b", "size": 1}
        row = Attachment.objects.create(sha256="", **facts)
        self.names["Attachment", row.pk] = f"file at {place}"
        row = Return.objects.create(
            number=f"R{place}", order_number=f"O{place}", sku="s", key=f"k{place}",
            contact=identity.contact, identity=identity,
        )  # fmt: skip
        self.names["Return", row.pk] = f"return at {place}"

    def _names_address(self, place: int, left: int, right: int) -> None:
        identity = Identity.objects.get(pk=self.identities[left % PEOPLE].pk)
        noted = add_address(identity.contact, "email", f"{place}@example.no", given_by=identity)
        assert noted
        self._note(noted, f"address at {place}")

    def _is_edited(self, place: int, left: int, right: int) -> None:
        contact = Contact.objects.get(pk=self.people[left % PEOPLE].pk)
        if contact.merged_into_id or place in self.without:
            self.skipped.add(place)
            return
        change: dict[str, Any] = [
            {"name": f"name {place}"}, {"language": "nb"}, {"language": "de"}, {"name": ""}, {"country": "NO"},
            {"vip": True}, {"attributes": contact.attributes | {"size": place}}, {"attributes": {}},
        ][right % 8]  # fmt: skip
        update(contact, by="agent:1", **change)

    def _are_merged(self, place: int, left: int, right: int) -> None:
        kept, merged = (Contact.objects.get(pk=self.people[n % PEOPLE].pk) for n in (left, right))
        if place not in self.without:
            try:
                with transaction.atomic():
                    self.logs[place] = merge(kept, merged, by="agent:1")
            except CannotMerge:
                assert not self.without
                self.skipped.add(place)

    def _is_undone(self, place: int, left: int, right: int) -> None:
        held = [at for at, log in self.logs.items() if at not in self.undone()]
        if held and not self.without:
            undo(self.logs[held[left % len(held)]], by="agent:1")

    def undone(self) -> frozenset[int]:
        """The merges that were taken back."""
        gone = set(Merge.objects.exclude(undone_at=None).values_list("pk", flat=True))
        return frozenset(at for at, log in self.logs.items() if log.pk in gone)


ACTS = (
    "writes",
    "agrees",
    "uploads",
    "names_address",
    "is_edited",
    "is_edited",
    "are_merged",
    "are_merged",
    "is_undone",
)


@pytest.mark.parametrize("seed", PROGRAMS)
def test_what_was_undone_has_never_been(world: World, seed: int) -> None:
    chance = random.Random(seed)
    steps = [(chance.choice(ACTS), chance.randrange(100), chance.randrange(100)) for _ in range(STEPS)]
    point = transaction.savepoint()
    story = Story(world.shop).run(steps)
    told, never = story.state(), frozenset({-1, *story.undone(), *story.skipped})
    transaction.savepoint_rollback(point)
    assert told == Story(world.shop, never).run(steps).state()


def test_what_came_since_goes_with_the_address_it_came_by(world: World) -> None:
    kept = recognise("email", "ingrid@example.no")
    log = merge(kept.contact, world.ingrid.contact, by="agent:1")
    close(world.hears(world.ingrid), by="agent:1")
    theirs = world.hears(Identity.objects.get(pk=world.ingrid.pk), "I am back")
    ours = world.hears(kept, "By mail")
    undo(log, by="agent:1")
    theirs.refresh_from_db()
    ours.refresh_from_db()
    assert (theirs.contact, ours.contact) == (world.ingrid.contact, kept.contact)
    assert Conversation.objects.filter(contact=world.ingrid.contact).count() == 2


def test_the_event_names_no_one(world: World) -> None:
    kept = recognise("email", "ingrid@example.no").contact
    log = merge(kept, world.ingrid.contact, by="agent:1")
    undo(log, by="agent:1")
    event = Event.objects.get(kind="contact.unmerged")
    assert (event.contact_id, event.actor) == (kept.pk, "agent:1")
    assert event.data == {"merged": world.ingrid.contact_id, "merge": log.pk}


def test_what_was_changed_by_hand_stays(world: World) -> None:
    kept = recognise("email", "ingrid@example.no").contact
    log = merge(kept, world.ingrid.contact, by="agent:1")
    update(kept, by="agent:1", name="Ingrid B.")
    undo(log, by="agent:1")
    kept.refresh_from_db()
    assert (kept.name, kept.language) == ("Ingrid B.", "")


def test_it_is_undone_once(world: World) -> None:
    log = merge(recognise("email", "i@example.no").contact, world.ingrid.contact, by="agent:1")
    undo(log, by="agent:1")
    with pytest.raises(CannotUndo) as refused:
        undo(log, by="agent:1")
    assert refused.value.code == "undone"


def test_nobody_is_merged_with_themselves_or_twice(world: World) -> None:
    with pytest.raises(CannotMerge) as same:
        merge(world.ingrid.contact, world.ingrid.contact, by="agent:1")
    merge(world.lukas.contact, world.ingrid.contact, by="agent:1")
    with pytest.raises(CannotMerge) as again:
        merge(world.yijun.contact, world.ingrid.contact, by="agent:1")
    assert (same.value.code, again.value.code) == ("same", "merged")
    assert root_of(world.ingrid.contact) == world.lukas.contact
