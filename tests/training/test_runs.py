"""A run: figures by task and language, what got worse, the alarm."""

import pytest
from django.core import mail

from samspill.assistant.models import Turn
from samspill.intelligence.errors import ModelUnavailable
from samspill.intelligence.intents import Reading
from samspill.kit import clock
from samspill.kit.models import Event
from samspill.knowledge.models import Chunk, Gap, Revision
from samspill.knowledge.switch import notice_encoder, progress, read_anew
from samspill.knowledge.vectors import encoder_name
from samspill.training import golden, runs
from samspill.training.alarm import mail_alarm, ringing
from samspill.training.drift import Traffic
from samspill.training.evaluate import vectors_of, worse
from samspill.training.models import Evaluation

pytestmark = pytest.mark.django_db
QUIET = Traffic(0, 0, [0] * 10, 0, {})
BEFORE = Traffic(800, 1600, [0, 0, 0, 100, 200, 300, 400, 300, 200, 100], 100, {"nb": 1600})
ODD = Traffic(200, 400, [100, 100, 100, 50, 50, 0, 0, 0, 0, 0], 160, {"nb": 100, "pl": 300})


class Says:
    """Reads every sentence the same way."""

    def __init__(self, label, zone="act"):
        self.reading = Reading([(label, 0.9)], float(zone != "hand_over"))

    def read(self, texts, languages, vectors):
        assert vectors.shape == (len(texts), 384)
        return [self.reading] * len(texts)


class Hears:
    def heard(self, text):
        return "nb", "neutral"


def run(model, week=QUIET, before=QUIET):
    begun = runs.begin("hand")
    runs.carry_out(begun, model, Hears(), week, before)
    begun.refresh_from_db()
    return begun


@pytest.fixture
def sentences(world, model):
    return {
        name: golden.add(task, text, code, expected, by=world.liv).golden.pk
        for name, task, text, code, expected in [
            ("a", "intent", "Hvor er pakken min?", "nb", "order_status"),
            ("b", "intent", "Jeg vil sende den tilbake", "nb", "return_item"),
            ("c", "intent", "Wo ist mein Paket?", "de", "order_status"),
            ("d", "intent", "Hva blir været?", "nb", ""),
            ("e", "language", "Hvor er pakken min?", "nb", "nb"),
            ("f", "language", "Wo ist mein Paket?", "de", "de"),
            ("g", "mood", "Dette er for dårlig", "nb", "frustrated"),
        ]
    }


def test_figures_by_task_and_language(sentences):
    found = run(Says("order_status")).figures
    assert found["intent"]["lang"]["nb"] == {
        "accuracy": 0.5, "n": 2, "wrong": [sentences["b"]],
        "said": {str(sentences["a"]): "order_status", str(sentences["b"]): "order_status"},
    }  # fmt: skip
    assert (found["intent"]["accuracy"], found["intent"]["n"]) == (0.6667, 3)
    assert found["scope"]["lang"]["nb"]["accuracy"] == 0
    assert found["language"]["lang"]["de"]["said"] == {str(sentences["f"]): "nb"}
    assert found["mood"]["accuracy"] == 0
    assert run(Says("greet", "hand_over")).figures["scope"]["accuracy"] == 1


def test_answers_are_looked_up(world, model, write):
    text = write("delivery-time", "en", "How long does delivery take?", "Delivery takes three days.")
    write("warranty", "en", "How long is the warranty?", "The warranty lasts ten years.")
    golden.add("answer", "How long does delivery take?", "en", str(text.article_id), by=world.liv)
    golden.add("answer", "Can you paint my fence purple?", "en", "", by=world.liv)
    assert run(Says("x")).figures["answer"]["lang"]["en"]["accuracy"] == 1


def test_what_got_worse_is_named(world, sentences):
    run(Says("order_status"))
    second = run(Says("return_item"))
    de, nb = second.worse
    assert nb == {
        "task": "intent", "language": "nb", "before": 0.5, "after": 0.5, "n": 2, "golden": [sentences["a"]],
    }  # fmt: skip
    assert (de["before"], de["after"], de["golden"]) == (1, 0, [sentences["c"]])
    assert Event.objects.filter(kind="evaluation.done").last().data["worse"] == 2


def test_a_changed_set_is_no_change_of_the_models(world, sentences):
    run(Says("order_status"))
    row = golden.current().get(pk=sentences["a"])
    golden.change(row, language="nb", expected="return_item", by=world.liv)
    golden.add("intent", "Noe nytt", "nb", "delivery", by=world.liv)
    assert run(Says("order_status")).worse == []


