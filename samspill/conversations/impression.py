"""What the last messages of a contact sound like together: mood, trend, and whether they press."""

from collections.abc import Mapping, Sequence
from typing import Any

KEPT = 12  # messages a trend shows
COUNT = (1.0, 0.8, 0.6)  # the latest three decide, the latest most
PRESSING = 0.6  # urgency from which a message presses
LATEST = 0.6  # share of the newest message in the running sentiment
MOST_WORDS = 3

Trend = list[dict[str, Any]]


def mark(
    message: int, mood: str, sentiment: float | None, urgency: float | None, reading: Mapping[str, Any]
) -> dict[str, Any]:
    """One message as the trend keeps it: its class, its numbers, and the words of an urgent one."""
    entry: dict[str, Any] = {"message": message, "mood": mood, "sentiment": sentiment, "urgency": urgency}
    if presses(urgency):
        pressing = (one["words"] for one in reading.get("reasons", ()) if one.get("moves") == "urgency")
        entry["words"] = list(dict.fromkeys(pressing))[:MOST_WORDS]
    return entry


def presses(urgency: float | None) -> bool:
    """Whether a message of this urgency cannot wait."""
    return urgency is not None and urgency >= PRESSING


def along(trend: Sequence[dict[str, Any]], entry: dict[str, Any]) -> Trend:
    """The trend with this message in its place, new or read anew."""
    others = [one for one in trend if one["message"] != entry["message"]]
    return sorted([*others, entry], key=lambda one: int(one["message"]))[-KEPT:]


def together(trend: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The fields of a conversation that follow from its trend."""
    return {
        "mood": _mood([one["mood"] for one in trend if one["mood"]]),
        "sentiment": _sentiment([one["sentiment"] for one in trend if one["sentiment"] is not None]),
        "urgent": any(presses(one["urgency"]) for one in pressing(trend)),
        "trend": list(trend),
    }


def pressing(trend: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The messages that make a conversation urgent now; none once the contact sounds pleased."""
    if trend and trend[-1]["mood"] == "satisfied":
        return []
    return [one for one in trend[-len(COUNT) :] if presses(one["urgency"])]


def _mood(moods: Sequence[str]) -> str:
    if not moods or moods[-1] == "satisfied":
        return moods[-1] if moods else ""
    votes: dict[str, float] = {}
    for mood, weight in zip(reversed(moods), COUNT, strict=False):
        votes[mood] = votes.get(mood, 0) + weight
    return max(votes, key=lambda mood: votes[mood])


def _sentiment(values: Sequence[float]) -> float | None:
    if not values:
        return None
    running = values[0]
    for value in values[1:]:
        running = LATEST * value + (1 - LATEST) * running
    return round(running, 3)
