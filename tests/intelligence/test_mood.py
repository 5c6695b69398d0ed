from pathlib import Path

import numpy as np
import pytest

from samspill.intelligence.client import EncoderClient
from samspill.intelligence.local_encoder import LocalEncoder
from samspill.intelligence.mood import MOODS, Reading, read
from samspill.intelligence.mood_head import Heads, Row
from samspill.intelligence.mood_store import POINTER, load_heads, mark, train_heads
from tests.intelligence.conftest import Start

# not among the shipped sentences
UNSEEN = [
    ("nb", "frustrated", "Fy så treigt, jeg er så skuffet over dere!"),
    ("nb", "frustrated", "Dere har rotet det til igjen, og jeg er lut lei."),
    ("nb", "impatient", "Er det noen som kan svare meg eller?"),
    ("nb", "neutral", "Hvor finner jeg kvitteringen min?"),
    ("nb", "neutral", "Batteriet lader ikke etter oppdateringen."),
    ("nb", "satisfied", "Dere er helt fantastiske, takk!"),
    ("de", "frustrated", "Was für eine Katastrophe, nie wieder!"),
    ("de", "frustrated", "Zum Kotzen, das Gerät ist nach einer Woche hin."),
    ("de", "impatient", "Kommt da heute noch was von Ihnen?"),
    ("de", "neutral", "Wo finde ich die Quittung?"),
    ("de", "neutral", "Der Speicher lädt seit dem Update nicht."),
    ("de", "satisfied", "Einfach großartig, danke!"),
    ("en", "frustrated", "This is a disgrace, never again!"),
    ("en", "frustrated", "You broke it and now you want me to pay? Unreal."),
    ("en", "impatient", "Anybody there? I have been on this chat for ages."),
    ("en", "neutral", "Where do I find my receipt?"),
    ("en", "neutral", "The battery does not charge since the update."),
    ("en", "satisfied", "You are amazing, thank you!"),
    ("zh-Hant", "frustrated", "爛透了，再也不會買！"),
    ("zh-Hant", "frustrated", "你們弄壞了還要我付錢，太過分。"),
    ("zh-Hant", "impatient", "有人可以回覆我嗎？我等好久了。"),
    ("zh-Hant", "neutral", "請問收據要去哪裡找？"),
    ("zh-Hant", "neutral", "更新之後電池充不進去。"),
    ("zh-Hant", "satisfied", "你們真的太棒了，謝謝！"),
]


def _take_vectors_along(models: Path, to: Path) -> None:
    """Reading all our sentences anew takes long."""
    for kept in models.glob("*.npy"):
        (to / kept.name).write_bytes(kept.read_bytes())


@pytest.fixture(scope="module")
def heads(models: Path, encoder: LocalEncoder) -> Heads:
    return load_heads(models, encoder)


def _read(encoder: LocalEncoder, heads: Heads, text: str, language: str) -> Reading:
    return read(heads, text, encoder.embed([text], "query")[0], language)


def test_hears_four_moods_in_four_languages(encoder: LocalEncoder, heads: Heads) -> None:
    readings = [_read(encoder, heads, text, language) for language, _, text in UNSEEN]
    wrong = [
        (text, reading.mood)
        for (_, mood, text), reading in zip(UNSEEN, readings, strict=True)
        if reading.mood != mood
    ]
    assert len(wrong) <= 2, wrong
    for reading in readings:
        assert sum(reading.scores.values()) == pytest.approx(1, abs=1e-3)
        assert set(reading.scores) == set(MOODS)


def test_it_is_about_as_often_right_as_it_is_sure(encoder: LocalEncoder, heads: Heads) -> None:
    right, sure = [], []
    for language, mood, text in UNSEEN:
        scores = _read(encoder, heads, text, language).scores
        sure.append(max(scores.values()))
        right.append(max(scores, key=lambda name: scores[name]) == mood)
    assert abs(float(np.mean(right)) - float(np.mean(sure))) < 0.2


