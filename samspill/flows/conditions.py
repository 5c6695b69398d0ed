"""The small question a flow can put to its data: `order.status is shipped`, `not order.tracking`."""

import re
from collections.abc import Mapping
from typing import Any

from samspill.flows.texts import look_up

_SHAPE = re.compile(r"^(?P<no>not\s+)?(?P<path>[\w.]+)(?:\s+(?P<word>is not|is|in)\s+(?P<value>.+?))?$")


def well_formed(condition: str) -> bool:
    """Whether this is a question the engine understands."""
    return bool(_SHAPE.match(condition.strip()))


def path_of(condition: str) -> str:
    """The data the question is about."""
    shape = _SHAPE.match(condition.strip())
    return shape["path"] if shape else ""


def holds(condition: str, values: Mapping[str, Any]) -> bool:
    """The answer; missing data counts as no."""
    shape = _SHAPE.match(condition.strip())
    if shape is None:
        return False
    answer = _compare(look_up(shape["path"], values), shape["word"] or "", shape["value"] or "")
    return not answer if shape["no"] else answer


def _compare(found: Any, word: str, wanted: str) -> bool:
    if not word:
        return bool(found)
    allowed = {part.strip().casefold() for part in wanted.split(",")} if word == "in" else {wanted.casefold()}
    same = _plain(found) in allowed
    return not same if word == "is not" else same


def _plain(found: Any) -> str:
    if isinstance(found, bool):
        return "yes" if found else "no"
    return str(found).casefold()
