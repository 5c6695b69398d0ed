"""A whole turn on the real database with the real text models."""

from samspill.assistant.models import Turn
from samspill.assistant.take_turn import take_turn
from samspill.conversations.hand_over import give_back, take_over
from samspill.conversations.models import Handover, Message
from samspill.conversations.reply import reply
from samspill.kit.models import Event
from samspill.knowledge.models import Gap, Question
from samspill.workspace.models import Workspace
from tests.assistant.shop import Shop
from tests.at_once import at_once, times


def test_an_answer_is_taken_from_an_article_and_names_it(shop: Shop) -> None:
    chat = shop.chat()
    said = chat.says("How long is the warranty on the panels?")
    assert "25 years" in said
    source = chat.last().extras["sources"][0]
    assert source["title"] == "How long is the warranty on solar panels?"
    assert source["url"].startswith("/help/en/a/")
    assert Turn.objects.get().outcome == "answered"


def test_what_no_article_says_is_admitted_and_kept_without_personal_data(shop: Shop) -> None:
    chat = shop.chat()
    said = chat.says("I am Kari, 41 23 45 67, kari@example.no: do you sell heat pumps for swimming pools?")
    assert "25 years" not in said
    question = Question.objects.get()
    assert "heat pumps" in question.text
    assert "kari@example.no" not in question.text
    assert "41 23 45 67" not in question.text
    assert Gap.objects.get().count == 1
    assert Turn.objects.get().outcome == "unknown"
    assert not chat.last().extras.get("sources")


def test_a_turn_taken_again_changes_nothing(shop: Shop) -> None:
    chat = shop.chat()
    message = chat.hears("How long is the warranty on the panels?")
    for _ in range(3):
        take_turn(message.pk)
    assert Message.objects.filter(direction="out").count() == 1
    assert Turn.objects.count() == 1
    assert Event.objects.filter(kind="turn.taken").count() == 1


def test_a_turn_taken_by_four_workers_at_once_answers_once(busy_shop: Shop) -> None:
    message = busy_shop.chat().hears("Do you sell heat pumps for swimming pools?")
    assert times(4, lambda: take_turn(message.pk)) == [None] * 4
    assert Message.objects.filter(direction="out").count() == 1
    assert (Turn.objects.count(), Question.objects.count()) == (1, 1)


def test_the_assistant_is_silent_once_a_person_wrote_while_it_was_thinking(busy_shop: Shop) -> None:
    kari = busy_shop.world.kari
    for number in range(4):
        chat = busy_shop.chat()
        message = chat.hears("How long is the warranty on the panels?")
        at_once(
            lambda message=message: take_turn(message.pk),
            lambda chat=chat, number=number: reply(chat.talk(), kari, "Hei!", f"k{number}", seen=10**9),
        )
        authors = list(chat.talk().messages.order_by("pk").values_list("author", flat=True))
        assert authors in (["contact", "agent"], ["contact", "assistant", "agent"])
        assert chat.says("and the inverters?") == ""


def test_a_person_in_charge_is_never_interrupted(shop: Shop) -> None:
    chat = shop.chat()
    chat.says("hello")
    take_over(chat.talk(), shop.world.kari)
    assert chat.says("How long is the warranty on the panels?") == ""
    assert not Turn.objects.filter(message=chat.last()).exists()


def test_after_it_was_given_back_the_assistant_answers_again(shop: Shop) -> None:
    chat = shop.chat()
    chat.says("I want to talk to a person")
    assert chat.says("How long is the warranty on the panels?") == ""
    give_back(chat.talk(), by=shop.world.kari.actor)
    assert "25 years" in chat.says("How long is the warranty on the panels?")


def test_a_handover_hands_over_what_was_said_and_since_when_somebody_waits(shop: Shop) -> None:
    chat = shop.chat()
    chat.says("where is my order?")
    chat.says("NS-10482")
    said = chat.says("I want to talk to a person")
    talk, handover = chat.talk(), Handover.objects.get()
    assert "colleague" in said
    assert (talk.in_charge, handover.reason) == ("person", "asked")
    assert handover.summary
    assert {"NS-10482"} <= {fact["value"] for fact in handover.facts}
    assert talk.waiting_since is not None
    assert abs((talk.waiting_since - handover.at).total_seconds()) < 5


def test_outside_opening_hours_it_says_so(shop: Shop) -> None:
    Workspace.objects.update(hours={})
    assert "closed right now" in shop.chat().says("I want to talk to a person")


def test_the_button_for_a_person_needs_no_words(shop: Shop) -> None:
    chat = shop.chat()
    chat.says("…", asks="person")
    assert chat.talk().in_charge == "person"
    assert Turn.objects.get().brain == "rules"


def test_strong_words_in_a_message_that_sounds_so_bring_a_person(shop: Shop) -> None:
    chat = shop.chat()
    chat.says("This is the third time I write. You are useless, a disgrace, I will complain!")
    talk = chat.talk()
    assert talk.in_charge == "person"
    assert talk.handovers.get().reason == "upset"
    assert talk.mood == "frustrated"
