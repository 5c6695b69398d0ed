"""The report and the golden set on the desk."""

import json
from importlib.resources import files

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samspill.assistant.brains.examples import training_set
from samspill.flows.catalogue import build
from samspill.kit import clock
from samspill.training import golden, runs, starter
from samspill.training.drift import Traffic, compare
from samspill.training.models import Evaluation, Golden
from samspill.training.sentence import fingerprint

pytestmark = pytest.mark.django_db
BEFORE = Traffic(800, 1600, [0, 0, 0, 100, 200, 300, 400, 300, 200, 100], 100, {"nb": 1600})
ODD = Traffic(200, 400, [100, 100, 100, 50, 50, 0, 0, 0, 0, 0], 160, {"nb": 100, "pl": 300})


@pytest.fixture
def liv(world, at):
    return at(world.liv)


def sentence(world, text, expected="order_status", task="intent", code="nb"):
    return golden.add(task, text, code, expected, by=world.liv).golden


def run(said, right, week=BEFORE):
    """A run that is over: what it `said` to each sentence, and who is `right`."""
    wrong = [pk for pk in said if pk not in right]
    share = round(len(right) / len(said), 4)
    part = {
        "accuracy": share,
        "n": len(said),
        "wrong": wrong,
        "said": {str(pk): one for pk, one in said.items()},
    }
    figures = {"intent": {"accuracy": share, "n": len(said), "lang": {"nb": part}}}
    last, traffic = runs.latest(), compare(week, BEFORE)
    got_worse = runs.worse(last.figures, figures, last.at) if last else []
    return Evaluation.objects.create(
        trigger="hand", figures=figures, worse=got_worse, traffic=traffic, alarm=bool(traffic["alarms"])
    )


def test_an_empty_desk_says_how_to_begin(liv):
    assert "Nothing to measure with yet" in liv.get("/desk/understanding/").content.decode()
    liv.post("/desk/understanding/golden/begin")
    assert golden.current().count() > 300
    assert "No run yet" in liv.get("/desk/understanding/").content.decode()
    liv.post("/desk/understanding/golden/begin")
    assert golden.current().count() == len(list(starter.rows()))


def test_nothing_that_ships_to_measure_is_learned_from():
    learned = {fingerprint(example.text) for example in training_set(build())}
    shipped = [fingerprint(row.text) for row in starter.rows()]
    assert not learned & set(shipped)
    moods = files("samspill.intelligence").joinpath("data/sentiment.yaml").read_text("utf8")
    assert [row for row in starter.rows() if row.task == "mood" and row.text in moods] == []
    for task in Golden.Task.values:
        of_task = [fingerprint(row.text) for row in starter.rows() if row.task == task]
        assert len(of_task) == len(set(of_task))


def test_what_ships_can_be_said(liv, world):
    from samspill.console.understanding.readings import known

    readings = known()
    assert [row for row in starter.rows() if row.expected not in readings[row.task]] == []
    counts = {(row.task, row.language) for row in starter.rows()}
    for code in ("nb", "de", "zh-Hant", "en"):
        assert {("intent", code), ("mood", code), ("language", code)} <= counts


def test_the_report_shows_what_got_worse_side_by_side(liv, world):
    one, two = sentence(world, "Hvor er pakken min?"), sentence(world, "Når kommer den?")
    Golden.objects.update(at=clock.ago(hours=1))
    run({one.pk: "order_status", two.pk: "order_status"}, [one.pk, two.pk])
    run({one.pk: "delivery", two.pk: "order_status"}, [two.pk])
    page = liv.get("/desk/understanding/").content.decode()
    assert "100 → 50" in page
    row = page[page.index("Hvor er pakken min?") :][:400]
    assert [words in row for words in ("Order status", "Delivery time and cost")] == [True, True]
    assert "<polyline" in page
    assert "−50" in page or "-50" in page
    assert "style=" not in page


def test_the_alarm_is_seen_everywhere_until_it_is_read(liv, kari, world):
    one = sentence(world, "Hvor er pakken min?")
    alarming = run({one.pk: "order_status"}, [one.pk], ODD)
    assert "Customers write differently than before" in liv.get("/desk/articles/").content.decode()
    assert "Customers write differently" not in kari.get("/desk/articles/").content.decode()
    assert "could not answer 40 of 100" in liv.get("/desk/understanding/").content.decode()
    liv.post(f"/desk/understanding/{alarming.pk}/read")
    assert "Customers write differently" not in liv.get("/desk/articles/").content.decode()
    assert "could not answer 40 of 100" in liv.get("/desk/understanding/").content.decode()


