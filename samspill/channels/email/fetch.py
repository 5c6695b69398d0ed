"""From a folder of a mailbox into the database: whatever is not stored yet, in small batches."""

import hashlib
import re
from collections.abc import Iterator
from datetime import date

from django.db import transaction
from imap_tools import BaseMailBox
from imap_tools.imap_utf7 import utf7_encode

from samspill.channels.email.account import Account
from samspill.channels.models import MailFolder
from samspill.channels.store import keep
from samspill.conversations.models import Inbox
from samspill.kit.events import emit

MOST_BYTES = 8 * 1024 * 1024
MOST_MAILS = 50
SIZES_AT_ONCE = 500
_UID = re.compile(rb"\bUID (\d+)")
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)")
Raw = tuple[int, bytes]


def fetch(box: BaseMailBox, inbox: Inbox, account: Account, name: str) -> int:
    """Store every mail of a folder that is not stored yet; returns how many were new.

    A batch and how far it goes are kept in one transaction, so that a kill at any moment loses nothing.
    """
    folder = select(box, inbox, name)
    new = 0
    while True:
        box.client.response("EXISTS")  # heard until now; what comes meanwhile is looked for again
        for uids in _batches(box, waiting(box, account, folder)):
            new += _keep(inbox, folder, uids, list(_download(box, uids)))
            if account.afterwards == "seen":
                box.client.uid("STORE", ",".join(map(str, uids)), "+FLAGS.SILENT", r"(\Seen)")
        if box.client.response("EXISTS")[1] in ([None], [], None):
            return new


def select(box: BaseMailBox, inbox: Inbox, name: str) -> MailFolder:
    """Enter a folder; where the server numbers its mails anew, it is read from the beginning again."""
    box.folder.set(name)
    validity = int(box.client.response("UIDVALIDITY")[1][0] or 0)
    folder, _ = MailFolder.objects.get_or_create(
        inbox=inbox, name=name[:200], defaults={"uid_validity": validity}
    )
    if folder.uid_validity != validity:
        folder.uid_validity, folder.last_uid = validity, 0
        folder.save(update_fields=["uid_validity", "last_uid"])
    return folder


def waiting(box: BaseMailBox, account: Account, folder: MailFolder) -> list[int]:
    """The numbers of the mails that are not stored yet, in order."""
    found = search(box, f"UID {folder.last_uid + 1}:*", account)
    return sorted(uid for uid in found if uid > folder.last_uid)  # n:* always names the last one


def search(box: BaseMailBox, criteria: str, account: Account) -> list[int]:
    """The numbers of mails that answer to the criteria and came after the mailbox was connected."""
    since = f" SINCE {imap_day(date.fromisoformat(account.since))}" if account.since else ""
    return [int(uid) for uid in box.uids(criteria + since, charset=None)]


def imap_day(day: date) -> str:
    """A day as IMAP writes it, whatever the machine's own language."""
    months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
    return f"{day.day}-{months[day.month - 1]}-{day.year}"


def folder_bytes(name: str) -> bytes:
    """A folder's name as IMAP sends it."""
    return b'"' + utf7_encode(name).replace(b"\\", b"\\\\").replace(b'"', b'\\"') + b'"'


def _batches(box: BaseMailBox, uids: list[int]) -> Iterator[list[int]]:
    batch: list[int] = []
    held = 0
    for start in range(0, len(uids), SIZES_AT_ONCE):
        sizes = _sizes(box, uids[start : start + SIZES_AT_ONCE])
        for uid in uids[start : start + SIZES_AT_ONCE]:
            size = sizes.get(uid, 0)
            if batch and (len(batch) == MOST_MAILS or held + size > MOST_BYTES):
                yield batch
                batch, held = [], 0
            batch.append(uid)
            held += size
    if batch:
        yield batch


def _sizes(box: BaseMailBox, uids: list[int]) -> dict[int, int]:
    _ok, rows = box.client.uid("FETCH", ",".join(map(str, uids)), "(UID RFC822.SIZE)")
    texts = [row if isinstance(row, bytes) else row[0] for row in rows if row]
    found = [(_UID.search(text), _SIZE.search(text)) for text in texts]
    return {int(uid[1]): int(size[1]) for uid, size in found if uid and size}


def _download(box: BaseMailBox, uids: list[int]) -> Iterator[Raw]:
    ok, rows = box.client.uid("FETCH", ",".join(map(str, uids)), "(UID BODY.PEEK[])")
    if ok != "OK":
        raise box.client.abort("the mails could not be fetched")
    for row, after in zip(rows, [*rows[1:], None], strict=True):
        if isinstance(row, tuple):  # the number stands before the mail, or behind it
            uid = _UID.search(row[0]) or _UID.search(after if isinstance(after, bytes) else b"")
            if uid:
                yield int(uid[1]), row[1]


@transaction.atomic
def _keep(inbox: Inbox, folder: MailFolder, uids: list[int], mails: list[Raw]) -> int:
    kept = [
        keep(inbox, hashlib.sha256(raw).hexdigest(), raw, {"folder": folder.name, "uid": uid})
        for uid, raw in mails
    ]
    new = [inbound for inbound in kept if inbound is not None]
    if new:
        emit("mails.stored", actor="system", inbounds=new, inbox=inbox.pk)
    folder.last_uid = max(uids)
    folder.save(update_fields=["last_uid"])
    return len(new)
