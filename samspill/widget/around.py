"""Endpoints around the talk: consent, files, an address to answer to, how it went."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse, JsonResponse

from samspill.channels.webchat.continuing import continue_at
from samspill.channels.webchat.incoming import Refused, parse_object, word
from samspill.contacts import consent
from samspill.contacts.models import Identity
from samspill.conversations.attach import MOST_BYTES, NotAccepted, attach
from samspill.kit import rate
from samspill.surveys.answer import answer
from samspill.surveys.models import Survey
from samspill.widget import show, thread
from samspill.widget.gate import address_of, endpoint, inbox_of, visitor_of
from samspill.widget.reader import language_of, words

ANSWERS_AN_HOUR = 3000
UPLOADS_AN_HOUR = 60
LONGEST_COMMENT = 2000


@endpoint("POST")
def agree(request: HttpRequest) -> HttpResponse:
    """Record the visitor's answer to the consent question."""
    given = parse_object(request.body).get("given")
    if not isinstance(given, bool):
        raise Refused("garbled")
    visitor = visitor_of(request)
    inbox_of(pk=visitor.inbox_id)
    rate.limit("agree", address_of(request), most=ANSWERS_AN_HOUR, per_s=3600)
    met = visitor.met(language_of(request))
    consent.record(met.contact, consent.SERVICE, "webchat", given=given, identity=met)
    return JsonResponse({"consent": given})


@endpoint("POST", most_bytes=MOST_BYTES + 64 * 1024)
def upload(request: HttpRequest) -> HttpResponse:
    """Store a file, to be sent with the next message."""
    identity = _who_agreed(request)
    rate.limit("upload", identity.contact.actor, most=UPLOADS_AN_HOUR, per_s=3600)
    file = request.FILES.get("file")
    if file is None:
        raise Refused("garbled")
    try:
        stored = attach(file, contact=identity.contact, identity=identity)
    except NotAccepted as reason:
        own = words(language_of(request))["errors"]
        raise NotAccepted(own["too_large"] if (file.size or 0) > MOST_BYTES else own["file"]) from reason
    return JsonResponse(show.attachment(stored))


@endpoint("POST")
def email(request: HttpRequest) -> HttpResponse:
    """Note the address at which the visitor wants the answer; it is not verified by that."""
    identity = _who_agreed(request)
    address = word(parse_object(request.body), "email", 255)
    try:
        validate_email(address)
    except ValidationError:
        raise Refused("email") from None
    rate.limit("email", identity.contact.actor, most=5, per_s=3600)
    continue_at(identity, address)
    return JsonResponse({"email": address})


@endpoint("POST")
def survey(request: HttpRequest) -> HttpResponse:
    """Take the visitor's score for the conversation that was closed."""
    body = parse_object(request.body)
    score, number = body.get("score"), body.get("survey")
    if type(score) is not int or type(number) is not int or not 1 <= score <= 5 or not 0 < number < 2**63:
        raise Refused("garbled")
    conversation = thread.present_or_refuse(visitor_of(request))
    asked = Survey.objects.filter(pk=number, conversation=conversation).first()
    if asked is None:
        raise Refused("gone")
    answer(asked, score, word(body, "comment", LONGEST_COMMENT))
    return JsonResponse({})


def _who_agreed(request: HttpRequest) -> Identity:
    identity = visitor_of(request).identity()
    if identity is None or not consent.has_given(identity.contact, consent.SERVICE, "webchat"):
        raise Refused("consent")
    return identity
