from pathlib import Path

import pytest

from samspill.intelligence.client import EncoderClient
from samspill.intelligence.local_encoder import LocalEncoder
from samspill.intelligence.sentiment import Sentiment, load_sentiment
from tests.intelligence.conftest import Start


@pytest.fixture(scope="module")
def sentiment(models: Path, encoder: LocalEncoder) -> Sentiment:
    return load_sentiment(models, encoder)


@pytest.mark.parametrize(
    ("language", "angry", "calm", "glad"),
    [
        (
            "nb",
            "Fy så treigt, jeg er rasende!",
            "Hvor finner jeg kvitteringen?",
            "Dere er helt fantastiske, takk!",
        ),
        (
            "de",
            "Was für eine Katastrophe, nie wieder!",
            "Wo finde ich die Quittung?",
            "Einfach großartig, danke!",
        ),
        (
            "en",
            "This is a disgrace, never again!",
            "Where do I find the receipt?",
            "You are amazing, thank you!",
        ),
        ("zh-Hant", "爛透了，再也不會買！", "請問收據在哪裡？", "你們真的太棒了，謝謝！"),
    ],
)
def test_hears_the_mood(
    encoder: LocalEncoder, sentiment: Sentiment, language: str, angry: str, calm: str, glad: str
) -> None:
    moods = [sentiment.mood(vector, language) for vector in encoder.embed([angry, calm, glad], "query")]
    assert [mood.label for mood in moods] == ["negative", "neutral", "positive"]
    for mood in moods:
        assert mood.negative + mood.neutral + mood.positive == pytest.approx(1, abs=1e-5)


def test_a_broken_file_is_trained_anew_and_the_same(
    models: Path, encoder: LocalEncoder, tmp_path: Path
) -> None:
    vector = encoder.embed(["Hvor er pakken?"], "query")[0]
    first = load_sentiment(tmp_path, encoder)
    (file,) = tmp_path.iterdir()
    file.write_bytes(b"broken")
    assert load_sentiment(tmp_path, encoder).mood(vector, "nb") == first.mood(vector, "nb")


def test_one_hop_tells_language_mood_and_meaning(start: Start, encoder: LocalEncoder, tmp_path: Path) -> None:
    start(tmp_path / "model.sock")
    text = "Nå har jeg fått nok av dere, dette er helt for dårlig!"
    found = EncoderClient(tmp_path / "model.sock").analyse(text, ["nb", "en"], ["nb"])
    assert (found.language, found.sentiment) == ("nb", "negative")
    assert found.negative > 0.5
    assert found.vector @ encoder.embed([text], "query")[0] > 0.99
