"""A real IMAP server in a folder of its own: Debian's Dovecot, as root or as anybody."""

import getpass
import grp
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import pytest
from imap_tools import BaseMailBox, MailBoxUnencrypted

PASSWORD = "hemmelig-123"
PLACES = ("/usr/sbin/dovecot", "/usr/local/sbin/dovecot")
CONFIG = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_internal_user = {internal}
default_internal_group = {internal_group}
default_login_user = {login}
mail_location = maildir:{folder}/mail/%u
mail_max_userip_connections = 50
maildir_very_dirty_syncs = no
first_valid_uid = 1
auth_mechanisms = plain login{mechanisms}
auth_failure_delay = 0 secs
{oauth}
passdb {{
  driver = static
  args = {password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mail/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
protocol imap {{
  imap_idle_notify_interval = 30 secs
}}
"""
OAUTH = """
passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {folder}/oauth.conf
}}
"""


class Dovecot:
    """One server; it can be killed and started again, and its mail stays. Every name has a mailbox."""

    def __init__(self, folder: Path, tokeninfo: str = "", *, asks: bool = True) -> None:
        self.folder, self.tokeninfo, self.port = folder, tokeninfo, _free_port()
        self.asks = asks  # for a password
        self._process: subprocess.Popen[bytes] | None = None
        self._write()

    def start(self) -> None:
        """Serve; returns once it greets."""
        command = [_program(), "-F", "-c", str(self.folder / "dovecot.conf")]
        self._process = subprocess.Popen(command, start_new_session=True)
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=1) as link:
                    if link.recv(4) == b"* OK":
                        return
            except OSError:
                time.sleep(0.05)
        raise TimeoutError(self.log)

    def stop(self, number: int = signal.SIGTERM) -> None:
        """End it with everything it started, connections too."""
        if self._process is None:
            return
        os.killpg(self._process.pid, number)
        self._process.wait(10)
        self._process = None
        time.sleep(0.2)

    @property
    def log(self) -> str:
        """What it wrote."""
        file = self.folder / "dovecot.log"
        return file.read_text() if file.exists() else ""

    def box(self, name: str) -> BaseMailBox:
        """The mailbox as another mail program sees it."""
        return MailBoxUnencrypted("127.0.0.1", self.port, timeout=10).login(name, PASSWORD)

    def deliver(self, name: str, *mails: bytes, folder: str = "INBOX") -> None:
        """Put mails into a mailbox over IMAP."""
        with self.box(name) as box:
            for mail in mails:
                box.append(mail, folder, dt=None)

    def drop(self, name: str, *mails: bytes) -> None:
        """Put mails into a mailbox while nobody serves it, as a delivery agent does."""
        new = self.folder / "mail" / name / "new"
        for number, mail in enumerate(mails):
            file = new / f"{time.time_ns()}.{number}.test"
            file.write_bytes(mail.replace(b"\r\n", b"\n"))
            shutil.chown(file, *_owner()) if os.geteuid() == 0 else None

    def number_anew(self, name: str) -> None:
        """Forget the numbers of all mails, as when a server is restored."""
        for file in (self.folder / "mail" / name).glob("dovecot*"):
            file.unlink()

    def _write(self) -> None:
        for name in ("mail", "run", "state"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        root, (owner, group) = os.geteuid() == 0, _owner()
        facts = {
            "folder": self.folder, "password": f"password={PASSWORD}" if self.asks else "nopassword=y", "port": self.port,
            "internal": "dovecot" if root else owner, "login": "dovenull" if root else owner,
            "internal_group": "dovecot" if root else group,
            "uid": pwd.getpwnam(owner).pw_uid, "gid": grp.getgrnam(group).gr_gid,
            "mechanisms": " xoauth2 oauthbearer" if self.tokeninfo else "",
            "oauth": OAUTH.format(folder=self.folder) if self.tokeninfo else "",
        }  # fmt: skip
        (self.folder / "dovecot.conf").write_text(CONFIG.format(**facts))
        oauth = f"tokeninfo_url = {self.tokeninfo}\nusername_attribute = email\n"
        (self.folder / "oauth.conf").write_text(oauth)
        if root:
            shutil.chown(self.folder / "mail", owner, group)


def new_folder() -> Path:
    """A folder that the server's own users may enter; its sockets need a short path."""
    folder = Path(tempfile.mkdtemp(prefix="dovecot-"))
    folder.chmod(0o755)
    return folder


def needed() -> None:
    """Skip where Dovecot is missing; fail in bin/ci, which installs it."""
    if not _program():
        (pytest.fail if os.environ.get("CI") else pytest.skip)("needs Dovecot: apt-get install dovecot-imapd")


def _program() -> str:
    return shutil.which("dovecot") or next((place for place in PLACES if Path(place).exists()), "")


def _owner() -> tuple[str, str]:
    if os.geteuid() == 0:
        return "mail", "mail"
    return getpass.getuser(), grp.getgrgid(os.getegid()).gr_name


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
