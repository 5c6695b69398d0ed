"""The one place that asks what time it is."""

from datetime import datetime, timedelta

from django.utils import timezone


def now() -> datetime:
    """The current moment, in UTC and aware of it."""
    return timezone.now()


def ago(**parts: float) -> datetime:
    """The moment that lies `parts` (as for timedelta) back."""
    return now() - timedelta(**parts)


def ahead(**parts: float) -> datetime:
    """The moment that lies `parts` (as for timedelta) ahead."""
    return now() + timedelta(**parts)
