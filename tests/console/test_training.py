"""The pages where the company teaches the assistant."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samspill.conversations.models import Message
from samspill.knowledge.gaps import record_question
from samspill.training import examples, intents
from samspill.training.models import Example, Golden, History, Intent, LearnedModel
from samspill.training.take_in import take_in
from tests.world import World

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}
PAGES = ["", "proposals/", "sentences/", "histories/", "models/"]


@pytest.fixture
def liv(world: World, at) -> Client:  # type: ignore[no-untyped-def]
    return at(world.liv)


@pytest.fixture
def address(world: World) -> Intent:
    return taught(world, "Change of address", "My address is new")


def taught(world: World, title: str, *texts: str) -> Intent:
    intent = intents.create(title, world.liv)
    for text in texts:
        examples.add(text, intent.name, world.liv)
    return intent


def proposed(world: World, title: str, *texts: str) -> Intent:
    waiting = [
        Example.objects.create(text=text, text_hash=text, language="en", origin="history") for text in texts
    ]
    made = intents.propose(title, [one.pk for one in waiting], None)
    assert made
    return made


def model(**more: object) -> LearnedModel:
    facts = {"data": b"x", "sha256": "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"}
    return LearnedModel.objects.create(**facts | {"encoder": "e", "examples": 3, "labels": 2} | more)


def words(client: Client, page: str) -> str:
    return client.get(f"/desk/training/{page}").content.decode()


def test_empty_pages_say_what_to_do(liv: Client):
    found = [words(liv, page) for page in PAGES]
    assert [("No intents of your own yet" in found[0]), ("Nothing is proposed" in found[1])] == [True, True]
    assert "Every sentence has its intent" in found[2]
    assert "Nothing imported yet" in found[3]
    assert "No model of your own yet" in found[4]


def test_agents_have_no_business_here_but_may_correct(world: World, kari: Client, address: Intent):
    assert kari.get("/desk/training/").status_code == 403
    message = world.hears(world.ingrid, "Vi har flyttet nå").messages.get()
    page = f"/desk/messages/{message.pk}/wants"
    assert "Change of address" in kari.get(page, **HTMX).content.decode()
    answer = kari.post(page, {"label": address.name}, **HTMX)
    assert "Wants:" in answer.content.decode()
    assert "Change of address" in answer.content.decode()
    assert Example.objects.get(origin="desk").text == "Vi har flyttet nå"
    shown = kari.get(f"/desk/c/{message.conversation_id}/").content.decode()
    assert "Change of address" in shown
    assert "choose" in kari.post(page, {"label": "nothing"}, **HTMX)["HX-Trigger"]


def test_an_export_is_uploaded_once_and_nonsense_is_refused(world: World, liv: Client):
    page, content = "/desk/training/histories/", b"text\nWhere do I find my invoice?\n"
    assert liv.post(page, {"file": SimpleUploadedFile("chat.csv", content)}).status_code == 302
    assert "chat.csv" in words(liv, "histories/")
    answer = liv.post(page, {"file": SimpleUploadedFile("again.csv", content)}, follow=True)
    assert "was imported before" in answer.content.decode()
    assert History.objects.count() == 1
    for name, bad, said in [
        ("a.png", b"\x89PNG\0", "not a text file"), 
        ("a.csv", b"", "nothing in this file"),
    ]:  # fmt: skip
        wrong = liv.post(page, {"file": SimpleUploadedFile(name, bad)})
        assert wrong.status_code == 422
        assert said in wrong.content.decode()
    assert liv.post(page).status_code == 422


def test_progress_is_asked_for_while_it_runs_and_not_after(world: World, liv: Client):
    history, _ = take_in("chat.csv", b"text\nWhere do I find my invoice?\n", world.liv)
    History.objects.update(state="reading", rows=400, done=100, skipped={"duplicate": 1, "reply": 3})
    found = words(liv, f"histories/{history.pk}/")
    assert 'value="25"' in found
    assert "every 1s" in found
    assert (
        "100 of 400 conversations read, 96 sentences kept. Left out: 3 were replies, 1 was known already."
        in found
    )
    History.objects.update(state="failed", error="no_column:Frage")
    found = words(liv, f"histories/{history.pk}/")
    assert "every 1s" not in found
    assert "There is no column “Frage” in this table." in found


def test_a_proposal_is_accepted_with_a_better_name_and_taken_back(world: World, liv: Client):
    intent = proposed(world, "Hvor er faktura", "Where is the invoice", "Invoice where")
    assert "Where is the invoice" in words(liv, "proposals/")
    where = f"/desk/training/intents/{intent.pk}"
    answer = liv.post(f"{where}/accept", {"title": "Invoice copy"}, **HTMX)
    assert f"{where}/unaccept" in answer["HX-Trigger"]
    intent.refresh_from_db()
    assert (intent.state, intent.title) == ("accepted", "Invoice copy")
    liv.post(f"{where}/unaccept", **HTMX)
    intent.refresh_from_db()
    assert intent.state == "proposed"
    liv.post(f"{where}/dismiss", **HTMX)
    assert "Invoice copy" not in words(liv, "proposals/")
    liv.post(f"{where}/restore", **HTMX)
    assert "Invoice copy" in words(liv, "proposals/")


def test_a_proposal_is_merged_and_its_sentences_are_counted_there(world: World, liv: Client, address: Intent):
    intent = proposed(world, "New place", "We moved to a new place", "We live elsewhere now")
    liv.post(f"/desk/training/intents/{intent.pk}/merge", {"into": address.name}, **HTMX)
    page = words(liv, f"intents/{address.pk}/")
    assert "We moved to a new place" in page
    assert "Take apart" in page
    answer = liv.post(f"/desk/training/intents/{address.pk}/merge", {"into": address.name}, **HTMX)
    assert "cannot be merged" in answer["HX-Trigger"]


def test_where_an_intent_leads(world: World, liv: Client, address: Intent):
    page = f"/desk/training/intents/{address.pk}/"
    assert (
        "Please choose the flow."
        in liv.post(page, {"title": "New address", "leads_to": "flow"}).content.decode()
    )
    liv.post(page, {"title": "New address", "leads_to": "flow", "flow": "delivery"})
    address.refresh_from_db()
    assert (address.title, address.leads_to, address.flow) == ("New address", "flow", "delivery")
    liv.post(page, {"title": "New address", "leads_to": "person", "flow": "delivery"})
    address.refresh_from_db()
    assert (address.leads_to, address.flow) == ("person", "")


def test_sentences_are_written_moved_thrown_away_and_taken_back(world: World, liv: Client, address: Intent):
    liv.post(
        f"/desk/training/intents/{address.pk}/add",
        {"text": "We moved last week\n\n👍\nNeue Anschrift bitte\n"},
    )
    assert address.examples.count() == 3
    other, one = taught(world, "Moving house"), address.examples.get(text="We moved last week")
    where = f"/desk/training/sentences/{one.pk}"
    answer = liv.post(f"{where}/label", {"label": other.name}, **HTMX)
    assert f"{where}/label?label={address.name}" in answer["HX-Trigger"]
    assert other.examples.get() == one
    liv.post(f"{where}/label?label={address.name}", **HTMX)
    assert not other.examples.exists()
    liv.post(f"{where}/drop", **HTMX)
    assert "We moved last week" not in words(liv, f"intents/{address.pk}/")
    liv.post(f"{where}/keep", **HTMX)
    assert "We moved last week" in words(liv, f"intents/{address.pk}/")


def test_suggestions_are_accepted_one_by_one_or_all_at_once(world: World, liv: Client, address: Intent):
    for number in range(4):
        Example.objects.create(
            text=f"New address {number}", text_hash=str(number), language="en", origin="history",
            suggested=address.name if number else "",
        )  # fmt: skip
    page = words(liv, "sentences/")
    assert page.count(f'value="{address.name}" selected') == 3
    assert "3 suggested" in words(liv, "")
    one = Example.objects.get(text="New address 1")
    liv.post(f"/desk/training/sentences/{one.pk}/label", {"label": address.name}, **HTMX)
    liv.post(f"/desk/training/sentences/{one.pk}/loosen", **HTMX)
    assert "Accept all" in words(liv, f"sentences/?suggested={address.name}")
    liv.post("/desk/training/sentences/accept", {"label": address.name})
    assert address.examples.count() == 4
    assert Example.objects.get(intent=None).text == "New address 0"


def test_models_say_why_and_one_click_goes_back(world: World, liv: Client):
    golden = Golden.objects.create(
        task="intent", text="Wo ist die Rechnung?", text_hash="1", language="de", expected="a"
    )
    worse = [{"language": "de", "before": 0.9, "after": 0.7, "golden": [golden.pk]}]
    model(state="live", reason="no_golden")
    model(reason="worse", worse=worse, figures={"lang": {"de": {"accuracy": 0.7, "n": 10}}})
    model(state="former", sha256="0" * 64)
    page = words(liv, "models/")
    assert "Deutsch: 90 % right before, 70 % now." in page
    assert "Wo ist die Rechnung?" in page
    assert "changed after training" in page
    assert page.count("Use it anyway") == 1
    assert "Go back to this one" not in page
    former = LearnedModel.objects.get(state="former")
    answer = liv.post(f"/desk/training/models/{former.pk}/use", follow=True)
    assert "It cannot be used" in answer.content.decode()


def test_the_button_asks_for_training_and_the_page_follows(world: World, liv: Client):
    answer = liv.post("/desk/training/train", **HTMX)
    assert "Training has begun" in answer["HX-Trigger"]
    assert "every 2s" in answer.content.decode()


def test_unanswered_questions_are_about_an_intent(world: World, liv: Client, address: Intent):
    gap = record_question("How do I tell you my new address?", "en", "chat").gap
    page = f"/desk/unanswered/{gap.pk}/about"
    assert "Change of address" in liv.get(page, **HTMX).content.decode()
    assert "learn from: 1" in liv.post(page, {"label": address.name}, **HTMX)["HX-Trigger"]
    assert Example.objects.filter(origin="gap", intent=address).exists()


@pytest.mark.parametrize("page", PAGES)
def test_queries_do_not_grow(world: World, liv: Client, page: str):
    counts = []
    for number in range(3):
        taught(world, f"Own {number}", f"Sentence of {number}", f"Satz {number} dazu")
        proposed(world, f"Found {number}", f"Found one {number}", f"Found two {number}")
        Example.objects.create(
            text=f"Waits {number}", text_hash=f"w{number}", language="en", origin="history"
        )
        take_in(f"{number}.csv", f"text\nQuestion {number} here\n".encode(), world.liv)
        model(state="former" if number else "live")
        words(liv, page)
        with CaptureQueriesContext(connection) as asked:
            words(liv, page)
        counts.append(len(asked))
    assert counts[0] == counts[2]


def test_a_thread_with_many_readings_asks_once(world: World, kari: Client, address: Intent):
    counts = []
    for number in range(3):
        conversation = world.hears(world.ingrid, f"word {number}")
        Message.objects.update(reading={"intent": address.name, "confidence": 0.9, "zone": "act"})
        kari.get(f"/desk/c/{conversation.pk}/")
        with CaptureQueriesContext(connection) as asked:
            assert "Change of address" in kari.get(f"/desk/c/{conversation.pk}/").content.decode()
        counts.append(len(asked))
    assert counts[0] == counts[2]
