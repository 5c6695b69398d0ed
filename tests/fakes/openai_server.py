"""A server that speaks the chat-completions API, well or badly, on a real port."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any

from tests.fakes.served import served


@dataclass
class OpenAIServer:
    """What it will answer next, and all it was asked."""

    url: str = ""
    content: str = '{"commands": []}'
    status: int = 200
    raw: bytes | None = None
    asked: list[dict[str, Any]] = field(default_factory=list)
    done_thinking: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.answers_at_once()

    def thinks(self) -> None:
        """From now on no answer comes."""
        self.done_thinking.clear()

    def answers_at_once(self) -> None:
        self.done_thinking.set()

    def says(self, *commands: dict[str, Any]) -> None:
        self.content = json.dumps({"commands": list(commands)})

    def body(self) -> bytes:
        if self.raw is not None:
            return self.raw
        if self.asked and self.asked[-1].get("tools"):
            name = self.asked[-1]["tools"][0]["function"]["name"]
            call = {"id": "c1", "type": "function", "function": {"name": name, "arguments": self.content}}
            message: dict[str, Any] = {"role": "assistant", "content": None, "tool_calls": [call]}
        else:
            message = {"role": "assistant", "content": self.content}
        choice = {"index": 0, "finish_reason": "stop", "message": message}
        usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
        known = {"id": "x", "object": "chat.completion", "created": 1, "model": "fake"}
        return json.dumps({**known, "choices": [choice], "usage": usage}).encode()


@contextmanager
def openai_server() -> Iterator[OpenAIServer]:
    fake = OpenAIServer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            fake.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            fake.done_thinking.wait(60)
            body = fake.body()
            try:
                self.send_response(fake.status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            except OSError:
                pass  # the client was right not to wait

        def log_message(self, *args: Any) -> None: ...

    with served(Handler) as url:
        fake.url = f"{url}/v1"
        try:
            yield fake
        finally:
            fake.answers_at_once()
