"""Files are judged by what is in them, never by what they are called."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from samspill.conversations.attach import MOST_BYTES, NotAccepted, attach, path
from samspill.conversations.models import Attachment
from tests.at_once import times
from tests.conversations.files import PNG, upload
from tests.world import World

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
PAGE = b"<!doctype html><script>alert(1)</script>"


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.UPLOADS_FOLDER = tmp_path
    return tmp_path


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PNG, "image/png"),
        (b"%PDF-1.7\nhello", "application/pdf"),
        (b"\xff\xd8\xff\xe0" + b"\x00" * 32, "image/jpeg"),
        ("Hei på deg, 你好".encode(), "text/plain"),
    ],
)
def test_the_kind_is_read_from_the_content(world: World, content: bytes, kind: str) -> None:
    kept = attach(upload(content, "x.exe", "text/html"), contact=world.ingrid.contact)
    assert kept.kind == kind
    assert path(kept.sha256).read_bytes() == content


@pytest.mark.parametrize(
    "content",
    [
        SVG,
        PAGE,
        b"  \n\t" + PAGE,
        b"\xef\xbb\xbf" + PAGE,
        PAGE.decode().encode("utf-16"),
        b"<?xml version='1.0'?>" + SVG,
        b"MZ\x90\x00" + b"\x00" * 64,
        b"\x7fELF" + b"\x00" * 64,
        b"#!/bin/sh\x00rm -rf /",
        b"\x00" * 64,
        b"\xfe\xfe\xfe\xfe",
        b"",
    ],
)
def test_what_could_harm_a_reader_is_not_taken_whatever_it_is_called(world: World, content: bytes) -> None:
    with pytest.raises(NotAccepted):
        attach(upload(content, "photo.png", "image/png"), contact=world.ingrid.contact)
    assert Attachment.objects.count() == 0


def test_ten_megabytes_are_enough(world: World) -> None:
    assert attach(upload(b"a" * MOST_BYTES), agent=world.kari).size == MOST_BYTES
    with pytest.raises(NotAccepted, match="10 MB"):
        attach(upload(b"a" * (MOST_BYTES + 1)), agent=world.kari)


def test_an_archive_that_claims_to_be_huge_is_kept_unopened(world: World) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb", b"0" * 50_000_000)
    assert attach(upload(packed.getvalue(), "bomb.zip"), agent=world.kari).size < 100_000


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\kari\\bilde.png", "bilde.png"),
        ("a\r\nSet-Cookie: x.txt", "aSet-Cookie x.txt"),
        ("<script>.txt", "script.txt"),
        ("\u202egnp.exe", "gnp.exe"),
        ("..", "file"),
        ("合約.pdf", "合約.pdf"),
    ],
)
def test_odd_names_are_made_harmless(world: World, name: str, kept: str) -> None:
    file = upload(b"hello")
    file._name = name  # past Django's own cleaning, as another channel would hand it over
    assert attach(file, agent=world.kari).name == kept


def test_a_name_of_any_length_fits(world: World) -> None:
    assert len(attach(upload(b"hello", "n" * 4000 + ".txt"), agent=world.kari).name) <= 200


def test_the_same_content_lies_on_the_disk_once(world: World, folder: Path) -> None:
    keys = {attach(upload(PNG, f"{n}.png"), agent=world.kari).key for n in range(3)}
    assert len(keys) == 3
    assert len([one for one in folder.rglob("*") if one.is_file()]) == 1


def test_the_same_content_uploaded_at_once_is_whole(busy_world: World, folder: Path) -> None:
    content = b"x" * 2_000_000
    kept = times(6, lambda: attach(upload(content), agent=busy_world.kari))
    assert {path(one.sha256).read_bytes() for one in kept} == {content}
