"""Reasons in words say no more than the model did."""

import pytest
from django.utils import translation

from samspill.callbacks import words
from samspill.callbacks.reach.explaining import PARTS

HABIT = {"answered": 5, "tried": 7, "weekday": 1, "from": 840, "until": 1440}


def test_counts_are_told_with_day_and_hours() -> None:
    with translation.override("en"):
        told = words.reason({"code": "habit_weekday", "effect": 0.4, "numbers": HABIT})
        assert told == "Tuesday: answered 5 of 7 times between 14:00 and 24:00"
        level = words.reason({"code": "habit_level", "effect": -0.4, "numbers": {"answered": 1, "tried": 9}})
        assert level == "Their habits speak against this time (answered 1 of 9 calls so far)"
        nothing = words.reason({"code": "habit_level", "effect": 0.4, "numbers": {"answered": 0, "tried": 0}})
        assert nothing == "Their habits speak for this time"


@pytest.mark.parametrize("code", [*PARTS, "habit_time", "habit_level", "other_models"])
def test_every_reason_of_the_model_has_words_for_and_against(code: str) -> None:
    if code == "habit":  # told as one of the three kinds of habit
        return
    with translation.override("en"):
        pair = [words.reason({"code": code, "effect": effect, "numbers": HABIT}) for effect in (0.3, -0.3)]
    assert all(pair)
    assert code == "habit_time" or pair[0] != pair[1]


def test_what_a_later_model_says_is_left_out() -> None:
    assert words.reason({"code": "phase_of_the_moon", "effect": 0.2, "numbers": {}}) == ""
