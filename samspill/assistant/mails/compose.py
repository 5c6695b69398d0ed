"""A whole reply: greeting, answers with their sources, closing, and the open word about who wrote it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from samspill.assistant.mails.phrases import greeting, phrase
from samspill.assistant.mails.topics import Topic
from samspill.assistant.models import AssistantSettings
from samspill.workspace.current import workspace


@dataclass(frozen=True)
class Reply:
    """What we would answer."""

    text: str
    language: str
    sources: list[dict[str, Any]]


def compose(topics: Sequence[Topic], language: str, name: str, *, formal: bool) -> Reply | None:
    """The reply to everything that can be answered; None where nothing can."""
    said = [topic for topic in topics if topic.text]
    if not said:
        return None
    sources = [topic.source for topic in said if topic.source]
    parts = [greeting(language, name, formal=formal)]
    if len(said) > 1:
        parts.append(phrase(language, "several"))
    parts += [_answer(topic, language) for topic in said]
    parts += [phrase(language, "bye", company=workspace().name), alone(language)]
    return Reply("\n\n".join(parts), language, sources)


def _answer(topic: Topic, language: str) -> str:
    if not topic.source:
        return topic.text
    more = phrase(language, "more", title=topic.source["title"], url=f"{settings.URL}{topic.source['url']}")
    return f"{topic.text}\n\n{more}"


def alone(language: str) -> str:
    """The word that no person wrote this, and how to reach one."""
    return phrase(language, "alone", assistant=AssistantSettings.current().name, company=workspace().name)


def checked(text: str, language: str, agent: str) -> str:
    """The same reply as it goes out when a person has read it."""
    word = phrase(language, "checked", agent=agent, company=workspace().name)
    before, found, after = text.rpartition(alone(language))
    return f"{before}{word}{after}" if found else text
