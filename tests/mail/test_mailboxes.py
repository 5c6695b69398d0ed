"""Mails out of files, folders and mailbox files, and the command that shows them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from samspill.boot.cli import main
from samspill.mail.mailboxes import mails_in
from tests.mail.made import HEAD, file, mail, part, with_parts

MBOX = (
    b"From a@b.example Mon Jan  5 10:00:00 2026\n"
    + mail("One\n>From here\n\n")
    + b"From c@d.example Tue Jan  6 10:00:00 2026\n"
    + mail("Two\nFrom now on\n")
)


def _run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["mail", "read", *map(str, arguments)])


def _objects(*arguments: object) -> list[dict[str, object]]:
    result = _run("--json", *arguments)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("cur", "new", "tmp"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}:2,S").write_bytes(mail(f"in {name}"))
    return tmp_path


def test_a_mailbox_file_is_many_mails(tmp_path: Path) -> None:
    path = tmp_path / "box"
    path.write_bytes(MBOX)
    (_, one), (name, two) = mails_in(path)
    assert b"One\nFrom here" in one
    assert b"Two\nFrom now on" in two
    assert name == f"{path}#2"


def test_one_mail_with_an_envelope_line_is_one_mail(tmp_path: Path) -> None:
    path = tmp_path / "mail.eml"
    path.write_bytes(b"From a@b.example Mon Jan  5 10:00:00 2026\n" + mail("From a to b\n\nFrom here on\n"))
    assert [name for name, _ in mails_in(path)] == [str(path)]


def test_a_maildir_is_read_without_what_is_still_being_written(folder: Path) -> None:
    assert [one["text"] for one in _objects(folder)] == ["in cur", "in new"]


def test_every_mail_is_one_line_of_json_with_all_that_was_read(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(
        with_parts([part("Hei"), file(b"%PDF-1.4", "a.pdf")], head=HEAD + "Cc: Ola <o@p.example>\n")
    )
    (found,) = _objects(path)
    assert found["kind"] == "human"
    assert found["subject"] == "Hvor er pakken?"
    assert found["from"] == {"name": "Kari Nordmann", "address": "kari@nordmann.example"}
    assert found["to"] == [{"name": "Nordlys Solar", "address": "hei@nordlys.example"}]
    assert found["cc"] == [{"name": "Ola", "address": "o@p.example"}]
    assert found["date"] == "2026-01-05T10:00:00+01:00"
    assert found["message_id"] == "1@nordmann.example"
    assert found["attachments"] == [
        {"name": "a.pdf", "type": "application/pdf", "size": 8, "inline": False, "content_id": ""}
    ]
    assert found["bounce"] is None
    assert {"text", "new_text", "quoted", "signature", "file", "problems"} <= set(found)


def test_nothing_makes_it_fail(tmp_path: Path) -> None:
    (tmp_path / "empty").write_bytes(b"")
    (tmp_path / "rubbish").write_bytes(bytes(range(256)) * 40)
    found = _objects(tmp_path / "empty", tmp_path / "rubbish", tmp_path / "not there", tmp_path)
    assert len(found) == 5
    assert found[2]["problems"]


def test_without_json_it_is_told_in_words(folder: Path) -> None:
    told = _run(folder).stdout
    assert "Subject   Hvor er pakken?" in told
    assert "Kari Nordmann <kari@nordmann.example>" in told


def test_our_own_address_makes_a_loop(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(mail())
    assert _objects("--own-address", "kari@nordmann.example", tmp_path / "a")[0]["kind"] == "loop"
