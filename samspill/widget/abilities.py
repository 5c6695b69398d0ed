"""What the assistant can do, in words a visitor can press."""

from samspill.flows.catalogue import build
from samspill.flows.texts import pick
from samspill.kit import languages


def abilities(language: str) -> list[str]:
    """Titles of the flows a visitor can ask for; callbacks have a form of their own."""
    flows = [flow for flow in build().offered() if flow.name != "callback"]
    return [pick(flow.title, languages.spoken(language)) for flow in flows]
