"""Endpoints of the talk itself."""

from django.http import HttpRequest, HttpResponse, JsonResponse

from samspill.assistant.models import AssistantSettings
from samspill.channels.webchat.channel import receive
from samspill.channels.webchat.incoming import Refused, parse_object, word
from samspill.channels.webchat.visitors import Visitor
from samspill.channels.webchat.welcome import welcome
from samspill.contacts import consent
from samspill.conversations import presence
from samspill.conversations.callback import callbacks
from samspill.conversations.receive import read_by_contact
from samspill.kit import rate
from samspill.widget import thread
from samspill.widget.abilities import abilities
from samspill.widget.gate import address_of, endpoint, inbox_of, shown_pass, visitor_of
from samspill.widget.privacy import privacy_page
from samspill.widget.reader import language_of
from samspill.workspace.current import workspace

HELLOS_A_MINUTE = 1200


@endpoint("POST")
def hello(request: HttpRequest) -> HttpResponse:
    """Let a visitor in: a pass, who answers here, what it can do, and the conversation so far."""
    rate.limit("hello", address_of(request), most=HELLOS_A_MINUTE, per_s=60)
    body = parse_object(request.body)
    inbox = inbox_of(key=word(body, "inbox", 40))
    shown = shown_pass(request)
    visitor = welcome(inbox, shown, word(body, "visitor", 2001))
    company = workspace()
    return JsonResponse(
        {
            "pass": visitor.new_pass(),
            "known": shown is not None and shown.key == visitor.key,
            "assistant": _assistant() if inbox.settings.get("assistant", True) else "",
            "company": company.name,
            "privacy": privacy_page(inbox, company, language_of(request)),
            "abilities": abilities(language_of(request)),
            "callbacks": callbacks() is not None,
            "consent": _consent(visitor),
            **thread.news(visitor, 0),
        }
    )


@endpoint("GET", "POST")
def messages(request: HttpRequest) -> HttpResponse:
    """POST says something, GET fetches what is new."""
    return _say(request) if request.method == "POST" else _news(request)


@endpoint("POST")
def read(request: HttpRequest) -> HttpResponse:
    """The visitor has seen our messages up to an id."""
    up_to = parse_object(request.body).get("up_to")
    if not isinstance(up_to, int) or not 0 <= up_to < 2**63:
        raise Refused("garbled")
    read_by_contact(thread.present_or_refuse(visitor_of(request)), up_to)
    return JsonResponse({})


@endpoint("POST")
def typing(request: HttpRequest) -> HttpResponse:
    """The visitor is writing; who has the conversation open sees it."""
    conversation = thread.present_or_refuse(visitor_of(request))
    presence.tell("typing", conversation.pk, "contact")
    return JsonResponse({})


def _say(request: HttpRequest) -> HttpResponse:
    """Take what the visitor says; what is sent again is acknowledged again and kept once."""
    visitor = visitor_of(request)
    inbox = inbox_of(pk=visitor.inbox_id)
    message = receive(inbox, visitor, request.body, language_of(request))
    acknowledged = {"id": message.pk, "key": message.external_id, "at": message.created_at.isoformat()}
    return JsonResponse({**acknowledged, "room": visitor.room(message.conversation_id)})


def _news(request: HttpRequest) -> HttpResponse:
    """Give what the visitor has not seen."""
    after = request.GET.get("after", "0")
    if not after.isascii() or not after.isdigit() or len(after) > 18:
        raise Refused("garbled")
    return JsonResponse(thread.news(visitor_of(request), int(after)))


def _assistant() -> str:
    found = AssistantSettings.objects.filter(pk=1).values_list("name", flat=True).first()
    return found or str(AssistantSettings._meta.get_field("name").get_default())


def _consent(visitor: Visitor) -> bool | None:
    identity = visitor.identity()
    if identity is None:
        return None
    answers = identity.contact.consents.filter(purpose=consent.SERVICE, channel="webchat")
    return answers.order_by("-id").values_list("given", flat=True).first()
