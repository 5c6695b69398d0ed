"""What happens to mails on the server once they are stored; nothing, unless an admin said so."""

from datetime import timedelta

from imap_tools import BaseMailBox

from samspill.channels.email.account import Account
from samspill.channels.email.fetch import folder_bytes, imap_day, search
from samspill.channels.models import MailFolder
from samspill.conversations.models import Inbox
from samspill.kit import clock

AT_ONCE = 200


def tidy(box: BaseMailBox, inbox: Inbox, account: Account, name: str) -> None:
    """Move or delete what is stored, in the folder that is open, as the settings say."""
    if account.afterwards not in ("move", "delete"):
        return
    folder = MailFolder.objects.get(inbox=inbox, name=name[:200])
    stored = search(box, _which(account, folder), account) if folder.last_uid else []
    stored = [uid for uid in stored if uid <= folder.last_uid]
    for start in range(0, len(stored), AT_ONCE):
        numbers = ",".join(map(str, stored[start : start + AT_ONCE]))
        if account.afterwards == "move":
            _move(box, numbers, account.move_to)
        else:
            box.delete(numbers)


def _which(account: Account, folder: MailFolder) -> str:
    if account.afterwards == "move":
        return f"UID 1:{folder.last_uid}"
    last_day = (clock.now() - timedelta(days=max(1, account.delete_days))).date()
    return f"UID 1:{folder.last_uid} BEFORE {imap_day(last_day)}"


def _move(box: BaseMailBox, numbers: str, target: str) -> None:
    if not box.folder.exists(target):
        box.folder.create(target)
    if "MOVE" in box.client.capabilities:
        box.client.uid("MOVE", numbers, folder_bytes(target).decode())
        return
    box.copy(numbers, target)
    box.delete(numbers)
