import gzip
import json
from importlib import resources

import pytest
from django.test import Client

from samspill.conversations.models import Inbox
from samspill.widget.reader import spoken, words


def test_the_loader_is_small_cached_and_compressed(client: Client, db: None) -> None:
    answer = client.get("/widget/loader.js", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(answer.content) <= 6 * 1024
    assert b"attachShadow" in gzip.decompress(answer.content)
    assert "max-age" in answer.headers["Cache-Control"]
    again = client.get("/widget/loader.js", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_the_panel_may_be_framed_by_the_shop_alone(client: Client, inbox: Inbox) -> None:
    assert "frame-ancestors *" in _policy(client, inbox)
    inbox.settings["origins"] = ["https://shop.example", "https://evil.example; script-src *"]
    inbox.save()
    assert _policy(client, inbox).endswith("frame-ancestors 'self' https://shop.example")


@pytest.mark.parametrize(
    ("tag", "language"), [("nn-NO", "nb"), ("zh-TW", "zh-Hant"), ("sv", "sv"), ("xx", "en")]
)
def test_the_panel_speaks_the_pages_language(client: Client, inbox: Inbox, tag: str, language: str) -> None:
    answer = client.get(f"/widget/panel?inbox={inbox.key}&language={tag}", headers={"Accept-Language": "xx"})
    assert f'<html lang="{language}">' in answer.content.decode()


def test_every_language_says_everything() -> None:
    assert len(spoken()) == 15
    for language in spoken():
        assert _shape(words(language)) == _shape(words("en")), language


def test_nothing_is_said_that_is_never_shown() -> None:
    folder = resources.files("samspill")
    files = [*folder.joinpath("static/widget").iterdir(), folder.joinpath("templates/widget/panel.html")]
    files.append(folder.joinpath("widget/callback.py"))
    code = "".join(file.read_text(encoding="utf-8") for file in files)
    unused = [name for name in words("en") if name not in code]
    assert unused == []


def _shape(texts: object) -> object:
    if isinstance(texts, dict):
        return {name: _shape(text) for name, text in texts.items()}
    if isinstance(texts, list):
        return [_shape(text) for text in texts]
    assert isinstance(texts, str)
    assert texts, json.dumps(texts)
    return sorted(part.split("}")[0] for part in texts.split("{")[1:])


def _policy(client: Client, inbox: Inbox) -> str:
    answer = client.get(f"/widget/panel?inbox={inbox.key}")
    assert "X-Frame-Options" not in answer.headers
    return answer.headers["Content-Security-Policy"]
