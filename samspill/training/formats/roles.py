"""Who said something, as the many exports write it."""

from typing import Any

_CUSTOMERS = {
    "user", "customer", "contact", "client", "visitor", "enduser", "end-user", "end_user", "incoming", "in",
    "inbound", "requester", "guest", "human", "kunde", "kunden", "kundin", "客戶", "顧客", "客人", "0",
}  # fmt: skip
_OTHERS = {
    "agent", "assistant", "bot", "system", "outgoing", "out", "outbound", "operator", "admin", "support",
    "staff", "teammate", "company", "employee", "mitarbeiter", "medarbeider", "客服", "1", "2", "3",
    "agentbot", "activity", "template", "automation",
}  # fmt: skip


def customer(said_by: Any) -> bool | None:
    """True for a customer, False for the company, None where the word is not known."""
    if isinstance(said_by, dict):
        said_by = said_by.get("type") or said_by.get("role") or ""
    word = str(said_by).strip().casefold()
    if word in _CUSTOMERS:
        return True
    return False if word in _OTHERS else None
