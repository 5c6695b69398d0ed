"""The part of a bounce that is made for machines (RFC 3464)."""

import re
from dataclasses import dataclass

from samspill.mail.encoded_words import text_of
from samspill.mail.fields import read_fields
from samspill.mail.mime import Part

REPORTS = ("message/delivery-status", "message/global-delivery-status")
MOST = 1_000
_GROUPS = re.compile(rb"\r*\n[ \t]*\r*\n")
_ADDRESS = re.compile(r"[^\s<>;,()\"]+@[^\s<>;,()\"]+")
_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")


@dataclass(frozen=True)
class Recipient:
    """What became of the mail for one recipient."""

    address: str
    action: str  # failed, delayed, delivered, relayed, expanded
    status: str
    says: str

    @property
    def failed(self) -> bool:
        """For good: a report without an action goes by its status."""
        return self.action == "failed" or (not self.action and not self.status.startswith(("2", "4")))

    @property
    def delayed(self) -> bool:
        """The server still tries."""
        return self.action == "delayed" or (not self.action and self.status.startswith("4"))


def reported(root: Part) -> list[Recipient] | None:
    """Every recipient a report names; None where there is no report."""
    parts = [part for part in root.walk() if part.kind in REPORTS]
    if not parts:
        return None
    return [one for part in parts for one in _recipients(part.content)][:MOST]


def _recipients(content: bytes) -> list[Recipient]:
    found = []
    for group in _GROUPS.split(content[:2_000_000].strip()):
        fields, _ = read_fields(group + b"\n", 0, len(group) + 1)
        said = {name: text_of(value) for name, value in reversed(fields)}
        if said.keys() & {"final-recipient", "original-recipient", "action", "x-actual-recipient"}:
            found.append(_recipient(said))
    return found


def _recipient(said: dict[str, str]) -> Recipient:
    named = ("original-recipient", "final-recipient", "x-actual-recipient", "x-display-name")
    addresses = (_ADDRESS.search(said.get(name, "")) for name in named)
    first = next((one[0] for one in addresses if one), "")
    code = said.get("diagnostic-code", "")
    status = _STATUS.search(said.get("status", ""))
    action = re.match(r"[a-z]*", said.get("action", "").strip().lower())
    return Recipient(
        address=first or _local(said.get("final-recipient", "")),
        action=action[0] if action else "",
        status=status[1] if status else "",
        says=re.sub(r"^\s*[\w-]+\s*;\s*", "", code)[:300].strip(),
    )


def _local(value: str) -> str:
    return value.rpartition(";")[2].strip(" <>")
