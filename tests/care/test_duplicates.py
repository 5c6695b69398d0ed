from collections.abc import Callable

import pytest

from samspill.care import review as reviewing
from samspill.care import settle
from samspill.care.candidates import pairs
from samspill.care.models import Finding, Review, Trait
from samspill.channels.webchat.continuing import continue_at
from samspill.contacts.add_address import add_address
from samspill.contacts.merge import merge, undo
from samspill.contacts.models import Contact, Identity, Merge
from samspill.contacts.recognise import recognise
from samspill.contacts.update import update
from samspill.kit import clock
from samspill.kit.models import Event
from tests.care.conftest import Person
from tests.world import World

Run = Callable[[], None]


def _duplicates() -> list[tuple[int, int]]:
    rows = reviewing.open_findings().filter(kind="duplicate").order_by("pk")
    return list(rows.values_list("contact", "other"))


def _signs(row: Finding) -> set[str]:
    return {one["sign"] for one in row.reasons}


def test_the_same_phone_typed_in_two_ways(person: Person, review: Run) -> None:
    one, other = person("Ola Moen", phone="+47 22 33 44 55"), person("O. Moen", phone="22334455")
    review()
    found = Finding.objects.get(kind="duplicate")
    assert (found.contact, found.other) == (one, other)
    assert {"same_phone", "similar_name"} <= _signs(found)
    assert found.score > 0.9


def test_the_same_name_in_another_order_and_spelling(person: Person, review: Run) -> None:
    person("Bjørn Åge Sørlie"), person("Soerlie, Bjorn Aage")
    review()
    assert _signs(Finding.objects.get(kind="duplicate")) >= {"same_name"}


def test_many_with_the_same_name_are_many_people(person: Person, review: Run) -> None:
    for number in range(9):
        person("Anna Hansen", email=f"anna{number}@firm{number}.example")
    review()
    assert _duplicates() == []


def test_a_familys_telephone_makes_nobody_one(person: Person, review: Run) -> None:
    person("Ola Moen", phone="22334455", language="nb"), person("Kari Lien", phone="22334455 ", language="de")
    review()
    assert not Finding.objects.filter(kind="duplicate", score__gte=0.7).exists()


def test_nothing_is_merged_on_a_name_or_a_number_nobody_proved(person: Person, review: Run) -> None:
    person("Bjørn Sørlie", phone="22334455"), person("Bjørn Sørlie", phone="+4722334455")
    review()
    assert Merge.objects.count() == 0
    assert len(_duplicates()) == 1


def test_a_number_both_have_proven_joins_them_and_can_be_undone(person: Person, review: Run) -> None:
    person("Bjørn Sørlie", phone="22334455"), person("B. Sørlie", phone="+4722334455")
    Identity.objects.filter(kind="phone").update(verified_at=clock.now())
    review()
    found = Finding.objects.get(kind="duplicate")
    assert (found.state, found.settled_by, found.merge.by) == ("accepted", "system", "system")
    settle.undo(found, by="agent:1")
    assert Contact.objects.exclude(merged_into=None).count() == 0


def test_an_order_both_named(person: Person, review: Run) -> None:
    person("", says="Where is NS-10432?"), person("", says="ns 10432 has not come")
    review()
    assert _signs(Finding.objects.get(kind="duplicate")) >= {"same_order"}


def test_an_address_given_in_a_chat_that_is_anothers(world: World, review: Run) -> None:
    owner = recognise("email", "ingrid@example.no").contact
    world.hears(world.ingrid)
    continue_at(world.ingrid, "ingrid@example.no")
    review()
    found = Finding.objects.get(kind="duplicate")
    assert {found.contact, found.other} == {owner, world.ingrid.contact}
    assert "gave_address" in _signs(found)


def test_accept_merges_and_undo_parts_them(person: Person, review: Run) -> None:
    one, other = person("Ola Moen", phone="22334455", says="Hei"), person("Ola Moen", phone="+4722334455")
    review()
    found = settle.accept(Finding.objects.get(kind="duplicate"), by="agent:1")
    other.refresh_from_db()
    assert (other.merged_into, found.merge.kept) == (one, one)
    settle.undo(found, by="agent:1")
    other.refresh_from_db()
    found.refresh_from_db()
    assert (other.merged_into, found.state, found.merge) == (None, "open", None)
    assert [e.kind for e in Event.objects.filter(kind__startswith="finding.")] == [
        "finding.accepted",
        "finding.reopened",
    ]


def test_what_was_rejected_comes_again_only_with_new_evidence(person: Person, review: Run) -> None:
    one, other = person("Ola Moen", phone="22334455"), person("Ola Moen", phone="+4722334455")
    review()
    settle.reject(Finding.objects.get(kind="duplicate"), by="agent:1")
    review()
    assert _duplicates() == []
    for contact in (one, other):
        add_address(contact, "email", f"ola.moen@firm{contact.pk}.example")
    review()
    assert len(_duplicates()) == 1


def test_somebody_has_decided_already(person: Person, review: Run) -> None:
    person("Ola Moen", phone="22334455"), person("Ola Moen", phone="+4722334455")
    review()
    found = Finding.objects.get(kind="duplicate")
    settle.accept(found, by="agent:1")
    with pytest.raises(settle.NotOpen):
        settle.reject(found, by="agent:2")


def test_what_is_no_longer_so_is_gone(person: Person, review: Run) -> None:
    one, _other = person("Bjørn Sørlie"), person("Bjørn Sørlie")
    review()
    update(one, by="agent:1", name="Kari Lien")
    review()
    assert Finding.objects.get(kind="duplicate").state == "gone"


def test_a_merged_record_waits_for_nobody(person: Person, review: Run) -> None:
    one, other, third = (person("Bjørn Sørlie", says="Where is NS-10432?") for _ in range(3))
    review()
    assert len(_duplicates()) == 3
    log = merge(one, other, by="agent:1")
    assert _duplicates() == [(one.pk, third.pk)]
    undo(log, by="agent:1")
    assert len(_duplicates()) == 3


def test_candidates_are_pairs_that_meet_and_no_others(person: Person, review: Run) -> None:
    people = [person(f"Nr{chr(97 + n)} Xx{chr(97 + n)}oo") for n in range(20)]
    review()
    assert list(pairs(people[0].pk, people[-1].pk)) == []
    assert Trait.objects.filter(sign="name").count() >= 20


def test_one_review_at_a_time(world: World) -> None:
    reviewing.begin(by="agent:1")
    with pytest.raises(reviewing.UnderWay):
        reviewing.begin(by="agent:2")


def test_a_review_comes_every_month_unless_told_otherwise(world: World, review: Run) -> None:
    reviewing.begin_when_due()
    reviewing.carry_out(Review.objects.get())
    reviewing.begin_when_due()
    assert Review.objects.count() == 1
    Review.objects.update(begun_at=clock.ago(days=31))
    reviewing.begin_when_due()
    assert Review.objects.count() == 2
