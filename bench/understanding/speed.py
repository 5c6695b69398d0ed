"""How fast a message is understood: alone, over the socket, and by many at once; and what it costs in memory."""

import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

import numpy as np
import psutil
import yaml

from samspill.intelligence import pii
from samspill.intelligence.client import EncoderClient
from samspill.intelligence.entities import find as entities
from samspill.intelligence.entities.context import Context
from samspill.intelligence.intents import IntentModel
from samspill.intelligence.understanding import Understanding, load

SERVE = (
    "import sys; from pathlib import Path; from samspill.intelligence.server import serve; "
    "serve(Path(sys.argv[1]), Path(sys.argv[2]))"
)
TEXTS = (
    "Hei, hvor er pakken min? Jeg bestilte den for {} dager siden.",
    "Wo ist mein Paket? Bestellnummer NF-{}, ich warte schon lange.",
    "我的包裹在哪裡？訂單編號 {}，明天下午三點前需要。",
    "Where is my parcel? I ordered {} days ago and need it tomorrow.",
)
ROUNDS, CLIENTS, MESSAGES = 200, 8, 1_500
Report = Callable[[str, str, str], None]


def report(models: Path, show: Report) -> None:
    """Medians of ROUNDS messages, none of them seen before."""
    show("whole analysis, one core", _times(_everything(load(models))), "9 / 15 (6 / 10) ms")
    with _served(models) as (client, server):
        show("the same over the socket", _times(lambda text: client.analyse(text)), "")
        show("messages a second, 8 clients", f"{_throughput(client):.0f}", "180 (300)")
        memory = psutil.Process(server.pid).memory_full_info()
        show(
            "memory of the text process",
            f"{memory.rss / 2**20:.0f} MB, own {memory.uss / 2**20:.0f}",
            "420 (280)",
        )


def _everything(understanding: Understanding) -> Callable[[str], object]:
    """Language, mood, urgency and vector; then intent, entities and personal data."""
    examples = yaml.safe_load(files("samspill.assistant").joinpath("data/examples.yml").read_text("utf8"))
    rows = [
        (text, label, code)
        for label, by_language in examples.items()
        for code, texts in by_language.items()
        for text in texts
    ]
    texts, labels, codes = zip(*rows, strict=True)
    intents = IntentModel.train(texts, labels, codes, understanding.encoder.embed(texts, "query"))

    def everything(text: str) -> object:
        found = understanding.analyse(text)
        wanted = intents.read([text], [found.language], found.vector[None])
        return wanted, entities.find(text, Context(found.language)), pii.find(text)

    return everything


def _times(act: Callable[[str], object]) -> str:
    """By the clock, and by this thread's work, which other programs on the machine disturb less."""
    act(TEXTS[0])
    times, work = [], []
    for number in range(ROUNDS):
        text = TEXTS[number % len(TEXTS)].format(time.time_ns() % 100_000)
        begun, worked = time.perf_counter(), time.thread_time()
        act(text)
        times.append(1_000 * (time.perf_counter() - begun))
        work.append(1_000 * (time.thread_time() - worked))
    shown = [f"p50 {np.median(one):.2f}, p95 {np.percentile(one, 95):.2f} ms" for one in (times, work)]
    return f"{shown[0]} ({shown[1]} of CPU)"


def _throughput(client: EncoderClient) -> float:
    left = iter(range(MESSAGES))

    def work() -> None:
        for number in left:
            client.analyse(TEXTS[number % len(TEXTS)].format(number * 7919))

    threads = [threading.Thread(target=work) for _ in range(CLIENTS)]
    begun = time.perf_counter()
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return MESSAGES / (time.perf_counter() - begun)


@contextmanager
def _served(models: Path) -> Iterator[tuple[EncoderClient, "subprocess.Popen[bytes]"]]:
    with tempfile.TemporaryDirectory() as folder:
        socket = Path(folder) / "model.sock"
        server = subprocess.Popen([sys.executable, "-c", SERVE, str(socket), str(models)])
        client = EncoderClient(socket, timeout=60)
        while not client.healthy():
            time.sleep(0.05)
        try:
            yield client, server
        finally:
            server.kill()
            server.wait()
