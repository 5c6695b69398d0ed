"""HTTP/1.1 in the fewest instructions, so that what is measured is the server and not its visitors."""

import asyncio
import json
from collections.abc import AsyncIterator

PATIENCE_S = 20.0


class Unreachable(Exception):
    """No answer, or one that says to try again."""


class Refused(Exception):
    """An answer that will not change."""


class Connection:
    """One kept connection to a server on this machine; made anew when it broke."""

    def __init__(self, port: int, host: str = "127.0.0.1") -> None:
        self.host, self.port = host, port
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def ask(
        self, method: str, path: str, headers: dict[str, str] | None = None, body: object = None
    ) -> tuple[int, bytes]:
        """Status and content of the answer. Raises Unreachable."""
        try:
            async with asyncio.timeout(PATIENCE_S):
                return await self._exchange(method, path, headers or {}, body)
        except (OSError, EOFError, ValueError, TimeoutError) as error:
            self.close()
            raise Unreachable(str(error)) from error

    async def events(self, path: str) -> AsyncIterator[str]:
        """Kinds of server-sent events until the stream ends. Raises Unreachable."""
        try:
            await self._send("GET", path, {}, b"")
            assert self._reader
            status, _ = await self._head()
            while status == 200 and (line := await self._reader.readline()):
                if line.startswith(b"event: "):
                    yield line[7:].decode().strip()
        except (OSError, EOFError, ValueError) as error:
            raise Unreachable(str(error)) from error
        finally:
            self.close()
        raise Unreachable("the stream ended")

    def close(self) -> None:
        """Hang up."""
        if self._writer:
            self._writer.close()
        self._reader = self._writer = None

    async def _exchange(
        self, method: str, path: str, headers: dict[str, str], body: object
    ) -> tuple[int, bytes]:
        content = b"" if body is None else json.dumps(body).encode()
        await self._send(method, path, headers, content)
        assert self._reader
        status, found = await self._head()
        if "content-length" in found:
            return status, await self._reader.readexactly(int(found["content-length"]))
        return status, await self._chunks()

    async def _send(self, method: str, path: str, headers: dict[str, str], content: bytes) -> None:
        if self._writer is None:
            self._reader, self._writer = await asyncio.open_connection(self.host, self.port)
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self.host}:{self.port}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        if content:
            lines += ["Content-Type: application/json", f"Content-Length: {len(content)}"]
        self._writer.write("\r\n".join([*lines, "", ""]).encode() + content)
        await self._writer.drain()

    async def _head(self) -> tuple[int, dict[str, str]]:
        assert self._reader
        lines = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        pairs = (line.partition(":") for line in lines[1:] if line)
        return int(lines[0].split(" ")[1]), {name.lower(): value.strip() for name, _, value in pairs}

    async def _chunks(self) -> bytes:
        assert self._reader
        parts = []
        while size := int((await self._reader.readline()).strip(), 16):
            parts.append(await self._reader.readexactly(size))
            await self._reader.readexactly(2)
        await self._reader.readexactly(2)
        return b"".join(parts)
