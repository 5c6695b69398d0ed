"""Every address the product answers, found in the URL table itself."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

SAMPLES = {
    "pk": "1", "key": "no-such-key", "language": "en", "slug": "no-such-article", "name": "delivery",
    "number": "1", "sku": "X", "example": "1",
}  # fmt: skip


@dataclass(frozen=True)
class Route:
    """One address with its view."""

    path: str
    view: object
    pattern: str

    @property
    def role(self) -> str:
        """Who may use it: a role, `token` for the API, `everybody`, or `agent` where nothing is said."""
        if self.pattern.startswith("api/"):
            return "everybody" if self.pattern in {"api/v1/", "api/v1/openapi.json"} else "token"
        if not getattr(self.view, "login_required", True):
            return "everybody"
        return getattr(self.view, "required_role", "unguarded")


def routes() -> list[Route]:
    """Every route of the product."""
    return list(_walk(get_resolver().url_patterns, ""))


def _walk(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator[Route]:
    for pattern in patterns:
        text = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, text)
        else:
            yield Route("/" + _filled(text, pattern), pattern.callback, text)


def _filled(text: str, pattern: URLPattern) -> str:
    for part in text.split("<")[1:]:
        whole = part.split(">")[0]
        name = whole.split(":")[-1]
        text = text.replace(f"<{whole}>", SAMPLES.get(name, "1"))
    return text
