"""The real product in a folder of its own: `samspill up`, as a person would start it."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import psycopg

PARTS = ("web", "worker", "models", "mailboxes")
BACK_WITHIN_S = 60


@dataclass
class Product:
    """One installation; nothing runs before `start`."""

    folder: Path
    port: int = 0
    log: Path = Path(os.devnull)
    _process: "subprocess.Popen[bytes] | None" = field(default=None, repr=False)

    def __post_init__(self) -> None:
        self.port = self.port or free_port()
        self.log = self.folder / "up.log"

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def start(self, patience: float = 300.0) -> float:
        """Start everything; returns the seconds until it said that it is ready."""
        self.folder.mkdir(parents=True, exist_ok=True)
        begun = time.monotonic()
        told = self.log.stat().st_size if self.log.exists() else 0
        command = [sys.executable, "-m", "samspill", "up", "--sample", "--port", str(self.port)]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                command, env=self._environment(), stdout=log, stderr=log, start_new_session=True
            )
        while b"is ready" not in self.log.read_bytes()[told:]:
            if self._process.poll() is not None or time.monotonic() - begun > patience:
                raise RuntimeError(f"the product did not start:\n{self.log.read_text()[-3000:]}")
            time.sleep(0.02)
        return time.monotonic() - begun

    def stop(self, number: int = signal.SIGTERM, patience: float = 30.0) -> int:
        """Ask it to end with a signal, as Ctrl-C does; returns its exit status."""
        assert self._process
        self._process.send_signal(number)
        return self._process.wait(patience)

    def processes(self) -> dict[str, psutil.Process]:
        """What runs now: supervisor, web, worker, models, mailboxes and postgres, by name."""
        found = {}
        for process in self.left():
            with suppress(psutil.Error):
                name = process.cmdline()[3:4]
                found |= {part: process for part in PARTS if name == [part]}
                found |= {"supervisor": process} if name == ["up"] else {}
        with suppress(psutil.Error, OSError, ValueError, IndexError):
            first = (self.folder / "postgres" / "postmaster.pid").read_text().splitlines()[0]
            postgres = psutil.Process(int(first))  # the number may be another's by now
            found |= {"postgres": postgres} if self._belongs(postgres) else {}
        return found

    def left(self) -> list[psutil.Process]:
        """Every living process that belongs to this installation."""
        return [process for process in psutil.process_iter() if self._belongs(process)]

    def connect(self) -> "psycopg.Connection[tuple[object, ...]]":
        """A connection to its database; one that was just killed is waited for."""
        for left in reversed(range(BACK_WITHIN_S)):
            try:
                return self._connect()
            except (OSError, IndexError, psycopg.OperationalError):
                if not left:
                    raise
                time.sleep(1)
        raise AssertionError

    def _connect(self) -> "psycopg.Connection[tuple[object, ...]]":
        folder = (self.folder / "postgres" / "postmaster.pid").read_text().splitlines()[4]
        return psycopg.connect(f"postgresql://postgres@/samspill?host={folder}", autocommit=True)

    def wait_until_read(self) -> None:
        """The articles of the sample company are read in the background after the first start."""
        self.wait_until_done()
        time.sleep(10)  # the assistant learns their titles

    def wait_until_done(self) -> None:
        """Until no job waits and none runs."""
        with self.connect() as connection:
            while connection.execute(
                "SELECT 1 FROM procrastinate_jobs WHERE status IN ('todo', 'doing')"
                " AND coalesce(scheduled_at, now()) <= now()"
            ).fetchone():
                time.sleep(0.5)

    def inbox(self) -> str:
        """The public key of the chat."""
        with self.connect() as connection:
            row = connection.execute(
                "SELECT key FROM samspill_inbox WHERE channel = 'webchat' AND enabled ORDER BY id LIMIT 1"
            ).fetchone()
        assert row
        return str(row[0])

    def _belongs(self, process: psutil.Process) -> bool:
        with suppress(psutil.Error):
            if process.status() == psutil.STATUS_ZOMBIE:
                return False
            mine = process.environ().get("SAMSPILL_DATA") == str(self.folder)
            return mine or process.cwd() == str(self.folder / "postgres")
        return False

    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not re.match(r"SAMSPILL_|DJANGO_", name)}
        models = os.environ.get("SAMSPILL_MODELS")
        return kept | {"SAMSPILL_DATA": str(self.folder)} | ({"SAMSPILL_MODELS": models} if models else {})


def free_port() -> int:
    """A port nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
