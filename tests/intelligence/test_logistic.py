import time

import numpy as np

from samspill.intelligence.classify import Classifier
from samspill.intelligence.logistic import fit
from samspill.intelligence.scores import shares


def sample(rows: int, size: int, classes: int, seed: int = 5):
    chance = np.random.default_rng(seed)
    right = chance.integers(0, classes, rows)
    centres = chance.normal(size=(classes, size)) * 0.15
    vectors = (centres[right] + chance.normal(size=(rows, size)) * 0.1).astype(np.float32)
    return vectors, right


def test_finds_what_scikit_learn_finds() -> None:
    from sklearn.linear_model import LogisticRegression  # seconds in every worker, at collection

    vectors, right = sample(600, 20, 5)
    weights, bias = fit(vectors, right, np.ones(len(right)), strength=3.0)
    theirs = LogisticRegression(C=3.0, max_iter=2_000, tol=1e-8).fit(vectors, right)
    ours = vectors @ weights + bias
    assert (ours.argmax(1) == theirs.predict(vectors)).mean() > 0.99
    assert np.abs(shares(ours) - theirs.predict_proba(vectors)).mean() < 0.01


def test_ten_thousand_rows_are_learned_in_seconds_not_minutes() -> None:
    vectors, right = sample(10_000, 384, 60)
    began = time.process_time()
    model = Classifier.train(vectors, [str(one) for one in right], ["en"] * len(right), 100.0, 0.5)
    assert time.process_time() - began < 10  # about 0.5 s; bench/understanding has the figure
    said = model.probabilities(vectors, ["en"] * len(right)).argmax(1)
    assert (np.array(model.labels)[said] == right.astype(str)).mean() > 0.95


def test_balance_gives_rare_classes_their_say() -> None:
    chance = np.random.default_rng(3)
    vectors = chance.normal(size=(1_000, 8)).astype(np.float32)
    labels = ["rare" if row < 20 else "often" for row in range(1_000)]
    vectors[:20, 0] += 1
    even, plain = (Classifier.train(vectors, labels, None, 1.0, balance) for balance in (1.0, 0.0))
    caught = [
        (one.probabilities(vectors[:20])[:, one.labels.index("rare")] > 0.5).sum() for one in (even, plain)
    ]
    assert caught[0] > caught[1]
