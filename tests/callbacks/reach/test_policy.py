"""The adapter to the callback environment, on hand-made observations in its format."""

from samspill.callbacks.policy import make, removed_on_day_30

from .town import MONDAY, openings

CUSTOMER = {"customer_id": 1, "industry": "baker", "role": None, "country": "NO", "timezone": "Europe/Oslo", "region": None,
            "phone_country": "TW"}  # fmt: skip
CALENDAR = {
    "public_holidays": {"NO": ["2026-05-17"], "TW": []},
    "school_holidays": {"Oslo": [["2026-02-16", "2026-02-20"]]},
    "regions": {"NO": ["Oslo"]},
    "timezones": {"NO": "Europe/Oslo", "TW": "Asia/Taipei"},
}
EMPTY = {
    "customers": {k: [] for k in CUSTOMER},
    "requests": {k: [] for k in ("request_id", "customer_id", "created", "channel", "preferred")},
    "attempts": {k: [] for k in ("t", "request_id", "customer_id", "attempt", "outcome")},
    "events": {k: [] for k in ("t", "customer_id", "kind")},
}


def info(days: int = 5) -> dict:
    return {
        "steps": openings(days=days).tolist(), "max_attempts": 5, "expire_days": 7,
        "company": {"country": "NO", "tz": "Europe/Oslo"}, "preferred_windows": {"early": [7, 10]},
    }  # fmt: skip


def observation(step: int, **more: list) -> dict:
    nothing = {k: [] for k in ("new_requests", "new_customers", "results", "closed", "new_events")}
    return {"now": int(openings(days=40)[step]), "step": step, "capacity_left": 5, **nothing, **more}


def request(number: int) -> dict:
    return {
        "request_id": number,
        "customer_id": 1,
        "created": MONDAY + 8 * 3600,
        "channel": "web",
        "preferred": "early",
    }


def test_the_zone_comes_from_the_number_before_the_record() -> None:
    policy = make()
    policy.fit(info(), EMPTY, CALENDAR)
    policy.act(observation(0, new_customers=[CUSTOMER]))
    assert policy.shift.people[1].zone == "Asia/Taipei"


def test_with_no_history_people_are_called_at_once_with_a_forecast() -> None:
    policy = make()
    policy.fit(info(), EMPTY, CALENDAR)
    calls = policy.act(observation(0, new_customers=[CUSTOMER], new_requests=[request(7)]))
    assert [c[0] for c in calls] == [7]
    assert 0.1 < calls[0][1] < 0.7


def test_an_answered_call_is_done_and_a_missed_one_rests() -> None:
    policy = make()
    policy.fit(info(), EMPTY, CALENDAR)
    policy.act(observation(0, new_customers=[CUSTOMER], new_requests=[request(7), request(8)]))
    at = int(openings()[0])
    ended = [{"request_id": n, "customer_id": 1, "t": at, "attempt": 1, "outcome": o, "closed": c}
             for n, o, c in ((7, "answered", "reached"), (8, "no_answer", None))]  # fmt: skip
    calls = policy.act(observation(1, results=ended))
    assert calls == []
    assert set(policy.shift.open) == {8}


def test_after_the_model_is_gone_calls_go_on() -> None:
    policy = removed_on_day_30()
    policy.fit(info(40), EMPTY, CALENDAR)
    assert policy.act(observation(31 * 32, new_customers=[CUSTOMER], new_requests=[request(7)])) == [7]
