"""A thread a core, two at most, computes for all callers: short questions first, repeated texts from memory."""

import os
import threading
from collections import OrderedDict, deque
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field

import numpy as np

from samspill.intelligence.encoder import Encoder, Kind, Vectors, nothing
from samspill.intelligence.errors import ModelUnavailable

MAX_WAITING = 4_096
MOST_THREADS = 2
REMEMBERED = 4_096
TOGETHER = {"query": 16, "passage": 4}  # a question waits for one batch of passages at most


@dataclass
class _Job:
    text: str
    kind: Kind
    done: Future[Vectors] = field(default_factory=Future)


class Batcher:
    """An Encoder that gathers the texts of concurrent callers into small batches of another one."""

    def __init__(self, encoder: Encoder, threads: int = MOST_THREADS) -> None:
        self._encoder = encoder
        self._waiting: dict[Kind, deque[_Job]] = {"query": deque(), "passage": deque()}
        self._known: OrderedDict[tuple[Kind, str], Vectors] = OrderedDict()
        self._change = threading.Condition()
        for _ in range(min(os.cpu_count() or 1, threads)):
            threading.Thread(target=self._work, name="encoder", daemon=True).start()

    def embed(self, texts: Sequence[str], kind: Kind) -> Vectors:
        """float32 [n, 384]; raises ModelUnavailable at once when too much is waiting already."""
        rows = [done.result() for done in self._enqueue(texts, kind)]
        return np.stack(rows) if rows else nothing()

    def _enqueue(self, texts: Sequence[str], kind: Kind) -> list[Future[Vectors]]:
        with self._change:
            if sum(map(len, self._waiting.values())) + len(texts) > MAX_WAITING:
                raise ModelUnavailable("The text model has too much to do; try again soon.")
            unique = dict.fromkeys(texts)
            futures = {text: self._remembered(text, kind) or self._ask(text, kind) for text in unique}
            self._change.notify(MOST_THREADS)
        return [futures[text] for text in texts]

    def _remembered(self, text: str, kind: Kind) -> Future[Vectors] | None:
        vector = self._known.get((kind, text))
        if vector is None:
            return None
        self._known.move_to_end((kind, text))
        done: Future[Vectors] = Future()
        done.set_result(vector)
        return done

    def _ask(self, text: str, kind: Kind) -> Future[Vectors]:
        job = _Job(text, kind)
        self._waiting[kind].append(job)
        return job.done

    def _work(self) -> None:
        while True:
            jobs = self._next()
            try:
                vectors = self._encoder.embed([job.text for job in jobs], jobs[0].kind)
            except Exception as error:  # noqa: BLE001  the callers get it; these threads must live on
                for job in jobs:
                    job.done.set_exception(error)
            else:
                self._deliver(jobs, vectors)

    def _next(self) -> list[_Job]:
        with self._change:
            self._change.wait_for(lambda: any(self._waiting.values()))
            queue = self._waiting["query"] or self._waiting["passage"]
            return [queue.popleft() for _ in range(min(TOGETHER[queue[0].kind], len(queue)))]

    def _deliver(self, jobs: list[_Job], vectors: Vectors) -> None:
        with self._change:
            for job, vector in zip(jobs, vectors, strict=True):
                self._known[job.kind, job.text] = vector
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        for job, vector in zip(jobs, vectors, strict=True):
            job.done.set_result(vector)
