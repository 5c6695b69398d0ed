"""Visitor tokens: a shop vouches for its signed-in customer with a JSON Web Token (HS256)."""

import base64
import binascii
import hashlib
import hmac
import json
from dataclasses import dataclass

from samspill.conversations.models import Inbox
from samspill.kit import clock, crypto

LONGEST_S = 60 * 60 * 24
MOST_CHARACTERS = 2000


@dataclass(frozen=True)
class Customer:
    """Whom the shop says its visitor is."""

    email: str
    name: str = ""


def secret(inbox: Inbox) -> str:
    """What the shop signs with; made the first time somebody asks for it."""
    if "secret" not in inbox.settings:
        inbox.settings["secret"] = crypto.token(32)
        inbox.save(update_fields=["settings"])
    return str(inbox.settings["secret"])


def sign(inbox: Inbox, customer: Customer, *, minutes: int = 60) -> str:
    """A token as a shop would make it."""
    moment = int(clock.now().timestamp())
    claims = {"email": customer.email, "name": customer.name, "iat": moment, "exp": moment + minutes * 60}
    body = f"{_encode({'alg': 'HS256', 'typ': 'JWT'})}.{_encode(claims)}"
    return f"{body}.{_sealed(body, secret(inbox))}"


def read(inbox: Inbox, token: str) -> Customer | None:
    """The customer of a genuine token that is still good; None for every other text."""
    key, parts = str(inbox.settings.get("secret", "")), token.split(".")
    if not key or len(parts) != 3 or len(token) > MOST_CHARACTERS or not token.isascii():
        return None
    if not crypto.same(_sealed(f"{parts[0]}.{parts[1]}", key), parts[2]):
        return None
    header, claims = _decode(parts[0]), _decode(parts[1])
    return _customer(claims) if header.get("alg") == "HS256" and _good(claims) else None


def _good(claims: dict[str, object]) -> bool:
    moment, made, ends = clock.now().timestamp(), claims.get("iat"), claims.get("exp")
    if not isinstance(made, int) or not isinstance(ends, int):
        return False
    return made <= moment + 60 and moment < ends <= made + LONGEST_S


def _customer(claims: dict[str, object]) -> Customer | None:
    email, name = claims.get("email"), claims.get("name", "")
    if not isinstance(email, str) or "@" not in email or not isinstance(name, str):
        return None
    return Customer(email.strip()[:254], name.strip()[:160])


def _sealed(body: str, key: str) -> str:
    return _base64(hmac.new(key.encode(), body.encode(), hashlib.sha256).digest())


def _encode(claims: dict[str, object]) -> str:
    return _base64(json.dumps(claims, separators=(",", ":")).encode())


def _base64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _decode(part: str) -> dict[str, object]:
    try:
        value = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (binascii.Error, ValueError):
        return {}
    return value if isinstance(value, dict) else {}
