"""`samspill up`: the database, then every process, each restarted when it falls."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable

import click

from samspill.boot import postgres
from samspill.boot.environ import data_folder, read

PAUSES_S = (0.1, 0.5, 1, 2, 5)
STEADY_S = 10
LOOK_S = 0.25
STOP_S = 8


class Process:
    """One child that is started again whenever it ends by itself."""

    def __init__(self, name: str, arguments: list[str]) -> None:
        self.name, self.arguments = name, arguments
        self.child: subprocess.Popen[bytes] | None = None
        self.started_at, self.falls, self.not_before = 0.0, 0, 0.0

    def start(self) -> None:
        """Start the child in its own process group, so that Ctrl-C reaches us first."""
        command = [sys.executable, "-m", "samspill", *self.arguments]
        self.child = subprocess.Popen(command, start_new_session=True)
        self.started_at = time.monotonic()

    def look(self) -> None:
        """Start the child again if it has ended, with growing pauses while it keeps falling."""
        if self.child is None or self.child.poll() is None:
            return
        moment = time.monotonic()
        if self.not_before == 0.0:
            self.falls = 0 if moment - self.started_at > STEADY_S else self.falls + 1
            self.not_before = moment + PAUSES_S[min(self.falls, len(PAUSES_S) - 1)]
            click.echo(f"{self.name} ended ({self.child.returncode}), starting it again", err=True)
        if moment >= self.not_before:
            self.not_before = 0.0
            self.start()

    def stop(self) -> None:
        """Ask the child to end."""
        if self.child and self.child.poll() is None:
            self.child.terminate()

    def wait(self, seconds: float) -> None:
        """Wait for the end; force it when it does not come."""
        if self.child is None:
            return
        try:
            self.child.wait(max(0.1, seconds))
        except subprocess.TimeoutExpired:
            self.child.kill()


def up(host: str, port: int, database_url: str, *, sample: bool) -> None:
    """Run everything until Ctrl-C or SIGTERM."""
    begun, stopping = time.monotonic(), threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.set())
    folder = data_folder()
    folder.mkdir(parents=True, exist_ok=True)
    server = None if database_url else postgres.start(folder / "postgres")
    address = f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}"  # noqa: S104
    os.environ["SAMSPILL_DATABASE_URL"] = database_url or postgres.url(_running(server))
    os.environ["SAMSPILL_SUPERVISOR"] = str(os.getpid())
    os.environ["SAMSPILL_URL"] = read("URL") or address
    processes = [
        Process("models", ["models"]),
        Process("worker", ["worker"]),
        Process("mailboxes", ["mailboxes"]),
        Process("web", ["web", "--host", host, "--port", str(port)]),
    ]
    try:
        processes[0].start()
        _prepare(sample)
        for process in processes[1:]:
            process.start()
        _announce(address, port, host, begun)
        _watch(processes, server, stopping)
    finally:
        _stop(processes, server)


def _running(server: postgres.PostgresServer | None) -> postgres.PostgresServer:
    assert server is not None
    return server


def _prepare(sample: bool) -> None:
    arguments = ["prepare", *(["--sample"] if sample else [])]
    done = subprocess.run([sys.executable, "-m", "samspill", *arguments], check=False)
    if done.returncode:
        raise click.ClickException("Samspill could not be prepared; the lines above say why.")


def _announce(address: str, port: int, host: str, begun: float) -> None:
    _wait_for(lambda: _answers(host, port), seconds=30)
    took = time.monotonic() - begun
    click.echo(f"\n  Samspill is ready after {took:.1f} s: {address}\n  Stop it with Ctrl-C.\n")


def _answers(host: str, port: int) -> bool:
    try:
        with socket.create_connection((host, port), timeout=0.5):
            return True
    except OSError:
        return False


def _wait_for(ready: Callable[[], bool], seconds: float) -> None:
    until = time.monotonic() + seconds
    while not ready() and time.monotonic() < until:
        time.sleep(0.05)


def _watch(
    processes: list[Process], server: postgres.PostgresServer | None, stopping: threading.Event
) -> None:
    while not stopping.wait(LOOK_S):
        if server is not None and not postgres.runs(server):
            _revive(server)
        for process in processes:
            process.look()


def _revive(server: postgres.PostgresServer) -> None:
    click.echo("the database ended, starting it again", err=True)
    if postgres.revive(server):
        click.echo("the database is back", err=True)
    else:
        click.echo(f"it did not start yet; {server.log} says why", err=True)


def _stop(processes: list[Process], server: postgres.PostgresServer | None) -> None:
    click.echo("stopping …", err=True)
    for process in reversed(processes):
        process.stop()
    until = time.monotonic() + STOP_S
    for process in reversed(processes):
        process.wait(until - time.monotonic())
    if server is not None:
        server.stop()
    click.echo("stopped", err=True)
