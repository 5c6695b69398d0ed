"""Imports in words: what they are, what came of them, why a row was left out."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.imports.models import Import


def forms() -> list[tuple[str, str]]:
    """What can be read."""
    return [
        ("", _("Find out by itself")),
        ("csv", _("People from a table (CSV)")),
        ("calls", _("Past calls from a table (CSV)")),
        ("mbox", _("Mails (mbox, Maildir or .eml, also zipped)")),
        ("zammad", "Zammad (JSON)"),
        ("chatwoot", "Chatwoot (JSON, CSV)"),
        ("zendesk", "Zendesk (JSON, CSV)"),
    ]


def named(form: str) -> str:
    """One of them by its name."""
    return dict(forms()).get(form, form)


def fields() -> list[tuple[str, str]]:
    """What a column may hold."""
    return [
        ("", _("Leave out")),
        ("name", _("Name")),
        ("first", _("First name")),
        ("last", _("Last name")),
        ("email", _("E-mail")),
        ("phone", _("Telephone")),
        ("organisation", _("Company")),
        ("language", _("Language")),
        ("country", _("Country")),
        ("tags", _("Tags")),
        ("key", _("Number in the old system")),
        ("attribute", _("Keep as a field of its own")),
    ]


def call_fields() -> list[tuple[str, str]]:
    """What a column of past calls may hold."""
    return [
        ("", _("Leave out")),
        ("phone", _("Telephone")),
        ("asked", _("When the customer asked")),
        ("called", _("When the call was made")),
        ("outcome", _("How the call ended")),
        ("topic", _("Topic")),
        ("name", _("Name")),
        ("email", _("E-mail")),
        ("key", _("Number in the old system")),
    ]


def problem(code: str) -> str:
    """Why an import cannot begin or go on."""
    return {
        "no_file": _("Please choose a file."),
        "empty": _("There is nothing in this file that can be brought in."),
        "too_big": _(
            "The file is larger than 1 GB. Copy it to the server and use “samspill import” on the command line."
        ),
        "unknown_form": _("We cannot tell what wrote this file. Please say so above."),
        "no_inbox": _("Please choose the inbox the conversations belong to."),
    }.get(code, _("This file cannot be read."))


def reason(code: str) -> str:
    """Why a row was left out, or not taken whole."""
    name, _sep, about = code.partition(":")
    if name == "kept":
        return _("Known; the record says something else and was kept: %(fields)s") % {
            "fields": _fields(about)
        }
    if name == "taken":
        return _("This telephone number or address belongs to another contact already and stays there.")
    return {
        "no_address": _("Neither an e-mail address nor a telephone number."),
        "bad_address": _("What stands there is no e-mail address and no telephone number."),
        "unknown_customer": _("The customer it belongs to is not in this export."),
        "unknown_conversation": _("The conversation it belongs to is not in this export or was left out."),
        "too_many_cells": _("More cells than the head of the table has columns."),
        "no_sender": _("The mail names no sender."),
        "empty": _("It is empty."),
        "empty_message": _("A message without text or file."),
        "too_big": _("It is too large."),
        "broken_json": _("Here the file is broken or breaks off."),
        "unknown_record": _("Not a person, a conversation or a message."),
        "no_id": _("It has no number to know it again by."),
        "no_name": _("It has no name."),
        "no_asked": _("It does not say when the customer asked."),
        "bad_time": _("What stands there is no day with a time: 2026-11-16 09:30."),
        "called_before_asked": _("The call comes before the customer asked."),
        "in_future": _("It lies in the future."),
        "no_outcome": _("It does not say how the call ended."),
        "bad_outcome": _(
            "We do not know this way for a call to end: answered, no answer, voicemail, busy, declined."
        ),
        "deleted": _("It was deleted in the old system."),
    }.get(name, _("It cannot be read."))


def _fields(codes: str) -> str:
    known = dict(fields()) | {"vip": "VIP"}
    return ", ".join(known.get(code, code) for code in codes.split(","))


def summary(of: Import) -> list[str]:
    """What it added, or would add, in a few words each."""
    counts = of.counts
    said = [
        (counts.get("contacts", 0), ngettext("%(n)s person", "%(n)s people", counts.get("contacts", 0))),
        (
            counts.get("companies", 0),
            ngettext("%(n)s company", "%(n)s companies", counts.get("companies", 0)),
        ),
        (
            counts.get("conversations", 0),
            ngettext("%(n)s conversation", "%(n)s conversations", counts.get("conversations", 0)),
        ),
        (counts.get("messages", 0), ngettext("%(n)s message", "%(n)s messages", counts.get("messages", 0))),
        (
            counts.get("callbacks", 0),
            ngettext("%(n)s callback", "%(n)s callbacks", counts.get("callbacks", 0)),
        ),
        (counts.get("calls", 0), ngettext("%(n)s call", "%(n)s calls", counts.get("calls", 0))),
        (counts.get("files", 0), ngettext("%(n)s file", "%(n)s files", counts.get("files", 0))),
    ]
    return [words % {"n": f"{number:,}".replace(",", "\u202f")} for number, words in said if number]


def besides(of: Import) -> list[str]:
    """What was known, filled, left out, kept."""
    counts = of.counts
    said = [
        ("known", ngettext("%(n)s was known already", "%(n)s were known already", counts.get("known", 0))),
        (
            "filled",
            ngettext("%(n)s contact was filled in", "%(n)s contacts were filled in", counts.get("filled", 0)),
        ),
        ("skipped", ngettext("%(n)s row was left out", "%(n)s rows were left out", counts.get("skipped", 0))),
        ("noted", ngettext("%(n)s row needs a look", "%(n)s rows need a look", counts.get("noted", 0))),
        (
            "files_outside",
            ngettext(
                "%(n)s file lies only in the old system",
                "%(n)s files lie only in the old system",
                counts.get("files_outside", 0),
            ),
        ),
        (
            "kept",
            ngettext(
                "%(n)s record was kept because somebody worked on it",
                "%(n)s records were kept because somebody worked on them",
                counts.get("kept", 0),
            ),
        ),
    ]
    return [words % {"n": counts[name]} for name, words in said if counts.get(name)]
