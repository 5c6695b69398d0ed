"""Findings in words: what was seen, why, and what the repair will write."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from samspill.care.duplicates import order
from samspill.care.finding import proposal
from samspill.care.models import Finding
from samspill.contacts.models import Contact, Identity
from samspill.kit import languages


@dataclass(frozen=True)
class Shown:
    """One finding as the queue draws it."""

    row: Finding
    what: str
    change: str  # what one click will write; "" where only a person can tell
    reasons: list[tuple[str, bool]]  # words, and whether they speak for it
    percent: str
    kept: Contact | None = None
    merged: Contact | None = None


def shown(row: Finding, identities: dict[int, Identity]) -> Shown:
    """A finding with everything the page says of it."""
    reasons = [(sign(one["sign"]), one.get("weight", 1) > 0) for one in row.reasons]
    percent = f"{100 * row.score:.0f}"
    if row.kind == Finding.Kind.DUPLICATE and row.other:
        kept, merged = order(row)
        change = _("%(other)s is taken into %(name)s; addresses and conversations move along.")
        names = {"other": str(merged), "name": str(kept)}
        return Shown(row, _("These two may be one person"), change % names, reasons, percent, kept, merged)
    return Shown(row, *_single(row, identities), [], percent)


def about(name: str) -> str:
    """What is wrong, in words, whoever's record it is."""
    return {
        "silent": _("Nobody has heard of them for a long time"),
        "returned": _("Mail to this address came back"),
        "no_number": _("This cannot be a telephone number"),
        "language": _("The language"),
        "country": _("The country"),
        "name": _("The name"),
        "organisation": _("The organisation is missing"),
        "address": _("A conversation stands under somebody else's record"),
    }.get(name, name)


def sign(name: str) -> str:
    """Evidence in words."""
    return {
        "proven_phone": _("both proved the same number"),
        "same_phone": _("same telephone number"),
        "gave_address": _("gave the other's address"),
        "same_order": _("named the same order"),
        "same_name": _("same name"),
        "similar_name": _("similar name"),
        "same_mail_name": _("same name before the @"),
        "same_domain": _("same company's domain"),
        "language_agrees": _("same language"),
        "country_agrees": _("same country"),
        "similar_writing": _("they write alike"),
        "names_differ": _("different names"),
        "language_differs": _("different languages"),
        "country_differs": _("different countries"),
    }.get(name, name)


def _single(row: Finding, identities: dict[int, Identity]) -> tuple[str, str]:
    wanted, kind = proposal(row), row.about.partition(":")[0]
    missing = row.kind == Finding.Kind.INCOMPLETE
    what = {
        "language": _("The language is missing") if missing else _("The messages are in another language"),
        "country": _("The country is missing")
        if missing
        else _("The telephone number is of another country"),
        "name": _("The name is missing") if missing else _("Their mails bear another name"),
    }.get(kind, about(kind))
    return what, _change(kind, wanted, row.contact, identities)


def _change(kind: str, wanted: dict[str, Any], contact: Contact, identities: dict[int, Identity]) -> str:
    if kind == "language":
        new, old = languages.named(wanted.get("language", "")), languages.named(contact.language)
    elif kind in {"country", "name"}:
        new, old = wanted.get(kind, ""), getattr(contact, kind)
    elif kind == "organisation":
        new, old = wanted.get("organisation", ""), ""
    elif kind in {"returned", "no_number"}:
        held = identities.get(wanted.get("unreachable", 0))
        return _("%(address)s is marked as not reachable.") % {"address": held.value if held else "–"}
    elif kind == "silent":
        return _("The record is marked as inactive and leaves the list.")
    else:
        count = len(wanted.get("conversations", []))
        return _("Conversations that move to the owner of their address: %(n)s") % {"n": count}
    return f"{old or '–'} → {new or '–'}"
