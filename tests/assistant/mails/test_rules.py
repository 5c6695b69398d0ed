"""Each rule that keeps a reply from going out by itself."""

import pytest

from samspill.assistant.mails.approve import approve
from samspill.assistant.mails.parts import asks, begins_formally, unwrapped
from samspill.assistant.mails.phrases import greeting, person
from samspill.assistant.mails.risks import risks
from samspill.conversations.models import Attachment, Handover
from tests.assistant.mails.letters import write_to
from tests.assistant.shop import HERS, INGRID, Shop

QUESTION = "How long is the warranty on solar panels?"


@pytest.mark.parametrize(
    ("text", "language", "kind"),
    [
        ("Ellers kontakter jeg advokaten min.", "nb", "legal"),
        ("Sonst gebe ich das meinem Anwalt.", "de", "legal"),
        ("我會請律師處理。", "zh-Hant", "legal"),
        ("You will hear from my lawyers.", "en", "legal"),
        ("Inverteren begynte å brenne i natt!", "nb", "accident"),
        ("Ich habe einen Stromschlag bekommen.", "de", "accident"),
        ("昨天冒煙了", "zh-Hant", "accident"),
        ("Please delete my data.", "en", "privacy"),
        ("Bitte um Auskunft nach DSGVO.", "de", "privacy"),
        ("Hiermit widerrufe ich den Vertrag.", "de", "cancellation"),
        ("我要退訂", "zh-Hant", "cancellation"),
        ("I want a refund.", "en", "money"),
        ("Jeg vil ha pengene tilbake.", "nb", "money"),
        ("Das ist inakzeptabel.", "de", "complaint"),
        ("Je vais saisir le tribunal.", "fr", "legal"),
    ],
)
def test_words_that_need_a_person_are_heard(text: str, language: str, kind: str) -> None:
    assert kind in risks(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Hvor lang er garantien?", "nb"),
        ("Wie lange ist die Lieferzeit? Und wo ist mein Paket?", "de"),
        ("請問保固多久？", "zh-Hant"),
        (
            "Which issue did you fix in the courtyard? I sued the app store icon.".replace("sued", "used"),
            "en",
        ),
        ("Ich klage nicht, alles bestens.", "nb"),
    ],
)
def test_ordinary_words_are_no_risk(text: str, language: str) -> None:
    assert risks(text, language) == {}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (f"{QUESTION} Otherwise I call my lawyer.", "risk"),
        (f"{QUESTION} I want to talk to a person.", "asked"),
        ("I have never seen such a terrible and rude company! You are useless, I am furious!!", "upset"),
    ],
)
def test_such_mails_go_to_a_person_however_approved(shop: Shop, text: str, reason: str) -> None:
    approve("question", 0.5, shop.world.astrid)
    thread = write_to(shop.world, INGRID, "Ingrid Berg")
    prepared = thread.says(text)
    assert Handover.objects.get().reason == reason
    assert thread.sent() == []
    if QUESTION in text:
        assert prepared is not None
        assert "25 years" in prepared.text
        assert prepared.state == "waiting"


def test_what_is_told_in_passing_is_no_complaint(shop: Shop) -> None:
    thread = write_to(shop.world, INGRID, "Ingrid Berg")
    prepared = thread.says(f"I am seldom at home during the day. {QUESTION}")
    assert prepared is not None
    assert prepared.why_waiting == "not_approved"


def test_a_mail_does_not_say_what_holds_only_now(shop: Shop) -> None:
    prepared = write_to(shop.world, INGRID, "Ingrid Berg").says("Hello, what are your opening hours?")
    assert prepared is not None
    assert "Opening hours:" in prepared.text
    assert "right now" not in prepared.text
    assert "at the moment" not in prepared.text


def test_an_approval_counts_from_its_confidence_on(shop: Shop) -> None:
    thread = write_to(shop.world, INGRID, "Ingrid Berg")
    approve("order_status", 1.0, shop.world.astrid)
    prepared = thread.says(f"Where is my order {HERS}?")
    assert prepared is not None
    assert (prepared.state, prepared.why_waiting) == ("waiting", "unsure")
    approve("order_status", 0.5, shop.world.astrid)
    again = write_to(shop.world, INGRID, "Ingrid Berg").says(f"Where is my order {HERS}?")
    assert again is not None
    assert again.state == "sent"


def test_every_point_must_be_approved(shop: Shop) -> None:
    approve("order_status", 0.5, shop.world.astrid)
    prepared = write_to(shop.world, INGRID, "Ingrid Berg").says(f"Where is my order {HERS}? {QUESTION}")
    assert prepared is not None
    assert prepared.why_waiting == "not_approved"


def test_an_unproven_sender_hears_nothing_personal_by_itself(shop: Shop) -> None:
    approve("order_status", 0.5, shop.world.astrid)
    prepared = write_to(shop.world, INGRID, proven=False).says(f"Where is my order {HERS}?")
    assert prepared is not None
    assert (prepared.state, prepared.why_waiting) == ("waiting", "unverified")


def test_nothing_goes_by_itself_to_an_address_nobody_vouches_for(shop: Shop) -> None:
    approve("question", 0.5, shop.world.astrid)
    prepared = write_to(shop.world, INGRID, proven=False).says(QUESTION)
    assert prepared is not None
    assert (prepared.state, prepared.why_waiting) == ("waiting", "unverified")


def test_an_order_is_not_told_where_others_read_along(shop: Shop) -> None:
    approve("order_status", 0.5, shop.world.astrid)
    cc = [{"address": "neighbour@example.org", "name": ""}]
    prepared = write_to(shop.world, INGRID, "Ingrid Berg").says(f"Where is my order {HERS}?", cc=cc)
    assert prepared is not None
    assert prepared.why_waiting == "others"


def test_files_are_looked_at_by_people(shop: Shop) -> None:
    from samspill.assistant.take_turn import take_turn

    approve("question", 0.5, shop.world.astrid)
    thread = write_to(shop.world, INGRID, "Ingrid Berg")
    message = thread.hears(QUESTION)
    Attachment.objects.create(message=message, name="roof.jpg", kind="image/jpeg", size=1, sha256="0" * 64)
    take_turn(message.pk)
    prepared = thread.prepared(message)
    assert prepared is not None
    assert prepared.why_waiting == "files"


def test_lines_a_mail_program_broke_are_put_together() -> None:
    text = "I bought twelve of your solar panels last year and wonder how\nlong the warranty is.\n\n- one\n- two\nBye"
    assert unwrapped(text).splitlines()[0].endswith("how long the warranty is.")
    assert "- one\n- two" in unwrapped(text)


def test_a_sentence_may_ask_without_a_question_mark() -> None:
    assert asks("Ich möchte wissen, wie lange die Garantie läuft.", "de")
    assert asks("Jeg lurer på når pakken kommer", "nb")
    assert asks("想請問保固多久", "zh-Hant")
    assert not asks("I bought the panels last year.", "en")


def test_people_are_greeted_in_their_language_and_manner() -> None:
    assert greeting("nb", "Ingrid Berg", formal=False) == "Hei Ingrid,"
    assert greeting("de", "Weber, Lukas", formal=True) == "Guten Tag Lukas Weber,"
    assert greeting("zh-Hant", "陳怡君", formal=False) == "陳怡君 您好："
    assert greeting("en", "Ann Lee", formal=True) == "Dear Ann Lee,"
    assert greeting("en", "", formal=False) == "Hello,"
    assert person("Nordlys AS") == ""
    assert person("info@example.org") == ""
    assert begins_formally("Dear Sir or Madam,\n", "en")
