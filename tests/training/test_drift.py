"""The alarm keeps still in steady weeks and small ones, and rings when something has really changed."""

import numpy as np
import pytest

from samspill.training.drift import Traffic, compare

LANGUAGES = {"nb": 0.55, "de": 0.25, "zh-Hant": 0.12, "en": 0.08}


def traffic(chance, conversations, *, unknown=0.12, languages=LANGUAGES, sure=(6, 2)):
    """Simulated: a conversation keeps its language, and its messages are as sure as one another, nearly."""
    lengths = chance.choice([1, 1, 2, 2, 3, 5, 8], conversations)
    messages, names = int(lengths.sum()), np.array(list(languages))
    codes = np.repeat(chance.choice(names, conversations, p=list(languages.values())), lengths)
    usual = np.repeat(chance.beta(*sure, conversations), lengths)
    difficult = np.repeat(chance.random(conversations) < 2 * unknown, lengths)
    seen = np.clip(chance.normal(usual, 0.1), 0, 0.999)
    tenths = np.bincount((seen * 10).astype(int), minlength=10).tolist()
    missed = int((difficult & (chance.random(messages) < 0.5)).sum())
    counted = {str(name): int((codes == name).sum()) for name in names}
    return Traffic(conversations, messages, tenths, missed, {name: n for name, n in counted.items() if n})


@pytest.mark.parametrize("weekly", [45, 150, 1000])
def test_steady_weeks_ring_no_alarm(weekly):
    chance = np.random.default_rng(7)
    rung = sum(
        bool(compare(traffic(chance, weekly), traffic(chance, 4 * weekly))["alarms"]) for _ in range(100)
    )
    assert rung <= 5


@pytest.mark.parametrize("weekly", [5, 39])
def test_small_weeks_say_nothing(weekly):
    chance = np.random.default_rng(7)
    found = compare(traffic(chance, weekly, unknown=0.5), traffic(chance, 4 * weekly))
    assert (found["enough"], found["alarms"]) == (False, [])


SHIFTS = {
    "confidence": {"sure": (3, 4)},
    "unknown": {"unknown": 0.35},
    "language": {"languages": {"nb": 0.3, "de": 0.2, "zh-Hant": 0.1, "en": 0.05, "pl": 0.35}},
}


@pytest.mark.parametrize("what", SHIFTS)
def test_a_real_shift_rings(what):
    chance = np.random.default_rng(11)
    weeks = [compare(traffic(chance, 200, **SHIFTS[what]), traffic(chance, 800))["alarms"] for _ in range(40)]
    assert sum(what in alarms for alarms in weeks) >= 38


def test_a_fall_of_the_unanswered_is_no_alarm():
    chance = np.random.default_rng(3)
    assert compare(traffic(chance, 300, unknown=0.02), traffic(chance, 1200, unknown=0.4))["alarms"] == []


def test_nothing_at_all_is_no_alarm():
    nothing = Traffic(0, 0, [0] * 10, 0, {})
    assert compare(nothing, nothing)["alarms"] == []
    silent = Traffic(500, 900, [0] * 10, 0, {})
    assert compare(silent, silent)["alarms"] == []
