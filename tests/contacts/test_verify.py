"""Proving an address: what a right code opens, and that everything else stays shut."""

from datetime import timedelta

import pytest

from samspill.contacts import verify
from samspill.contacts.models import Code, Contact, Identity
from samspill.contacts.recognise import recognise
from samspill.kit import clock, crypto, rate
from tests.at_once import at_once
from tests.world import World


def ask(visitor: Identity, owner: Identity | None) -> str:
    """The code as the owner of the address reads it in his mail."""
    code = verify.new_code(visitor, "NS-10001", "nb")
    if owner:
        assert verify.address(code, owner)
    return crypto.unseal(code.sealed)


def wrong(text: str) -> str:
    return f"{(int(text) + 1) % 1_000_000:06d}"


@pytest.fixture
def visitor(db: None) -> Identity:
    return recognise("visitor", "browser", scope="1")


@pytest.fixture
def owner(db: None) -> Identity:
    return recognise("email", "kari@example.no", name="Kari")


def test_the_right_code_proves_the_address_and_joins_the_two(visitor: Identity, owner: Identity) -> None:
    assert verify.check_code(visitor, ask(visitor, owner)) == "verified"
    visitor.refresh_from_db()
    assert visitor.contact == owner.contact
    assert verify.proven_addresses(visitor) == {owner.value_hash}


def test_a_code_works_once(visitor: Identity, owner: Identity) -> None:
    text = ask(visitor, owner)
    assert [verify.check_code(visitor, text) for _ in range(2)] == ["verified", "expired"]


def test_a_wrong_code_proves_nothing(visitor: Identity, owner: Identity) -> None:
    assert verify.check_code(visitor, wrong(ask(visitor, owner))) == "wrong"
    assert verify.proven_addresses(visitor) == set()
    assert visitor.contact != owner.contact


def test_after_five_wrong_codes_the_right_one_is_refused_too(visitor: Identity, owner: Identity) -> None:
    text = ask(visitor, owner)
    assert [verify.check_code(visitor, wrong(text)) for _ in range(5)] == ["wrong"] * 5
    assert verify.check_code(visitor, text) == "locked"
    assert verify.proven_addresses(visitor) == set()


def test_a_code_expires(visitor: Identity, owner: Identity) -> None:
    text = ask(visitor, owner)
    Code.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    assert verify.check_code(visitor, text) == "expired"


def test_a_code_of_one_visitor_is_nothing_to_another(visitor: Identity, owner: Identity) -> None:
    text = ask(visitor, owner)
    thief = recognise("visitor", "other browser", scope="1")
    assert verify.check_code(thief, text) == "expired"
    ask(thief, None)
    assert verify.check_code(thief, text) == "wrong"


def test_a_code_for_nobody_is_never_right(visitor: Identity) -> None:
    assert verify.check_code(visitor, ask(visitor, None)) == "wrong"


def test_a_new_code_ends_the_one_before(visitor: Identity, owner: Identity) -> None:
    old, new = ask(visitor, owner), ask(visitor, owner)
    assert old == new or verify.check_code(visitor, old) == "wrong"
    assert verify.check_code(visitor, new) == "verified"


@pytest.mark.usefixtures("one_window")
def test_a_visitor_may_ask_five_times_an_hour(visitor: Identity) -> None:
    for _ in range(verify.CODES_AN_HOUR):
        ask(visitor, None)
    with pytest.raises(rate.TooMany):
        ask(visitor, None)
    assert Code.objects.count() == verify.CODES_AN_HOUR


def test_an_address_gets_five_codes_an_hour_whoever_asks(owner: Identity) -> None:
    def asked_by(number: int) -> bool:
        stranger = recognise("visitor", f"browser {number}", scope="1")
        return verify.address(verify.new_code(stranger, "NS-10001", "nb"), owner)

    assert [asked_by(number) for number in range(7)] == [True] * 5 + [False] * 2


def test_proof_does_not_last_for_ever(visitor: Identity, owner: Identity) -> None:
    verify.check_code(visitor, ask(visitor, owner))
    long_ago = clock.ago(hours=verify.PROOF_HOURS, minutes=1)
    Code.objects.update(proved_at=long_ago)
    Identity.objects.filter(pk=visitor.pk).update(verified_at=long_ago)
    visitor.refresh_from_db()
    assert verify.proven_addresses(visitor) == set()


def test_who_is_proven_to_be_somebody_does_not_become_somebody_else(
    visitor: Identity, owner: Identity
) -> None:
    verify.check_code(visitor, ask(visitor, owner))
    visitor.refresh_from_db()
    second = recognise("email", "ola@example.no", name="Ola")
    assert verify.check_code(visitor, ask(visitor, second)) == "verified"
    visitor.refresh_from_db()
    assert visitor.contact == owner.contact
    assert Contact.objects.filter(merged_into=None).count() == 2


def test_of_twenty_parallel_guesses_five_are_compared(busy_world: World) -> None:
    owner = recognise("email", "kari@example.no")
    text = ask(busy_world.ingrid, owner)
    guess = wrong(text)
    outcomes = at_once(*[lambda: verify.check_code(busy_world.ingrid, guess)] * 20)
    assert outcomes.count("wrong") <= verify.MOST_ATTEMPTS
    assert set(outcomes) <= {"wrong", "locked"}
    assert verify.check_code(busy_world.ingrid, text) == "locked"


def test_the_right_code_from_two_browser_tabs_at_once_counts_once(busy_world: World) -> None:
    owner = recognise("email", "kari@example.no")
    text = ask(busy_world.ingrid, owner)
    outcomes = at_once(*[lambda: verify.check_code(busy_world.ingrid, text)] * 2)
    assert sorted(outcomes) == ["expired", "verified"]
