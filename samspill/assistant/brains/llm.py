"""The brain behind any OpenAI-compatible endpoint: it proposes commands, and nothing else gets through."""

import asyncio
import threading
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from samspill.assistant.brains import prompt
from samspill.assistant.brains.turn import Turn
from samspill.assistant.brains.vet import Wish, Wishes, vet
from samspill.flows.commands import Command
from samspill.intelligence import pii
from samspill.kit.certificates import trusted

Mode = Literal["prompted", "native", "tool"]


class LlmFailed(RuntimeError):
    """The endpoint was slow, away, or gave nothing usable; the message is one of a few words."""


@dataclass(frozen=True)
class Endpoint:
    """Where the model is. `prompted` suits every server; `native` needs JSON schemas, `tool` tool calls."""

    url: str
    model: str
    key: str = ""
    mode: Mode = "prompted"
    seconds: float = 4.0


@dataclass(frozen=True)
class LlmBrain:
    """Asks the endpoint once; raises LlmFailed in time for another brain to answer."""

    endpoint: Endpoint
    name: str = "llm"

    def decide(self, turn: Turn) -> list[Command]:
        """The commands this turn amounts to, vetted."""
        warm()
        shown, hidden = prompt.data(turn)
        wishes = _in_time(self._ask(prompt.instructions(turn), shown), self.endpoint.seconds)
        commands = vet([_restored(wish, hidden) for wish in wishes.commands], turn)
        if not commands:
            raise LlmFailed("nothing usable")
        return commands

    async def _ask(self, rules: str, shown: str) -> Wishes:
        # Loaded late: most installations never use it, and it weighs more than the rest of this package.
        from openai import AsyncOpenAI, DefaultAsyncHttpxClient
        from pydantic_ai import Agent
        from pydantic_ai.models.openai import OpenAIChatModel
        from pydantic_ai.providers.openai_compatible import OpenAICompatibleProvider

        place = self.endpoint
        async with AsyncOpenAI(
            base_url=place.url,
            api_key=place.key or "none",
            max_retries=0,
            timeout=place.seconds,
            http_client=DefaultAsyncHttpxClient(verify=trusted()),
        ) as client:
            model = OpenAIChatModel(
                place.model, provider=OpenAICompatibleProvider("samspill", openai_client=client)
            )
            agent = Agent(model, output_type=_output(place.mode), instructions=rules, retries=0)
            result = await agent.run(shown, model_settings={"temperature": 0.0, "max_tokens": 400})
        found: Wishes = result.output
        return found


def warm() -> None:
    """Loads the client library, which takes seconds once; called at start, no customer waits for it."""
    import openai  # noqa: F401
    import pydantic_ai.models.openai
    import pydantic_ai.providers.openai_compatible  # noqa: F401


def _output(mode: Mode) -> Any:
    from pydantic_ai import NativeOutput, PromptedOutput, ToolOutput

    kinds: Mapping[Mode, Any] = {"prompted": PromptedOutput, "native": NativeOutput, "tool": ToolOutput}
    return kinds[mode](Wishes)


def _restored(wish: Wish, hidden: Mapping[str, str]) -> Wish:
    value = pii.restore(wish.value, hidden) if isinstance(wish.value, str) else wish.value
    return wish.model_copy(update={"value": value, "question": pii.restore(wish.question, hidden)})


def _in_time(asking: Coroutine[Any, Any, Wishes], seconds: float) -> Wishes:
    """Runs the request in a thread with a loop of its own and never waits longer than promised."""
    answer: list[Wishes | LlmFailed] = []

    def work() -> None:
        answer.append(asyncio.run(_guarded(asking, seconds)))

    thread = threading.Thread(target=work, daemon=True, name="llm")
    thread.start()
    thread.join(seconds)
    found = answer[0] if answer else LlmFailed("slow")
    if isinstance(found, LlmFailed):
        raise found
    return found


async def _guarded(asking: Coroutine[Any, Any, Wishes], seconds: float) -> Wishes | LlmFailed:
    try:
        return await asyncio.wait_for(asking, seconds)
    except TimeoutError:
        return LlmFailed("slow")
    except Exception as error:  # noqa: BLE001  whatever a stranger's server does, the customer gets an answer
        return LlmFailed(_words(error))


def _words(error: Exception) -> str:
    names = {kind.__name__ for kind in type(error).__mro__}
    if "Timeout" in type(error).__name__ or "timed out" in str(error):
        return "slow"
    if names & {"UnexpectedModelBehavior", "ToolRetryError"}:
        return "rubbish"
    return "refused" if "ModelHTTPError" in names else "down"
