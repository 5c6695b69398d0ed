import numpy as np
import pytest

from samspill.intelligence.confidence import judge, shipped
from samspill.intelligence.evidence import NAMES
from samspill.intelligence.local_encoder import LocalEncoder
from samspill.intelligence.search import Chunk, HybridIndex

ARTICLES = [
    (1, 10, "nb", "Retur", "Du kan returnere varer innen 30 dager. Legg ved kvitteringen."),
    (
        2,
        10,
        "de",
        "Rückgabe",
        "Sie können Waren innerhalb von 30 Tagen zurücksenden. Rückgabefrist beachten.",
    ),
    (3, 10, "zh-Hant", "退貨", "商品可於三十天內退貨，請附上收據。"),
    (4, 20, "nb", "Levering", "Pakken leveres på to til fire dager. Sporingsnummer kommer på e-post."),
    (
        5,
        20,
        "de",
        "Lieferung",
        "Das Paket kommt in zwei bis vier Tagen. Die Sendungsnummer kommt per E-Mail.",
    ),
    (6, None, "nb", "Åpningstider", "Butikken er åpen fra ti til seks på hverdager, stengt søndag."),
    (7, None, "de", "Garantie", "Auf alle Geräte geben wir zwei Jahre Garantie."),
    (8, None, "zh-Hant", "付款方式", "可以使用信用卡、貨到付款或超商付款。"),
    (9, None, "en", "Password", "Reset your password from the sign-in page; we send a link by e-mail."),
]


@pytest.fixture(scope="module")
def index(encoder: LocalEncoder) -> HybridIndex:
    vectors = encoder.embed([f"{title}. {text}" for *_, title, text in ARTICLES], "passage").astype(
        np.float16
    )
    return HybridIndex.build(
        [
            Chunk(number, number, language, title, text, vector, group)
            for (number, group, language, title, text), vector in zip(ARTICLES, vectors, strict=True)
        ]
    )


@pytest.mark.parametrize(
    ("question", "prefer", "article"),
    [
        ("Hvor lenge er det angrefrist? Jeg vil sende varen tilbake", "nb", 1),
        ("Wann habt ihr geöffnet?", "de", 6),
        ("How long is the warranty?", "en", 7),
        ("請問可以刷卡嗎？", "zh-Hant", 8),
        ("我想退貨", "zh-Hant", 3),
        ("Jeg har glemt passordet mitt", "nb", 9),
    ],
)
def test_finds_by_meaning_across_languages(
    index: HybridIndex, encoder: LocalEncoder, question: str, prefer: str, article: int
) -> None:
    vector = encoder.embed([question], "query")[0]
    assert index.search(question, vector, prefer=prefer)[0].chunk.article == article


def test_one_translation_in_the_askers_language(index: HybridIndex, encoder: LocalEncoder) -> None:
    vector = encoder.embed(["Paket Lieferzeit"], "query")[0]
    found = [hit.chunk.article for hit in index.search("Paket Lieferzeit", vector, prefer="nb")]
    assert found[0] == 4
    assert 5 not in found


@pytest.mark.parametrize(
    ("typed", "article"),
    [
        ("retu", 1),
        ("åpnigstider", 6),
        ("Geräte-Garantie", 7),
        ("Sendungsnumer", 5),
        ("超商", 8),
        ("pasword", 9),
    ],
)
def test_words_alone_forgive_typos_and_half_words(index: HybridIndex, typed: str, article: int) -> None:
    assert index.search(typed)[0].chunk.article == article


def test_nothing_is_found_for_nothing(index: HybridIndex) -> None:
    assert index.search("") == []
    assert index.search("qqqq") == []
    assert HybridIndex.build([]).search("retur") == []
    assert index.search("retur", languages=["fi"]) == []


def test_languages_can_be_restricted(index: HybridIndex, encoder: LocalEncoder) -> None:
    vector = encoder.embed(["retur"], "query")[0]
    assert {hit.chunk.language for hit in index.search("retur", vector, languages=["nb"])} == {"nb"}


def test_long_articles_count_once(encoder: LocalEncoder) -> None:
    texts = ["Vi holder til i Oslo.", "Frakt koster 59 kroner.", "Frakt er gratis over 500 kroner."]
    vectors = encoder.embed(texts, "passage").astype(np.float16)
    chunks = [Chunk(n, 1, "nb", "Om oss", text, vectors[n]) for n, text in enumerate(texts)]
    hits = HybridIndex.build(chunks).search(
        "Hva koster frakt?", encoder.embed(["Hva koster frakt?"], "query")[0]
    )
    assert [hit.chunk.text for hit in hits] == ["Frakt koster 59 kroner."]


def test_is_surer_of_its_own_subject(index: HybridIndex, encoder: LocalEncoder) -> None:
    def sure(question: str) -> float:
        return judge(index, question, encoder.embed([question], "query")[0]).probability

    own = [
        sure("Kan jeg returnere varer innen 30 dager?"),
        sure("Hvor mange dager tar det før pakken leveres?"),
    ]
    strange = [sure("Hvem vant fotball-VM i 1998?"), sure("Hvordan skifter jeg olje på bilen?"), sure("asdf")]
    assert min(own) > max(strange)
    assert max(strange) < 0.5


def test_never_sure_without_a_vector(index: HybridIndex) -> None:
    judged = judge(index, "Kan jeg returnere varer innen 30 dager?", None)
    assert (judged.sure, judged.probability) == (False, 0.0)
    assert judged.hits


def test_one_shelf_of_a_question_is_what_it_would_be_alone(index: HybridIndex, encoder: LocalEncoder) -> None:
    question = "Hvor er pakken min?"
    vector = encoder.embed([question], "query")[0]
    for given in (vector, None):
        part = index.look_up(question, given).within("nb")
        alone = index.look_up(question, given, ["nb"])
        assert np.array_equal(part.scores, alone.scores)
        assert part.hits(5) == alone.hits(5)


def test_trees_walked_at_once_say_what_they_say_one_by_one() -> None:
    def walk(tree: list[tuple[float, ...]], row: list[float]) -> float:
        node = tree[0]
        while len(node) > 1:
            feature, limit, low, high = node
            node = tree[int(low if row[int(feature)] <= limit else high)]
        return node[0]

    rows = np.random.default_rng(7).normal(0.4, 0.5, (50, len(NAMES)))
    judge = shipped()
    sums = np.array([sum(walk(tree, row) for tree in judge.trees) for row in rows.tolist()])
    assert np.allclose(judge.probabilities(rows), 1 / (1 + np.exp(-(sums + judge.bias))))