def test_run_now_shows_how_far_it_is(liv, world):
    sentence(world, "Hvor er pakken min?")
    begun = liv.post("/desk/understanding/run", headers={"HX-Request": "true"})
    assert "0 of 1 sentences" in begun.content.decode()
    assert (
        "under way already"
        in liv.post("/desk/understanding/run", headers={"HX-Request": "true"})["HX-Trigger"]
    )
    Evaluation.objects.update(state="done")
    done = liv.get("/desk/understanding/progress", headers={"HX-Request": "true"})
    assert done["HX-Refresh"] == "true"


def test_only_admins_plan(liv, astrid):
    assert liv.post("/desk/understanding/plan", {"every": "never"}).status_code == 403
    astrid.post("/desk/understanding/plan", {"every": "week"})
    astrid.post("/desk/understanding/plan", {"every": "nonsense"})
    assert 'value="week" selected' in astrid.get("/desk/understanding/").content.decode()


def test_agents_do_not_see_it(kari):
    assert kari.get("/desk/understanding/").status_code == 403
    assert kari.get("/desk/understanding/golden/").status_code == 403


def test_figures_can_be_taken_along(liv, world):
    one = sentence(world, "Hvor er pakken min?")
    run({one.pk: "order_status"}, [one.pk])
    table = liv.get("/desk/understanding/figures.csv").content.decode().splitlines()
    assert table[1].endswith("hand,intent,nb,1.0,1")
    whole = liv.get("/desk/understanding/figures.json").content.decode()
    assert json.loads(whole)[0]["figures"]["intent"]["n"] == 1
    assert "pakken" not in whole


def test_add_change_remove_and_undo_by_hand(liv):
    facts = {"task": "intent", "text": "Hvor er pakken min?", "language": "nb", "expected": "order_status"}
    liv.post("/desk/understanding/golden/add", facts)
    row = golden.current().get()
    page = liv.get("/desk/understanding/golden/").content.decode()
    assert "Hvor er pakken min?" in page
    assert "Bokmål has 1 sentences; 20 give a steady figure." in page
    liv.post(f"/desk/understanding/golden/{row.pk}/change", {"expected": "return_item"})
    assert golden.current().get().expected == "return_item"
    liv.post(f"/desk/understanding/golden/{row.pk}/change", {"expected": "no_such"})
    assert golden.current().get().expected == "return_item"
    gone = liv.post(f"/desk/understanding/golden/{row.pk}/remove", headers={"HX-Request": "true"})
    undo = json.loads(gone["HX-Trigger"])["toast"]["undo"]
    assert not golden.current().exists()
    liv.post(undo)
    assert golden.current().exists()
    liv.post("/desk/understanding/golden/add", facts | {"expected": "no_such", "text": "Noe annet"})
    assert golden.current().count() == 1


def test_a_file_keeps_what_is_right_and_names_what_is_not(liv):
    content = "task,text,lang,label\nintent,Hvor er pakken?,nb,order_status\nintent,Hm,nb,no_such\n"
    file = SimpleUploadedFile("golden.csv", content.encode())
    page = liv.post("/desk/understanding/golden/take-in", {"file": file}).content.decode()
    assert "1 added, 0 changed, 0 were there before." in page
    assert "Line 3: “no_such” is no reading that is known here." in page
    broken = SimpleUploadedFile("golden.csv", b"\xff\xfe")
    page = liv.post("/desk/understanding/golden/take-in", {"file": broken}, follow=True).content.decode()
    assert "not UTF-8" in page


def test_a_message_becomes_golden_by_one_click(liv, world):
    conversation = world.hears(world.ingrid, "Hei, jeg er kari@example.com. Hvor er pakken?")
    message = conversation.messages.get()
    message.reading, message.language = {"intent": "order_status"}, "nb"
    message.save()
    page = liv.get(f"/desk/c/{conversation.pk}/").content.decode()
    assert f"/desk/messages/{message.pk}/golden" in page
    address = f"/desk/messages/{message.pk}/golden"
    shown = liv.post(address, {"expected": "order_status"}, headers={"HX-Request": "true"})
    assert "Added to the golden set." in json.loads(shown["HX-Trigger"])["toast"]["text"]
    row = golden.current().get()
    assert (row.text, row.language) == ("Hei, jeg er [email 1]. Hvor er pakken?", "nb")
    liv.post(address, {"expected": "return_item"}, headers={"HX-Request": "true"})
    assert golden.current().get().expected == "return_item"


def test_queries_do_not_grow(liv, world):
    counts = []
    for number in (1, 3):
        rows = [sentence(world, f"Hvor er pakke nummer {word}?") for word in ("en", "to", "tre")[:number]]
        Golden.objects.update(at=clock.ago(hours=1))
        for right in ([row.pk for row in rows], []):
            run({row.pk: "order_status" for row in rows}, right)
        for address in ("/desk/understanding/", "/desk/understanding/golden/"):
            liv.get(address)
            with CaptureQueriesContext(connection) as asked:
                liv.get(address)
            counts.append(len(asked))
    assert counts[:2] == counts[2:]
