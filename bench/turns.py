"""Measures turns of the running product: `python -m bench.turns [--seconds 30] [--rate 10] [--browser]`."""

import argparse
import asyncio
import json
import os
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from bench.browser import turns_in_browser
from bench.figures import machine, percentile, table
from bench.footprint import each, idle_cpu, memory, spent
from bench.product import Product
from bench.questions import QUESTIONS
from bench.stages import stages
from bench.visitor import Turn, Visitor

ROOM = 60  # visitors; one alone may say 90 things a minute
Load = Callable[[list[Visitor], float], Awaitable[list[Turn]]]


def main() -> None:
    """Start the product, measure, print."""
    given = _arguments()
    folder = given.data or Path(tempfile.mkdtemp(prefix="samspill-bench-"))
    product = Product(folder.resolve())
    found: dict[str, Any] = {"machine": machine(), "start_first_s": round(product.start(), 1)}
    try:
        found |= asyncio.run(_measure(product, given))
        found["memory_mb"] = memory(product)
        found["idle_cpu_percent"] = idle_cpu(product, 20.0)
        if given.browser:
            found["browser_ms"] = turns_in_browser(product, 40)
        product.stop()
        found["start_second_s"] = round(product.start(), 1)
    finally:
        product.stop()
    found["load_average_after"] = os.getloadavg()[0]
    print(json.dumps(found, indent=1) if given.json else table(found))


async def _measure(product: Product, given: argparse.Namespace) -> dict[str, Any]:
    inbox, first = product.inbox(), time.time()
    product.wait_until_read()
    await _with_visitors(product, inbox, lambda them: paced(them, 3.0, given.rate))  # warms everything up
    begun = time.time()
    turns = await _with_visitors(product, inbox, lambda them: paced(them, given.seconds, given.rate))
    found: dict[str, Any] = {f"turn_ms_at_{given.rate:g}_a_second": _spread(turns)}
    found["stages_ms"] = stages(product, turns, begun)
    before = spent(product)
    sustained = await _with_visitors(product, inbox, lambda them: closed(them, given.seconds))
    found["cpu_ms_a_turn"] = each(before, spent(product), len(sustained))
    span = max(turn.read for turn in sustained) - min(turn.sent for turn in sustained)
    found["sustained_turns_a_second"] = round(len(sustained) / span, 1)
    found["sustained_ms"] = _spread(sustained)
    found["turns_in_all"] = _counted(product, first)
    return found


async def paced(visitors: list[Visitor], seconds: float, rate: float) -> list[Turn]:
    """`rate` messages a second, whether or not the earlier ones are answered."""
    asking = []
    begun, number = time.monotonic(), 0
    while (due := number / rate) < seconds:
        await asyncio.sleep(max(0.0, begun + due - time.monotonic()))
        visitor = visitors[number % len(visitors)]
        asking.append(asyncio.create_task(visitor.ask(_text(visitor, number))))
        number += 1
    return list(await asyncio.gather(*asking))


async def closed(visitors: list[Visitor], seconds: float) -> list[Turn]:
    """Every visitor asks again as soon as the answer is there."""
    until = time.monotonic() + seconds

    async def one(visitor: Visitor, number: int) -> list[Turn]:
        turns = []
        while time.monotonic() < until:
            turns.append(await visitor.ask(_text(visitor, number)))
            number += len(visitors)
        return turns

    of_each = await asyncio.gather(*(one(visitor, number) for number, visitor in enumerate(visitors)))
    return [turn for turns in of_each for turn in turns]


async def _with_visitors(
    product: Product, inbox: str, load: Callable[[list[Visitor]], Awaitable[list[Turn]]]
) -> list[Turn]:
    languages = list(QUESTIONS)
    visitors = [Visitor(product.port, inbox, languages[at % len(languages)]) for at in range(ROOM)]
    for visitor in visitors:
        await visitor.come_in()
    try:
        return await load(visitors)
    finally:
        for visitor in visitors:
            await visitor.leave()


def _text(visitor: Visitor, number: int) -> str:
    texts = QUESTIONS[visitor.language]
    return texts[(number // 7 + number) % len(texts)]


def _spread(turns: list[Turn]) -> dict[str, float]:
    committed = [(turn.read - turn.acknowledged) * 1000 for turn in turns]
    pressed = [(turn.read - turn.sent) * 1000 for turn in turns]
    return {
        "turns": len(turns),
        "p50": percentile(committed, 50),
        "p95": percentile(committed, 95),
        "max": percentile(committed, 100),
        "p50_from_sending": percentile(pressed, 50),
        "p95_from_sending": percentile(pressed, 95),
    }


def _counted(product: Product, since: float) -> int:
    with product.connect() as connection:
        row = connection.execute("SELECT count(*) FROM samspill_turn WHERE at > to_timestamp(%s)", [since])
        return int(str((row.fetchone() or (0,))[0]))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--rate", type=float, default=10)
    parser.add_argument("--data", type=Path, help="keep the installation in this folder")
    parser.add_argument("--browser", action="store_true", help="measure in Chromium too")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
