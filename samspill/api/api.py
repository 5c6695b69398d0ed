"""The REST interface: one router a noun, OpenAPI at /api/v1/openapi.json, pages to try it at /api/v1/docs."""

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI

from samspill.api import articles, callbacks, contacts, conversations, inboxes, intents
from samspill.api.auth import Token
from samspill.kit.rate import TooMany

api = NinjaAPI(
    title="Samspill",
    version="1",
    description="Contacts, conversations, messages, callbacks, articles and intents."
    " Make a token under Settings → API tokens.",
    urls_namespace="api",
    auth=Token(),
    docs_url=None,  # the usual page loads scripts from elsewhere; docs/api.md says how to read the schema
)
api.add_router("/contacts", contacts.router, tags=["contacts"])
api.add_router("/conversations", conversations.router, tags=["conversations"])
api.add_router("/callbacks", callbacks.router, tags=["callbacks"])
api.add_router("/inboxes", inboxes.router, tags=["inboxes"])
api.add_router("/articles", articles.router, tags=["articles"])
api.add_router("/intents", intents.router, tags=["intents"])


@api.exception_handler(TooMany)
def too_many(request: HttpRequest, error: TooMany) -> HttpResponse:
    """429 with the seconds to wait."""
    response = api.create_response(request, {"detail": "Too many calls."}, status=429)
    response["Retry-After"] = str(error.retry_after_s)
    return response
