"""Every page that is measured, and who asks for it."""

from collections.abc import Iterator
from urllib.parse import quote

from django.test import Client

from samspill.conversations.models import Conversation, Inbox
from samspill.knowledge.models import Article
from samspill.workspace.models import Agent

SETTINGS = ("company", "widget", "assistant", "agents", "teams", "tokens", "work", "health")


def places() -> Iterator[tuple[str, Client, str]]:
    """Name, browser and address of each page."""
    desk = Client(SERVER_NAME="127.0.0.1")
    desk.force_login(Agent.objects.filter(role="admin", is_active=True).order_by("id")[0])
    yield from ((name, desk, path) for name, path in _desk())
    public = Client(SERVER_NAME="127.0.0.1")
    yield from ((name, public, path) for name, path in _public())


def _desk() -> Iterator[tuple[str, str]]:
    from samspill.console.views import VIEWS

    yield "inbox", "/desk/"
    for view in VIEWS:
        yield f"inbox: {view}", f"/desk/?view={view}"
    yield "inbox: search for a name", "/desk/?view=everyone&q=" + quote("Customer 777")
    yield "inbox: search for words", "/desk/?view=closed&q=" + quote("red light")
    yield "inbox: search for rare words", "/desk/?view=closed&q=" + quote("is nowhere to be found")
    conversation = Conversation.objects.order_by("-last_message_at").first()
    assert conversation
    yield "conversation", f"/desk/c/{conversation.pk}/"
    yield "articles", "/desk/articles/"
    yield "unanswered", "/desk/unanswered/"
    for page in SETTINGS:
        yield f"settings: {page}", f"/desk/settings/{page}/"


def _public() -> Iterator[tuple[str, str]]:
    article = Article.objects.filter(visibility="public", translations__published__isnull=False).first()
    inbox = Inbox.objects.filter(channel="webchat").order_by("id").first()
    assert article
    assert inbox
    yield "help centre", "/help/en/"
    yield "help: article", f"/help/en/a/{article.slug}/"
    yield "help: search", "/help/en/search?q=" + quote("how long is the warranty")
    yield "widget: loader", "/widget/loader.js"
    yield "widget: panel", f"/widget/panel?inbox={inbox.key}&language=en"
