"""Which exports can be read, and how they are told apart."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

from samspill.imports.formats import calls, chatwoot, contacts, mailbox, zammad, zendesk
from samspill.imports.items import Row
from samspill.imports.models import Import

FORMS = ("csv", "calls", "mbox", "zammad", "chatwoot", "zendesk")
TABLES = ("csv", "calls")  # their columns are chosen first
WITH_INBOX = ("mbox", "zammad", "chatwoot", "zendesk")
HEAD = 64 * 1024
# words that stand in the records of one product only
SIGNS = {
    "zammad": ("article_count", "create_article_type_id", "role_ids", "origin_by_id", '"firstname"', "owner_id"),
    "chatwoot": ("contact_last_seen_at", "pubsub_token", "phone_number", "message_type", "thumbnail", "inbox_id"),
    "zendesk": ("requester_id", "zendesk", "end_of_stream", "after_cursor", "submitter_id", "domain_names"),
}  # fmt: skip


def rows(of: Import, path: Path) -> Iterator[Row]:
    """The rows of an import, always in the same order."""
    if of.form == "csv":
        return contacts.rows(path, of.columns)
    if of.form == "calls":
        return calls.rows(path, of.columns)
    reader = {"mbox": mailbox.rows, "zammad": zammad.read, "chatwoot": chatwoot.read, "zendesk": zendesk.read}
    return reader[of.form](path)


def guess(path: Path) -> str:
    """Which of the forms a file or folder most likely has; '' where nothing tells."""
    if path.is_dir():
        return "mbox"
    names, head = _look(path)
    if head.startswith(b"From ") or any(name.endswith((".mbox", ".eml")) for name in names):
        return "mbox"
    said = head.decode("utf-8", "replace").casefold()
    scores = {form: sum(word in said for word in words) for form, words in SIGNS.items()}
    best = max(scores, key=lambda form: scores[form])
    if scores[best] and _is_json(head):
        return best
    if path.suffix.casefold() not in (".csv", ".tsv", ".txt"):
        return ""
    return "calls" if calls.is_one(path) else "csv"


def _look(path: Path) -> tuple[list[str], bytes]:
    if not zipfile.is_zipfile(path):
        with path.open("rb") as stream:
            return [path.name.casefold()], stream.read(HEAD)
    with zipfile.ZipFile(path) as box:
        names = [info.filename for info in box.infolist() if not info.is_dir()]
        heads = []
        for name in names[:10]:
            with box.open(name) as stream:
                heads.append(stream.read(HEAD))
    return [name.casefold() for name in names], b"\n".join(heads)


def _is_json(head: bytes) -> bool:
    return head.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in (b"{", b"[")
