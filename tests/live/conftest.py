"""The running product, and ears for its streams."""

import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from tests.journeys.conftest import address  # noqa: F401 - a fixture


class Ears:
    """Hears one stream."""

    def __init__(self, response: httpx.Response) -> None:
        self._events: queue.Queue[str] = queue.Queue()
        self._response = response
        threading.Thread(target=self._listen, daemon=True).start()

    def next(self, within: float = 30) -> str:
        """The kind of the next event; raises queue.Empty where none comes."""
        return self._events.get(timeout=within)

    def until(self, kind: str, within: float = 30) -> list[str]:
        """Every kind heard up to and with `kind`."""
        heard = [self.next(within)]
        while heard[-1] != kind:
            heard.append(self.next(within))
        return heard

    def _listen(self) -> None:
        try:
            for line in self._response.iter_lines():
                if line.startswith("event: "):
                    self._events.put(line.removeprefix("event: "))
        except (httpx.HTTPError, RuntimeError):
            pass  # the test is over


@contextmanager
def listening(url: str, **cookies: str) -> Iterator[Ears]:
    """Ears at a stream that has said hello."""
    with httpx.Client(cookies=cookies, timeout=httpx.Timeout(5, read=60)) as client:
        with client.stream("GET", url) as response:
            assert response.status_code == 200
            ears = Ears(response)
            assert ears.next() == "hello"
            yield ears
