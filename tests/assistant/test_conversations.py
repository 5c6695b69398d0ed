"""Every transcript in tests/conversations, played with the keywords and with the real model."""

from pathlib import Path

import pytest

from samspill.assistant.brains.examples import training_set
from samspill.assistant.brains.intents import Intents
from samspill.assistant.brains.local import LocalBrain
from samspill.assistant.brains.vectors import VectorCache
from samspill.assistant.transcripts import Transcript, play, read_transcripts
from samspill.flows.catalogue import build

FOLDER = Path(__file__).parent.parent / "conversations"
TALKS = [talk for file in sorted(FOLDER.glob("*.yml")) for talk in read_transcripts(file.read_text("utf-8"))]
CATALOGUE = build()
TITLES = [("en", "Gift cards"), ("nb", "Gavekort"), ("de", "Gutscheine"), ("zh-Hant", "禮券")]


@pytest.fixture(scope="module")
def words() -> LocalBrain:
    return LocalBrain(Intents.train(training_set(CATALOGUE, TITLES)))


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> LocalBrain:
    from samspill.intelligence.local_encoder import local_encoder

    folder = tmp_path_factory.getbasetemp()
    cache = VectorCache(local_encoder(folder / "model"), folder / "vectors")
    return LocalBrain(Intents.train(training_set(CATALOGUE, TITLES), cache))


@pytest.mark.parametrize("talk", TALKS, ids=lambda talk: talk.name)
@pytest.mark.parametrize("brain", ["words", "model"])
def test_conversation(talk: Transcript, brain: str, request: pytest.FixtureRequest):
    report = play(talk, request.getfixturevalue(brain), CATALOGUE)
    assert report.passed, str(report)


def test_a_failing_conversation_says_which_line():
    text = "name: x\ntalk:\n  - customer: hi\n  - assistant: nonsense"
    text += "\n  - press: Nothing\n  - does: workspace.hours"
    report = play(read_transcripts(text)[0], LocalBrain(Intents.train(training_set(CATALOGUE))), CATALOGUE)
    assert [failure.split(":")[0] for failure in report.failures] == ["line 2", "line 3", "line 4"]


def test_a_line_that_is_none_is_named():
    with pytest.raises(ValueError, match="is not a line"):
        read_transcripts("name: x\ntalk:\n  - costumer: hi")
