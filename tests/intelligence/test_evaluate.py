from samspill.intelligence.confidence import Confidence
from samspill.intelligence.evaluate import answers, retrieval
from samspill.intelligence.local_encoder import LocalEncoder

CORPUS = [
    {"id": "a", "title": "", "text": "Pakken leveres på to til fire dager.", "lang": "nb"},
    {"id": "b", "title": "", "text": "Varer kan returneres innen 30 dager.", "lang": "nb"},
    {"id": "c", "title": "", "text": "Wir haben montags bis freitags geöffnet.", "lang": "de"},
    {"id": "d", "title": "", "text": "Die Garantie gilt zwei Jahre.", "lang": "de"},
]
QUERIES = [
    {"id": "1", "text": "Når leveres pakken?", "lang": "nb"},
    {"id": "2", "text": "Kan varer returneres?", "lang": "nb"},
    {"id": "3", "text": "Wie lange gilt die Garantie?", "lang": "de"},
    {"id": "4", "text": "Wann ist geöffnet?", "lang": "de"},
    {"id": "5", "text": "Has no answer here", "lang": "en"},
]
QRELS = {"1": {"a"}, "2": {"b"}, "3": {"d"}, "4": {"d"}}
ALWAYS = Confidence([[(10.0,)]], 0.0, 0.5)
NEVER = Confidence([[(-10.0,)]], 0.0, 0.5)


def test_retrieval_counts_places(encoder: LocalEncoder) -> None:
    found = retrieval(CORPUS, QUERIES, QRELS, encoder)
    # question 4 is labelled with the wrong article on purpose, which then stands second of two
    assert (found["mrr10"], found["recall5"], found["n"]) == (0.875, 1.0, 4)
    assert found["lang"]["de"] == {"mrr10": 0.75, "recall5": 1.0, "n": 2}
    assert found["bm25"]["mrr10"] == found["dense"]["mrr10"] == 0.875


def test_answers_add_up(encoder: LocalEncoder) -> None:
    found = answers(CORPUS, QUERIES, QRELS, encoder, [QUERIES[4]], ALWAYS)
    assert (found["answered_correctly"], found["wrong"], found["abstained"]) == (0.75, 0.25, 0.0)
    assert found["unanswerable_answered"] == 1.0
    assert found["lang"]["nb"]["answered_correctly"] == 1.0
    silent = answers(CORPUS, QUERIES, QRELS, encoder, [QUERIES[4]], NEVER)
    assert (silent["abstained"], silent["unanswerable_answered"]) == (1.0, 0.0)
