"""What the product costs while it runs: memory and idle CPU."""

import time

import psutil

from bench.product import PARTS, Product


def memory(product: Product) -> dict[str, dict[str, float]]:
    """Megabytes by process, resident (RSS) and shared out fairly (PSS); PostgreSQL without what it shares."""
    found = {name: _of(process) for name, process in product.processes().items() if name != "postgres"}
    found["postgres, own"] = _own_of_postgres(product)
    found["all"] = {kind: round(sum(row[kind] for row in found.values()), 1) for kind in ("rss", "pss")}
    return found


def idle_cpu(product: Product, seconds: float) -> float:
    """Percent of one core that everything together uses while nobody does anything."""
    time.sleep(3)
    before, begun = spent(product), time.monotonic()
    time.sleep(seconds)
    used = sum(spent(product).values()) - sum(before.values())
    return round(used / (time.monotonic() - begun) * 100, 2)


def spent(product: Product) -> dict[str, float]:
    """Seconds of CPU that each process has used so far; PostgreSQL with its children, the ended ones too."""
    running = product.processes()
    found = {name: sum(running[name].cpu_times()[:2]) for name in (*PARTS, "supervisor")}
    postgres = running["postgres"]
    children = sum(sum(child.cpu_times()[:2]) for child in postgres.children())
    return found | {"postgres": sum(postgres.cpu_times()[:4]) + children}


def each(before: dict[str, float], after: dict[str, float], count: int) -> dict[str, float]:
    """Milliseconds of CPU for one of `count`, by process."""
    found = {name: (after[name] - before[name]) * 1000 / max(count, 1) for name in before}
    return {name: round(value, 2) for name, value in (found | {"all": sum(found.values())}).items()}


def _of(process: psutil.Process) -> dict[str, float]:
    full = process.memory_full_info()
    return {"rss": round(full.rss / 2**20, 1), "pss": round(full.pss / 2**20, 1)}


def _own_of_postgres(product: Product) -> dict[str, float]:
    # shared buffers are PostgreSQL's cache; what is private belongs to its processes
    postgres = product.processes()["postgres"]
    own = sum(one.memory_full_info().uss for one in [postgres, *postgres.children()])
    return {"rss": round(own / 2**20, 1), "pss": round(own / 2**20, 1)}