def test_the_first_run_and_an_empty_set(world, model):
    assert run(Says("x")).figures == {}
    assert worse({}, {"intent": {"lang": {"nb": {"said": {"1": "x"}, "wrong": [1]}}}}) == []


def test_one_run_at_a_time_and_a_lost_one_is_given_up(world):
    begun = runs.begin("hand", by=world.astrid)
    with pytest.raises(runs.AlreadyRunning):
        runs.begin("schedule")
    Evaluation.objects.filter(pk=begun.pk).update(at=clock.ago(hours=1))
    runs.begin("schedule")
    begun.refresh_from_db()
    assert begun.state == "failed"
    runs.carry_out(begun, Says("x"), Hears(), QUIET, QUIET)
    assert Evaluation.objects.filter(state="done").count() == 0


def test_a_model_that_goes_live_is_measured_once_in_a_while(world):
    runs.begin_after_training()
    runs.begin_after_training()
    assert [run.trigger for run in Evaluation.objects.all()] == ["training"]


def test_without_the_text_model_nothing_is_kept(sentences, no_model):
    begun = runs.begin("hand")
    with pytest.raises(ModelUnavailable):
        runs.carry_out(begun, Says("x"), Hears(), QUIET, QUIET)
    begun.refresh_from_db()
    assert (begun.state, begun.figures) == ("running", {})


def test_the_alarm_rings_is_mailed_once_and_read(world, model, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    first = run(Says("x"), ODD, BEFORE)
    assert set(first.traffic["alarms"]) == {"confidence", "unknown", "language"}
    assert ringing() == first
    assert mail_alarm(first) == 1
    (letter,) = mail.outbox
    assert letter.to == ["astrid@nordlys.example"]
    assert "40 of 100" in letter.body
    second = run(Says("x"), ODD, BEFORE)
    assert mail_alarm(second) == 0
    runs.read_alarm(second, by=world.astrid)
    assert ringing() is None
    quiet = run(Says("x"), BEFORE, BEFORE)
    assert (quiet.alarm, mail_alarm(quiet)) == (False, 0)


def test_without_mail_nothing_is_written(world, model, settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    assert mail_alarm(run(Says("x"), ODD, BEFORE)) == 0
    assert not list(tmp_path.iterdir())


def test_another_encoder_has_everything_read_anew(world, model, write):
    write("delivery-time", "en", "How long does delivery take?", "Three days.")
    assert not notice_encoder()
    assert Revision.objects.get().encoder == encoder_name()
    Chunk.objects.update(encoder="remote-old", vector=b"\0" * 768)
    Gap.objects.create(title="x", language="en", centre=b"\0" * 768, count=1)
    Revision.objects.update(encoder="remote-old")
    from samspill.knowledge import index

    index.forget()
    (text,) = index.library().texts.values()
    assert all(passage.vector is index.UNREAD for passage in text.passages)
    assert notice_encoder()
    assert Event.objects.filter(kind="encoder.changed").count() == 1
    assert Gap.objects.get().centre is None
    assert progress() == (0, 2)
    read_anew()
    assert progress() == (2, 2)
    assert not notice_encoder()


def test_what_a_former_version_read_is_noticed_at_the_first_look(world, model, write):
    write("delivery-time", "en", "How long does delivery take?", "Three days.")
    Chunk.objects.update(encoder="e5-small-1", vector=b"\0" * 768)
    assert notice_encoder()


def test_a_new_encoder_makes_golden_vectors_anew(sentences):
    golden.current().update(encoder="remote-old", vector=b"\0" * 768)
    assert all(abs(vector @ vector - 1) < 0.01 for vector in vectors_of(golden.current()).values())


def test_traffic_is_counted(world, model):
    from samspill.assistant.evaluating import weeks

    conversation = world.hears(world.ingrid)
    message = conversation.messages.get()
    message.language = "nb"
    message.save()
    Turn.objects.create(
        message=message, conversation=conversation, brain="local", outcome="unknown", confidence=0.43
    )
    week, before = weeks(clock.ahead(minutes=1))
    assert week == Traffic(1, 1, [0, 0, 0, 0, 1, 0, 0, 0, 0, 0], 1, {"nb": 1})
    assert before == Traffic(0, 0, [0] * 10, 0, {})
