"""Asking a language model one harmless thing, to see whether it can be reached."""

import time
from dataclasses import dataclass

import httpx

PATIENCE_S = 8


@dataclass(frozen=True)
class Check:
    """How it went: the answer's first words, or what went wrong."""

    good: bool
    words: str
    seconds: float


def check_llm(url: str, model: str, key: str) -> Check:
    """Send one short question to an OpenAI-compatible endpoint."""
    started = time.monotonic()
    try:
        words, good = _ask(url, model, key), True
    except httpx.HTTPStatusError as error:
        words, good = f"HTTP {error.response.status_code}", False
    except httpx.HTTPError as error:
        words, good = type(error).__name__, False
    except (ValueError, KeyError, IndexError, TypeError):
        words, good = "?", False
    return Check(good, words, time.monotonic() - started)


def _ask(url: str, model: str, key: str) -> str:
    question = {"role": "user", "content": "Say hello in one word."}
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    answer = httpx.post(
        f"{url.rstrip('/')}/chat/completions",
        json={"model": model, "messages": [question], "max_tokens": 12},
        headers=headers,
        timeout=PATIENCE_S,
    )
    answer.raise_for_status()
    return str(answer.json()["choices"][0]["message"]["content"])[:80]
