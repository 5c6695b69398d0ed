"""Signed passes: what a browser shows to be let into a stream or recognised as a visitor."""

from django.core import signing


def issue(purpose: str, **facts: object) -> str:
    """A signed text that carries `facts`."""
    return signing.dumps(facts, salt=f"samspill.{purpose}", compress=False)


def read(purpose: str, text: str, max_age_s: int | None = None) -> dict[str, object] | None:
    """The facts of a pass, or None when it is forged, garbled or too old."""
    try:
        facts = signing.loads(text, salt=f"samspill.{purpose}", max_age=max_age_s)
    except signing.BadSignature:
        return None
    return facts if isinstance(facts, dict) else None