@pytest.mark.parametrize(
    ("language", "pressing", "calm"),
    [
        ("nb", "Det haster, jeg har presentasjon om en time", "Har dere åpent i morgen?"),
        ("de", "Dringend, bis morgen!", "Wann wird es verschickt?"),
        ("en", "I have a presentation in an hour and cannot log in", "I ordered it an hour ago"),
        ("zh-Hant", "今天下午前要用，很急", "不急，有空再回就好"),
        ("fr", "C'est urgent, il me le faut avant demain", "Où est mon colis ?"),
        ("ja", "至急お願いします、今日中に必要です", "荷物はどこですか？"),
    ],
)
def test_hears_what_cannot_wait(
    encoder: LocalEncoder, heads: Heads, language: str, pressing: str, calm: str
) -> None:
    urgent, patient = (_read(encoder, heads, text, language) for text in (pressing, calm))
    assert (urgent.urgency or 0) > 0.6 > (patient.urgency or 0)
    assert any(reason.moves == "urgency" and reason.words in pressing for reason in urgent.reasons)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "?", "a" * 100_000, "😡" * 500, "👍", "\x00\x07", "مرحبا، أين طردي؟", "\u202eabc", "a\ud800b",
        "Hei 你好 مرحبا", "\ufdfa" * 300, "!!!!!!!!", "|", "%s {0}", "İ" * 300, "İhaster om en time",
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", ["", "nb", "zh-Hant", "und", "xx"])
def test_any_text_gets_a_reading(heads: Heads, text: str, language: str) -> None:
    reading = read(heads, text, np.full(384, 0.05, np.float32), language)
    assert reading.mood in MOODS
    assert 0 <= (reading.urgency or 0) <= 1
    assert all(len(reason.words) < 200 for reason in reading.reasons)


def test_a_broken_file_is_trained_anew_and_the_same(
    encoder: LocalEncoder, heads: Heads, models: Path, tmp_path: Path
) -> None:
    _take_vectors_along(models, tmp_path)
    first = load_heads(tmp_path, encoder)
    (file,) = tmp_path.glob("mood-e5*.npz")
    file.write_bytes(b"broken")
    again = load_heads(tmp_path, encoder)
    assert _read(encoder, again, "Hvor er pakken?", "nb") == _read(encoder, first, "Hvor er pakken?", "nb")


def test_what_the_company_corrects_is_learned_kept_and_never_written_down(
    encoder: LocalEncoder, heads: Heads, models: Path, tmp_path: Path
) -> None:
    _take_vectors_along(models, tmp_path)
    text = "Nå er det grønt igjen hos oss"
    own = [
        Row("mood", f"Nå er det {colour} igjen hos oss", "frustrated", "nb")
        for colour in ("rødt", "gult", "grønt")
    ]
    before = _read(encoder, heads, text, "nb").scores["frustrated"]
    taught = train_heads(tmp_path, encoder, own)
    after = _read(encoder, taught, text, "nb").scores["frustrated"]
    assert after > 0.5 > before
    assert load_heads(tmp_path, encoder).learned == mark(own) == (tmp_path / POINTER).read_text()
    assert not any("grønt".encode() in file.read_bytes() for file in tmp_path.iterdir())
    assert train_heads(tmp_path, encoder, []).learned == ""
    assert _read(encoder, load_heads(tmp_path, encoder), text, "nb").scores["frustrated"] == before


def test_one_hop_tells_language_mood_and_meaning(start: Start, encoder: LocalEncoder, tmp_path: Path) -> None:
    start(tmp_path / "model.sock")
    client = EncoderClient(tmp_path / "model.sock", timeout=120)
    text = "Nå har jeg fått nok av dere, dette er helt for dårlig!"
    found = client.analyse(text, ["nb", "en"], ["nb"])
    assert (found.language, found.mood, found.sentiment) == ("nb", "frustrated", "negative")
    assert found.negative > 0.5
    assert found.urgency is not None
    assert found.vector @ encoder.embed([text], "query")[0] > 0.99
    words = [word for word, by in client.explain(text, "frustrated", "nb") if by > 0]
    assert words
    assert set(words) <= set(text.replace("!", "").replace(",", "").split())
    assert client.explain("", "frustrated") == client.explain(text, "no such mood") == []


def test_the_server_learns_while_it_answers_and_forgets_on_demand(
    start: Start, models: Path, tmp_path: Path
) -> None:
    start(tmp_path / "model.sock")
    client = EncoderClient(tmp_path / "model.sock", timeout=120)
    text = "Takket være dere står huset fortsatt"
    rows = [Row("mood", text, "impatient", "nb")] * 4 + [Row("urgency", text, "urgent", "nb")] * 4
    before = client.analyse(text, ["nb"])
    try:
        assert client.learn(rows) == mark(rows) == client.learned()
        after = client.analyse(text, ["nb"])
        assert after.moods["impatient"] > before.moods["impatient"]
        assert (after.urgency or 0) > (before.urgency or 0)
    finally:
        assert client.learn([]) == ""
    assert client.analyse(text, ["nb"]).moods == before.moods
    with pytest.raises(ValueError, match="task, text, label"):
        client.learn([Row("mood", text, "sulky", "nb")])
