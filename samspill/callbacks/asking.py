"""Callbacks for whoever answers a conversation: the adapter of `conversations.callback`."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from samspill.callbacks import ask as asking
from samspill.callbacks.card import card
from samspill.callbacks.errors import BadNumber, Refused
from samspill.callbacks.link import link
from samspill.callbacks.models import Callback, CallbackSettings
from samspill.callbacks.number import checked, shown
from samspill.callbacks.offering import choices, chosen, soonest
from samspill.callbacks.people import zone
from samspill.callbacks.told import when
from samspill.callbacks.wording import WORDING, consent_text
from samspill.contacts.models import Contact
from samspill.conversations.callback import Asked, NotPossible, Offer, Wish, register
from samspill.conversations.models import Conversation
from samspill.intelligence.entities.context import Context
from samspill.intelligence.entities.phones import find_phones
from samspill.kit import languages, rate
from samspill.workspace.current import workspace

AN_HOUR = 6  # wishes of one contact


class Desk:
    """Takes wishes to be called."""

    def is_on(self) -> bool:
        """Whether customers can ask."""
        return CallbackSettings.current().is_on

    def offer(self, contact: Contact, number: str, language: str) -> Offer:
        """What can be promised for this number. Raises NotPossible."""
        if not self.is_on():
            raise NotPossible("off")
        found = read(number, language)
        place = ZoneInfo(zone(contact, found))
        with translation.override(languages.django_code(languages.spoken(language))):
            return Offer(shown(found), choices(place), soonest(place), str(consent_text()), WORDING)

    def request(self, conversation: Conversation, wish: Wish, *, by: str) -> Asked:
        """Open a callback for the contact of this conversation. Raises NotPossible."""
        contact = conversation.contact
        number = read(wish.number, wish.language)
        try:
            rate.limit("callback", contact.actor, most=AN_HOUR, per_s=3600)
            made = asking.ask(
                contact,
                asking.Wish(
                    number, wish.source, topic=wish.topic, language=languages.spoken(wish.language),
                    wanted=chosen(wish.when), conversation=conversation,
                ),
                by=by,
                wording=wish.wording,
            )  # fmt: skip
        except rate.TooMany:
            raise NotPossible("too_often") from None
        except Refused as refused:
            raise NotPossible(refused.code) from None
        return told(made, contact, wish.language, proven=wish.proven)

    def page(self, language: str) -> str:
        """The address where customers choose number and time themselves."""
        return settings.URL + reverse("portal:callback", args=[languages.spoken(language)])


def read(number: str, language: str) -> str:
    """A number as +47…, read as the writer's country writes it. Raises NotPossible."""
    country = workspace().country
    named = next(find_phones(number[:200], Context(language, country).regions), None)
    try:
        return checked(named.value if named else number, country)
    except BadNumber as bad:
        raise NotPossible(bad.code) from None


def told(made: Callback, contact: Contact, language: str, *, proven: bool = False) -> Asked:
    """A callback as whoever asked for it is told of it."""
    assert made.identity
    url = settings.URL + link(made, contact, proven=proven, language=language)
    with translation.override(languages.django_code(languages.spoken(language))):
        words = when(made)
    return Asked(made.pk, shown(made.identity.value), words, url, card(made) | {"url": url})


register(Desk())
