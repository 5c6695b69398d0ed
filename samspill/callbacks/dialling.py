"""How a call is made. A link the agent's telephone or softphone opens; a voice part can take its place."""

import re
from typing import Protocol
from urllib.parse import quote

from samspill.callbacks.models import CallbackSettings

SCHEMES = "tel|sip|sips|callto|https|msteams|ciscotel|zoomphonecall|zoiper"  # never one that runs a script
ALLOWED = re.compile(rf"({SCHEMES}):\S+")


class Dialler(Protocol):
    """What makes calls."""

    def link(self, number: str) -> str:
        """The address that starts a call to this number (+4722225555) when an agent opens it."""
        ...


class Link:
    """The link of the settings, with the number in it."""

    def link(self, number: str) -> str:
        """tel:+4722225555"""
        pattern = CallbackSettings.current().link
        pattern = pattern if fine(pattern) else "tel:{number}"
        return pattern.replace("{number}", quote(number, safe="+"))


_dialler: Dialler = Link()


def use(dialler: Dialler) -> None:
    """Have calls made by this from now on. Called by an adapter when it is loaded."""
    global _dialler
    _dialler = dialler


def dialler() -> Dialler:
    """What makes calls here."""
    return _dialler


def fine(pattern: str) -> bool:
    """Whether this can be a link to call by: a known scheme, and a place for the number."""
    return "{number}" in pattern and bool(ALLOWED.fullmatch(pattern))
