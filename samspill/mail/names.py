"""What a file is called and what kind it is, for people and for disks."""

import mimetypes
import re

import filetype

VAGUE = frozenset(
    {"", "application/octet-stream", "application/octetstream", "application/x-download", "application/download",
     "application/force-download", "application/unknown", "application/x-unknown", "application/binary",
     "application/octet", "application/x-octet-stream", "application/save", "file", "text/plain", "image/*"}
)  # fmt: skip
BY_KIND = {
    "message/rfc822": ("mail", ".eml"), "text/calendar": ("invite", ".ics"), "text/html": ("page", ".html"),
    "text/plain": ("text", ".txt"), "text/csv": ("table", ".csv"), "text/vcard": ("contact", ".vcf"),
    "text/x-vcard": ("contact", ".vcf"), "text/rfc822-headers": ("headers", ".txt"),
    "message/delivery-status": ("delivery-status", ".txt"),
    "message/disposition-notification": ("receipt", ".txt"), "message/feedback-report": ("feedback-report", ".txt"),
    "application/pgp-signature": ("signature", ".asc"), "application/pgp-encrypted": ("version", ".txt"),
    "application/pgp-keys": ("key", ".asc"), "application/pkcs7-signature": ("smime", ".p7s"),
    "application/x-pkcs7-signature": ("smime", ".p7s"), "application/pkcs7-mime": ("smime", ".p7m"),
    "application/x-pkcs7-mime": ("smime", ".p7m"), "application/ms-tnef": ("winmail", ".dat"),
    "application/applefile": ("applefile", ".bin"), "image/jpeg": ("image", ".jpg"), "image/jpg": ("image", ".jpg"),
}  # fmt: skip
_NOT_IN_NAMES = re.compile("[\x00-\x1f\x7f\x80-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_FOLDERS = re.compile(r"^(?:[A-Za-z]:[\\/]|\\\\|file:/+|~?/|\.\.?[\\/]).*[\\/]", re.S)
LONGEST = 180


def name_of(declared: str, kind: str, number: int) -> str:
    """A name that is safe on every disk and in every page; made from the kind where none was given."""
    name = _NOT_IN_NAMES.sub("", _FOLDERS.sub("", declared.strip()))
    name = re.sub(r"[\\/]", "_", re.sub(r"\s+", " ", name)).strip(" \"'")
    if not name.strip("."):
        return _made(kind, number)
    stem, dot, ending = name.rpartition(".")
    return f"{stem[: LONGEST - 20]}{dot}{ending[:20]}" if len(name) > LONGEST else name


def kind_of(declared: str, name: str, content: bytes) -> str:
    """The declared kind, unless it says nothing and the content or the name says more."""
    if declared not in VAGUE:
        return declared
    found = filetype.guess_mime(content[:8_192]) if content else None
    named = mimetypes.guess_type(name.replace("/", "_"))[0] if "." in name else None
    if found == "application/zip" and named:
        return named  # office files are zip files
    if declared == "text/plain" and not (found and b"\0" in content[:8_192]):
        return declared
    return str(found or named or declared or "application/octet-stream")


def _made(kind: str, number: int) -> str:
    group = kind.partition("/")[0]
    stem, ending = BY_KIND.get(kind, (group if group in {"image", "audio", "video"} else "file", ""))
    ending = ending or mimetypes.guess_extension(kind) or ".bin"
    return f"{stem}-{number}{ending}" if number > 1 else f"{stem}{ending}"
