from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from samspill.kit import clock

OSLO = ZoneInfo("Europe/Oslo")
MONDAY = datetime(2026, 11, 16, 9, 0, tzinfo=OSLO)


class Watch:
    """The time, as the test sets it."""

    def __init__(self) -> None:
        self.now = MONDAY

    def wait(self, **parts: float) -> None:
        self.now += timedelta(**parts)


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    """A Monday morning at nine, which passes only when told to."""
    found = Watch()
    monkeypatch.setattr(clock, "now", lambda: found.now)
    monkeypatch.setattr(clock, "ago", lambda **parts: found.now - timedelta(**parts))
    monkeypatch.setattr(clock, "ahead", lambda **parts: found.now + timedelta(**parts))
    return found
