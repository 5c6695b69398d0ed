"""Asking an outside service, so that its health is known and its refusals have a name."""

from collections.abc import Callable, Collection
from typing import Any

import httpx
from django.conf import settings

from samspill.channels.errors import Refused, Unreachable
from samspill.channels.health import failing, well
from samspill.conversations.models import Inbox
from samspill.kit import crypto
from samspill.kit.certificates import trusted

TIMEOUT = httpx.Timeout(10, connect=5)
# of these the inbox itself is ill; of others only the one message
ILL = {"credentials", "permission", "unreachable", "service_down", "not_found", "quota", "not_set_up"}
# what goes by without anybody doing something about the message
PASSES = {"unreachable", "service_down", "busy", "credentials", "permission", "not_set_up"}
Reader = Callable[[int, Any], str]  # (HTTP status, answer) → code, "" where the status says it all


def address(name: str) -> str:
    """The base address of a service."""
    return str(settings.SERVICES[name]).rstrip("/")


def own(name: str) -> str:
    """The service's own origin for fetching files, where an operator has put another in its place; else empty."""
    return address(name) if settings.SERVICES[name] != settings.SERVICES_BY_DEFAULT[name] else ""


def secret(inbox: Inbox, name: str) -> str:
    """A sealed setting of the inbox; empty where it is not set."""
    sealed = inbox.settings.get(f"{name}_sealed", "")
    return crypto.unseal(sealed) if sealed else ""


def ask(
    inbox: Inbox, method: str, url: str, *, reads: Reader, taken: Collection[int] = (), **given: Any
) -> dict[str, Any]:
    """The service's answer. Notes whether the inbox is well. Raises Refused or Unreachable with a code."""
    try:
        response = httpx.request(
            method, url, timeout=TIMEOUT, follow_redirects=False, verify=trusted(), **given
        )
    except httpx.HTTPError as error:
        raise _trouble(inbox, "unreachable", type(error).__name__) from None
    answer = _read(response)
    if response.is_success or response.status_code in taken:
        well(inbox)
        return answer
    code = reads(response.status_code, answer) or _by_status(response.status_code)
    raise _trouble(inbox, code, f"HTTP {response.status_code}")


def _trouble(inbox: Inbox, code: str, detail: str) -> Refused | Unreachable:
    plain = code.partition(":")[0]
    if plain in ILL:
        failing(inbox, plain, detail)
    return Unreachable(code) if plain in PASSES else Refused(code)


def _read(response: httpx.Response) -> dict[str, Any]:
    try:
        found = response.json()
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _by_status(status: int) -> str:
    if status in (401, 403):
        return "credentials" if status == 401 else "permission"
    if status in (408, 425, 429):
        return "busy"
    if status >= 500:
        return "service_down"
    return "not_found" if status == 404 else f"refused:HTTP {status}"
