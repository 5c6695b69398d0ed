"""Keyed hashes to look things up by and sealed values to read back. Both keys derive from SECRET_KEY."""

import base64
import hashlib
import hmac
import secrets
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


def digest(purpose: str, value: str) -> str:
    """A keyed hash (64 hex digits): equal values meet, nobody without the key can try values out."""
    return hmac.new(_key(purpose), value.encode(), hashlib.sha256).hexdigest()


def seal(value: str) -> str:
    """`value`, encrypted and authenticated, as text."""
    return _box().encrypt(value.encode()).decode()


def unseal(sealed: str) -> str:
    """What was sealed; an empty text where the key is no longer the one it was sealed with."""
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken:
        return ""


def seal_bytes(value: bytes) -> bytes:
    """`value`, encrypted and authenticated: what opens it again is sure to have been ours."""
    return _box().encrypt(value)


def unseal_bytes(sealed: bytes) -> bytes | None:
    """What was sealed; None where it was not sealed with this key, or was changed since."""
    try:
        return _box().decrypt(sealed)
    except InvalidToken:
        return None


def token(length: int = 24) -> str:
    """An unguessable text for addresses and keys (`length` random bytes)."""
    return secrets.token_urlsafe(length)


def same(left: str, right: str) -> bool:
    """Equality that takes the same time wherever the texts differ."""
    return hmac.compare_digest(left.encode(), right.encode())


@lru_cache
def _key(purpose: str) -> bytes:
    return hashlib.blake2b(settings.SECRET_KEY.encode(), person=purpose.encode()[:16]).digest()


@lru_cache
def _box() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(_key("seal")[:32]))
