"""The commands an owner types."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from samspill.boot.cli import main
from samspill.flows import catalogue
from samspill.kit.models import Event
from samspill.workspace.models import Agent
from tests.world import PASSWORD, World

LIBRARY = Path(catalogue.__file__).parent / "library"


def typed(*words: str, **more: str) -> Result:
    return CliRunner().invoke(main, words, env=more, catch_exceptions=False)


def test_help_names_every_command_with_a_line_about_it() -> None:
    told = typed("--help").output
    for name, command in main.commands.items():
        assert name in told
        assert command.help, name
    for name in ("up", "agent", "flows", "sample", "api"):
        assert name in main.commands


def test_every_option_of_every_command_says_what_it_is_for() -> None:
    commands = list(main.commands.values())
    for command in commands:
        commands += getattr(command, "commands", {}).values()
        options = [one for one in command.params if one.param_type_name == "option"]
        assert [one.name for one in options if not one.help and not hasattr(one.type, "choices")] == [], (
            command.name
        )


def test_the_flows_that_ship_are_good() -> None:
    done = typed("flows", "check", *map(str, sorted(LIBRARY.glob("[a-z]*.yml"))))
    assert done.exit_code == 0
    assert "order_status.yml: good (order_status)" in done.output


def test_mistakes_in_a_flow_are_told_with_their_lines(tmp_path: Path) -> None:
    file = tmp_path / "mine.yml"
    file.write_text("flow: Mine\nsteps:\n  - ask: colour\n  - say: {en: hello, nb: hei}\n  - jump: nowhere\n")
    done = typed("flows", "check", str(file))
    assert done.exit_code == 1
    assert "mine.yml" in done.output
    assert "colour" in done.output


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe", b"- [", b"steps: 7", b"flow: x\nflow: y\n", b"a: &a [*a]"]
)
def test_a_broken_file_is_told_in_words_and_not_in_a_traceback(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "mine.yml"
    file.write_bytes(content)
    done = typed("flows", "check", str(file))
    assert done.exit_code == 1
    assert "Traceback" not in done.output


def test_an_agent_is_added_and_can_sign_in(world: World) -> None:
    done = typed(
        "agent", "create", "Nina@Nordlys.example", "--role", "admin", SAMSPILL_AGENT_PASSWORD=PASSWORD
    )
    assert done.exit_code == 0, done.output
    nina = Agent.objects.get(email="nina@nordlys.example")
    assert nina.check_password(PASSWORD)
    assert (nina.role, nina.name) == ("admin", "Nina")
    assert PASSWORD not in done.output
    assert Event.objects.get(kind="agent.added").data == {"agent": nina.pk, "role": "admin"}


@pytest.mark.parametrize(
    ("email", "password", "why"),
    [
        ("kari@nordlys.example", PASSWORD, "already"),
        ("no address", PASSWORD, "valid email"),
        ("new@nordlys.example", "short", "too short"),
    ],
)
def test_what_cannot_be_is_told_and_not_done(world: World, email: str, password: str, why: str) -> None:
    before = Agent.objects.count()
    done = typed("agent", "create", email, SAMSPILL_AGENT_PASSWORD=password)
    assert done.exit_code == 1
    assert why in done.output
    assert Agent.objects.count() == before


def _elsewhere(data: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    """A command in another terminal, which knows the data folder and no address of a database."""
    mine = {name: value for name, value in os.environ.items() if name != "SAMSPILL_DATABASE_URL"}
    command = [sys.executable, "-m", "samspill", *words]
    return subprocess.run(
        command,
        env=mine | {"SAMSPILL_DATA": str(data)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_command_finds_the_database_that_runs_in_the_data_folder() -> None:
    data = Path(os.environ["SAMSPILL_DATA"])
    if not (data / "postgres").exists():
        pytest.skip("the tests were given a database")
    ask = "from django.db import connection as c; c.ensure_connection(); print(c.vendor)"
    done = _elsewhere(data, "manage", "shell", "--no-imports", "-c", ask)
    assert done.stdout.strip() == "postgresql", done.stderr


def test_without_its_database_a_command_says_what_to_do(tmp_path: Path) -> None:
    done = _elsewhere(tmp_path, "sample", "clear")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "samspill up" in done.stderr
    assert str(tmp_path) in done.stderr
