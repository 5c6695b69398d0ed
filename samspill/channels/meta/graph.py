"""Meta's Graph API: what WhatsApp, Messenger and Instagram have in common."""

from typing import Any

from samspill.channels import service
from samspill.channels.payload import number, part
from samspill.channels.service import Reader
from samspill.conversations.models import Inbox

# https://developers.facebook.com/docs/graph-api/guides/error-handling and the references of the three services
_CODES = {
    4: "busy", 17: "busy", 32: "busy", 613: "busy", 80007: "busy", 130429: "busy", 131048: "busy", 131056: "busy",
    1: "service_down", 2: "service_down", 131000: "service_down", 131016: "service_down", 131057: "service_down",
    190: "credentials", 0: "credentials", 102: "credentials", 463: "credentials", 467: "credentials",
    3: "permission", 200: "permission", 299: "permission", 131005: "permission", 368: "permission",
    131031: "permission", 131042: "quota", 33: "not_found", 131045: "not_found", 133010: "not_found",
    131047: "window_closed", 131026: "bad_address", 131030: "bad_address", 131021: "bad_address",
    551: "bad_address", 131050: "opted_out", 131052: "too_large", 131053: "too_large",
    132000: "template", 132001: "template", 132005: "template", 132007: "template", 132012: "template",
    132015: "template", 132016: "template",
}  # fmt: skip
_SUBCODES = {
    2018278: "window_closed",
    2534022: "window_closed",
    1545041: "bad_address",
    2018001: "bad_address",
}


def code_of(error: dict[str, Any]) -> str:
    """Our code for one of Meta's errors, as answers and states carry them."""
    if "code" not in error:
        return ""
    code = number(error, "code")
    return _SUBCODES.get(number(error, "error_subcode")) or _CODES.get(code) or f"refused:{code}"


def _reads(status: int, answer: dict[str, Any]) -> str:
    code = code_of(part(answer, "error"))
    # what they have no number of ours for is told by the status
    return "" if code.startswith("refused:") and status >= 429 else code


READS: Reader = _reads


def get(inbox: Inbox, path: str, **query: str) -> dict[str, Any]:
    """Read something. Raises Refused or Unreachable."""
    return service.ask(inbox, "GET", _url(path), reads=READS, params=query, headers=headers(inbox))


def post(inbox: Inbox, path: str, **given: Any) -> dict[str, Any]:
    """Write something. Raises Refused or Unreachable."""
    return service.ask(inbox, "POST", _url(path), reads=READS, headers=headers(inbox), **given)


def headers(inbox: Inbox) -> dict[str, str]:
    """What proves to Meta who asks."""
    return {"Authorization": f"Bearer {service.secret(inbox, 'token')}"}


def _url(path: str) -> str:
    return f"{service.address('graph')}/{path}"
