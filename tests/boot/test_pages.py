import asyncio
from typing import Any

from samspill.boot import pages
from samspill.boot.pages import Pages

SCOPE = {
    "type": "http", "method": "POST", "path": "/å", "query_string": b"a=1", "http_version": "1.1",
    "headers": [(b"content-length", b"5"), (b"x-name", b"yes"), (b"x_name", b"smuggled")],
    "client": ("192.0.2.1", 5), "server": ("here", 80), "scheme": "http",
}  # fmt: skip


def ask(application: Any, *parts: bytes) -> tuple[int, list[bytes]]:
    waiting = [{"type": "http.request", "body": part, "more_body": part != parts[-1]} for part in parts]
    sent: list[Any] = []

    async def receive() -> Any:
        return waiting.pop(0)

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(Pages(application, 1)(SCOPE, receive, send))
    return sent[0]["status"], [message["body"] for message in sent[1:]]


def test_a_request_crosses_over_whole() -> None:
    seen: dict[str, Any] = {}

    def application(environ: dict[str, Any], start: Any) -> list[bytes]:
        seen.update(environ, body=environ["wsgi.input"].read())
        start("201 Created", [("Set-Cookie", " a=1")])
        return [b"o", b"k"]

    assert ask(application, b"hel", b"lo") == (201, [b"ok"])
    assert seen["body"] == b"hello"
    assert seen["PATH_INFO"].encode("latin-1").decode() == "/å"
    assert (seen["CONTENT_LENGTH"], seen["HTTP_X_NAME"], seen["REMOTE_ADDR"]) == ("5", "yes", "192.0.2.1")


def test_a_large_answer_is_sent_in_parts() -> None:
    def application(environ: dict[str, Any], start: Any) -> Any:
        start("200 OK", [])
        return (b"x" * (pages.AT_ONCE // 2) for _ in range(5))

    status, parts = ask(application, b"")
    assert status == 200
    assert len(parts) > 1
    assert sum(map(len, parts)) == 5 * (pages.AT_ONCE // 2)


def test_too_large_a_request_is_refused(monkeypatch: Any) -> None:
    monkeypatch.setattr(pages, "LARGEST", 4)
    assert ask(lambda *_: [], b"hel", b"lo")[0] == 413
