"""What a contact says joins one open conversation, once."""

from samspill.contacts.recognise import recognise
from samspill.conversations.attach import attach
from samspill.conversations.close import close, snooze
from samspill.conversations.models import Conversation, Message
from samspill.conversations.receive import read_by_contact, receive
from samspill.conversations.reply import reply
from samspill.kit import clock
from samspill.kit.models import Event
from tests.at_once import at_once
from tests.conversations.files import upload
from tests.world import World


def test_the_first_word_opens_a_conversation_and_the_second_joins_it(world: World) -> None:
    first, second = world.hears(world.ingrid, "Hei"), world.hears(world.ingrid, "er noen der?")
    assert first == second
    assert [message.text for message in first.messages.all()] == ["Hei", "er noen der?"]
    assert Event.objects.filter(kind="conversation.opened").count() == 1


def test_the_same_message_arrives_once(world: World) -> None:
    found = {receive(world.shop, world.ingrid, "Hei", "same").pk for _ in range(3)}
    assert len(found) == 1
    assert Event.objects.filter(kind="message.received").count() == 1


def test_two_people_have_two_conversations(world: World) -> None:
    assert world.hears(world.ingrid) != world.hears(world.lukas)


def test_what_comes_after_the_end_opens_a_new_conversation(world: World) -> None:
    first = world.hears(world.ingrid)
    close(first, by=world.kari.actor)
    assert world.hears(world.ingrid) != first


def test_who_writes_wakes_what_was_snoozed(world: World) -> None:
    talk = world.hears(world.ingrid)
    snooze(talk, clock.ahead(days=1), by=world.kari.actor)
    world.hears(world.ingrid, "en ting til")
    talk.refresh_from_db()
    assert (talk.status, talk.snoozed_until) == ("open", None)


def test_the_wait_counts_from_the_first_word_that_nobody_answered(world: World) -> None:
    talk = world.hears(world.ingrid)
    since = talk.waiting_since
    talk = world.hears(world.ingrid, "hallo?")
    assert since is not None
    assert talk.waiting_since == since


def test_a_file_of_somebody_else_or_sent_already_does_not_travel_again(world: World) -> None:
    file = attach(upload(b"%PDF-1.7 x", "a.pdf"), contact=world.ingrid.contact)
    first = receive(world.shop, world.ingrid, "se", "with-file", attachments=[file])
    receive(world.shop, world.lukas, "meins", "stolen", attachments=[file])
    file.refresh_from_db()
    assert file.message == first


def test_what_the_contact_has_seen_is_told_once(world: World) -> None:
    talk = world.hears(world.ingrid)
    answer = reply(talk, world.kari, "Hei!", "k1", seen=10**9)
    for _ in range(2):
        read_by_contact(talk, answer.pk)
    answer.refresh_from_db()
    assert answer.delivery == "read"
    assert Event.objects.filter(kind="message.read").count() == 1


def test_ten_first_words_at_once_open_one_conversation(busy_world: World) -> None:
    shop, ingrid = busy_world.shop, busy_world.ingrid
    doings = [lambda n=n: receive(shop, ingrid, f"nr {n}", f"id-{n}").conversation_id for n in range(10)]
    assert len(set(at_once(*doings))) == 1
    assert (Conversation.objects.count(), Message.objects.count()) == (1, 10)


def test_the_same_word_of_a_stranger_ten_times_at_once_is_kept_once(busy_world: World) -> None:
    def deliver() -> int:
        return receive(busy_world.shop, recognise("email", "new@example.no"), "Hei", "only one").pk

    found = at_once(*[deliver] * 10)
    assert len(set(found)) == 1
    assert (Conversation.objects.count(), Message.objects.count()) == (1, 1)
