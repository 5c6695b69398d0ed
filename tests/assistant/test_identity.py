"""Orders are shown to those who prove to own them; others learn nothing, not even by looking closely."""

from datetime import timedelta

import pytest

from samspill.assistant.models import Dialogue
from samspill.channels.webchat import vouched
from samspill.channels.webchat.vouched import Customer
from samspill.channels.webchat.welcome import welcome
from samspill.contacts.models import Code
from samspill.conversations.models import Message
from samspill.kit import clock
from samspill.kit.models import Event
from tests.assistant.shop import HERS, HIS, INGRID, LUKAS, NOBODYS, SECRETS, Chat, Shop, rows, run_jobs


def tells_nothing(text: str) -> bool:
    return not [secret for secret in SECRETS if secret in text]


def test_consent_number_code_and_then_the_order(shop: Shop) -> None:
    chat = shop.chat(agreed=False)
    assert "Is that OK?" in chat.says("where is my order?")
    assert "order number" in chat.says("yes")
    said = chat.says(HERS)
    assert "If this order exists" in said
    assert shop.mailbox.received == []
    run_jobs("assistant.jobs.mail_code")
    (to, text) = shop.mailbox.received[0]
    assert to == [INGRID]
    assert "Nordlys Solar" in text
    shown = chat.says(shop.code_for(INGRID))
    assert f"Order {HERS} has been sent" in shown
    assert f"https://track.example/TRACK{HERS}" in shown
    assert chat.last().extras["card"]


def test_without_consent_no_number_is_asked_for(shop: Shop) -> None:
    chat = shop.chat(agreed=False)
    chat.says("where is my order?")
    assert "order number" not in chat.says("no")
    assert Code.objects.count() == 0


def test_a_wrong_code_shows_nothing_and_the_right_one_still_works(shop: Shop) -> None:
    chat = shop.chat()
    chat.asks_for(HERS)
    right = shop.code_for(INGRID)
    said = chat.says(f"{(int(right) + 1) % 10**6:06d}")
    assert "isn't right" in said
    assert tells_nothing(said)
    assert HERS in chat.says(right)


def test_after_five_wrong_codes_a_person_has_to_help(shop: Shop) -> None:
    chat = shop.chat()
    chat.asks_for(HERS)
    right = shop.code_for(INGRID)
    wrong = f"{(int(right) + 1) % 10**6:06d}"
    said = [chat.says(wrong) for _ in range(5)] + [chat.says(right)]
    assert all(tells_nothing(one) for one in said)
    assert chat.talk().in_charge == "person"


def test_an_old_code_has_expired(shop: Shop) -> None:
    chat = shop.chat()
    chat.asks_for(HERS)
    Code.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    said = chat.says(shop.code_for(INGRID))
    assert "expired" in said
    assert tells_nothing(said)


def test_an_order_that_does_not_exist_looks_like_one_that_does(shop: Shop) -> None:
    def look(number: str) -> tuple[object, ...]:
        before, chat = rows(), shop.chat()
        said = chat.asks_for(number)[:2]
        after = rows()
        said += [chat.says(guess) for guess in ("111111", "222222", "333333")]
        extras = [m.extras for m in chat.talk().messages.filter(direction="out")]
        grown = {name: after[name] - before[name] for name in after if name not in KNOWN_BY_MAIL}
        return said, extras, grown, _widths(chat)

    assert look(HERS) == look(NOBODYS)


KNOWN_BY_MAIL = {
    "RateCount",
    "Contact",
    "Identity",
    "Event",
}  # the mail job meets the owner; no visitor sees that


def _widths(chat: Chat) -> tuple[int, ...]:
    code = Code.objects.get(visitor=chat.visitor)
    return len(code.claim), len(code.sealed), len(code.digest)


def test_the_turn_itself_leaves_the_same_rows_whether_the_order_exists(shop: Shop) -> None:
    def grown(number: str) -> dict[str, int]:
        chat = shop.chat()
        chat.says("where is my order?")
        before = rows()
        chat.says(number)
        return {name: number - before[name] for name, number in rows().items()}

    assert grown(HERS) == grown(NOBODYS)


def test_guessing_numbers_reveals_nothing_and_ends_soon(shop: Shop) -> None:
    chat = shop.chat()
    chat.says("where is my order?")
    said = {chat.says(number) for number in (HERS, NOBODYS, HIS, "NS-00001", HERS, "NS-00002", HIS, HERS)}
    run_jobs("assistant.jobs.mail_code")
    assert all(tells_nothing(one) for one in said)
    assert Code.objects.count() <= 5
    assert len(shop.mailbox.received) <= 1  # every code but the latest is used up before it is mailed


def test_many_strangers_cannot_flood_one_customer_with_codes(shop: Shop) -> None:
    for _ in range(7):
        shop.chat().asks_for(HERS)
    assert len(shop.mailbox.received) == 5


def test_who_is_verified_sees_his_own_and_nobody_elses(shop: Shop) -> None:
    lukas = shop.chat()
    assert HIS in lukas.proves(HIS, LUKAS)
    lukas.says("where is my order?")
    hers = lukas.says(HERS)
    lukas.says("cancel")
    lukas.says("where is my order?")
    nobodys = lukas.says(NOBODYS)
    assert f"can't find order {HERS}" in hers
    assert hers.replace(HERS, "?") == nobodys.replace(NOBODYS, "?")
    assert tells_nothing(hers)


def test_a_visitor_the_shop_vouches_for_needs_no_code(shop: Shop) -> None:
    inbox = shop.world.shop
    visitor = welcome(inbox, None, vouched.sign(inbox, Customer(INGRID, "Ingrid")))
    chat = Chat(shop, visitor.met("en"))
    chat.says("where is my order?")
    chat.says("yes")
    said = chat.says(HERS)
    assert f"Order {HERS} has been sent" in said
    assert Code.objects.count() == 0


def test_a_visitor_the_shop_vouches_for_sees_his_own_orders_only(shop: Shop) -> None:
    inbox = shop.world.shop
    visitor = welcome(inbox, None, vouched.sign(inbox, Customer(LUKAS, "Lukas")))
    chat = Chat(shop, visitor.met("en"))
    chat.says("where is my order?")
    chat.says("yes")
    assert tells_nothing(chat.says(HERS))


@pytest.mark.parametrize("number", [HERS, NOBODYS])
def test_nothing_is_kept_of_a_claim_once_the_mail_is_on_its_way(shop: Shop, number: str) -> None:
    shop.chat().asks_for(number)
    code = Code.objects.get()
    assert (code.claim, code.sealed) == ("", "")


def test_events_of_a_whole_proof_hold_nothing_personal(shop: Shop) -> None:
    chat = shop.chat()
    chat.proves(HERS, INGRID)
    told = " ".join(f"{event.kind} {event.actor} {event.data}" for event in Event.objects.all())
    for secret in (INGRID, "ingrid", HERS, shop.code_for(INGRID), *SECRETS):
        assert secret not in told
    assert Dialogue.objects.count() == 1
    assert Message.objects.filter(direction="in").count() == 3
