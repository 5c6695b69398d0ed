"""How a mail is signed or encrypted. Nothing is checked here; what came is kept as it is, and named."""

import re

from samspill.mail.mime import Part, parse

SMIME = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
SMIME_SIGNATURE = frozenset({"application/pkcs7-signature", "application/x-pkcs7-signature"})
DATA = bytes.fromhex("06092a864886f70d010701")  # the object id of "data" in CMS (RFC 5652)
SIGNED = bytes.fromhex("06092a864886f70d010702")
_ARMOUR = re.compile(r"^-----BEGIN PGP (SIGNED )?MESSAGE-----\s*$", re.M)


def protection_of(part: Part) -> str:
    """By the type of the part; "" for an ordinary one."""
    if part.kind == "multipart/encrypted":
        return "pgp encrypted" if "pgp" in part.parameter("protocol").lower() else "encrypted"
    if part.kind == "application/pgp-encrypted":
        return "pgp encrypted"
    if part.kind in SMIME:
        signed = part.parameter("smime-type").lower() == "signed-data" or SIGNED in part.content[:64]
        return "smime signed" if signed else "smime encrypted"
    if part.kind in SMIME_SIGNATURE:
        return "smime signed"
    return "pgp signed" if part.kind == "application/pgp-signature" else ""


def is_armoured(text: str) -> str:
    """A PGP message written into the text."""
    found = _ARMOUR.search(text) if "-----BEGIN PGP" in text else None
    return ("pgp signed" if found[1] else "pgp encrypted") if found else ""


def inside_of_signed(part: Part) -> Part | None:
    """The mail an opaque S/MIME signature wraps; None where there is none."""
    content = part.content if part.kind in SMIME else b""
    at = content.find(DATA) if SIGNED in content[:64] else -1
    inside = _octets(content, at + len(DATA)) if at > 0 else b""
    return parse(inside) if inside else None


def _octets(data: bytes, at: int) -> bytes:
    """The octet strings under the tag [0] at `at`, definite or indefinite, put together."""
    tag, start, end = _element(data, at)
    if tag != 0xA0:
        return b""
    pieces, at = [], start
    while at < end:
        tag, start, stop = _element(data, at)
        if tag == 0x04:
            pieces.append(data[start:stop])
            at = stop
        elif tag == 0x24:
            at = start  # constructed: its pieces follow
        else:
            break
    return b"".join(pieces)


def _element(data: bytes, at: int) -> tuple[int, int, int]:
    """Tag, start and end of the value at `at`; an indefinite one reaches to the end of the data."""
    if at + 2 > len(data):
        return -1, at, at
    tag, length = data[at], data[at + 1]
    if length == 0x80:
        return tag, at + 2, len(data)
    if length < 0x80:
        return tag, at + 2, min(len(data), at + 2 + length)
    size = length & 0x7F
    start = at + 2 + size
    return tag, start, min(len(data), start + int.from_bytes(data[at + 2 : start], "big"))
