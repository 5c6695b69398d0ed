"""Where the time of a turn goes: what the server noted, and what the browser saw around it."""

from bench.figures import medians, percentile
from bench.product import Product
from bench.visitor import Turn

NOTED = "SELECT t.message_id, t.stages_ms, extract(epoch FROM t.at) FROM samspill_turn t WHERE t.at > to_timestamp(%s)"


def stages(product: Product, turns: list[Turn], since: float) -> dict[str, dict[str, float]]:
    """Milliseconds of each stage: the median and what 95 of 100 do not exceed."""
    with product.connect() as connection:
        noted = {row[0]: (row[1], float(str(row[2]))) for row in connection.execute(NOTED, [since])}
    rows = [_row(turn, *noted[turn.message]) for turn in turns if turn.message in noted]  # type: ignore[arg-type]
    names = list(dict.fromkeys(name for row in rows for name in row))
    middle = medians(rows)
    return {
        name: {"p50": middle[name], "p95": percentile((row[name] for row in rows if name in row), 95)}
        for name in names
    }


def _row(turn: Turn, noted: dict[str, float], written: float) -> dict[str, float]:
    return {
        "post": (turn.acknowledged - turn.sent) * 1000,
        **noted,
        "write_commit_live": max(0.0, (turn.heard - written) * 1000),
        "pull": (turn.read - turn.heard) * 1000,
    }
