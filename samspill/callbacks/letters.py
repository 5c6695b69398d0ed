"""What the customer is written about a callback, each once: asked, moved or ended by us, called in vain, given up."""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from samspill.callbacks import chats
from samspill.callbacks.link import link
from samspill.callbacks.models import Callback, CallbackMail
from samspill.callbacks.number import masked
from samspill.callbacks.told import MISSED, when
from samspill.callbacks.work import UNDO_WITHIN
from samspill.contacts.models import Identity
from samspill.kit import clock, languages
from samspill.workspace.current import workspace

STALE = timedelta(days=1)
ENDS = {"unreached": "over", "expired": "over", "wrong_number": "wrong"}
Words = tuple[str, str]


def write(callback: Callback, about: str) -> bool:
    """Mail the customer about their callback, in their language, if an address is known; True when it went out now."""
    address = address_of(callback)
    if address is None or not _claim(callback, about):
        return False
    try:
        _send(callback, address, WORDS[about.partition(":")[0]])
    except Exception:  # it did not go out: the next try may
        CallbackMail.objects.filter(callback=callback, about=about).delete()
        raise
    return True


def address_of(callback: Callback) -> Identity | None:
    """Where mails about it go: what was given with the wish, or the address the conversation is held with.

    Never another address of the same record: whoever asked may not be who that record is about.
    """
    held = callback.conversation.identity if callback.conversation else None
    found = callback.told_at or held
    return found if found and found.kind == Identity.Kind.EMAIL and not found.unreachable_at else None


def write_due() -> int:
    """Tell of calls in vain and callbacks given up, once nobody can take the outcome back; returns how many letters.

    That a callback is given up is said in the chat too, where it was asked for there.
    """
    settled, now = clock.now() - UNDO_WITHIN, clock.now()
    ended = _rows().filter(ended_at__range=(now - STALE, settled))
    missed = _rows().filter(
        state="open", attempts__outcome__in=MISSED, attempts__ended_at__range=(now - STALE, settled)
    )
    over = ended.filter(state__in=ENDS).exclude(mails__about__in=ENDS.values())
    for row in over:
        chats.say(row, ENDS[row.state])
    again = missed.exclude(mails__about="missed").distinct()
    return sum(write(row, ENDS[row.state]) for row in over) + sum(write(row, "missed") for row in again)


def _rows() -> QuerySet[Callback]:
    return Callback.objects.select_related("contact", "identity", "told_at", "conversation__identity")


def _claim(callback: Callback, about: str) -> bool:
    try:
        with transaction.atomic():
            CallbackMail.objects.create(callback=callback, about=about)
    except IntegrityError:
        return False
    return True


def _send(callback: Callback, address: Identity, words: Callable[[Callback], Words]) -> None:
    company = workspace()
    with translation.override(languages.django_code(languages.spoken(callback.language, company.language))):
        subject, text = words(callback)
        hello = _("Hello %(name)s,") % {"name": address.contact.name} if address.contact.name else _("Hello,")
    url = settings.URL + link(callback, callback.contact, proven=address.contact_id == callback.contact_id)
    body = f"{hello}\n\n{text % {'url': url}}\n\n{company.name}\n"
    send_mail(f"{company.name}: {subject}", body, company.email or None, [address.value])


def _asked(callback: Callback) -> Words:
    number = masked(callback.identity.value) if callback.identity else ""
    facts = {"when": when(callback), "number": number}
    text = _(
        "we will call you %(when)s, at %(number)s.\n\nIf another time suits you better, or you do not want the call"
        " after all:\n%%(url)s\n\nYou did not ask for this? Then cancel the call there."
    )
    return _("we will call you %(when)s") % facts, text % facts


def _moved(callback: Callback) -> Words:
    text = _(
        "we have moved our call: we will call you %(when)s.\n\nDoes that not suit you? Change it here:\n%%(url)s"
    )
    return _("our call has moved"), text % {"when": when(callback)}


def _missed(callback: Callback) -> Words:
    text = _(
        "we tried to call you and did not reach you. We will try again. See when, or choose what suits you better:"
        "\n%(url)s"
    )
    return _("we tried to call you"), text


def _over(callback: Callback) -> Words:
    text = _(
        "we could not reach you by phone and have stopped trying, so that we do not disturb you.\n\n"
        "Would you still like to talk to us? One click, and we call again:\n%(url)s"
    )
    return _("we could not reach you"), text


def _cancelled(callback: Callback) -> Words:
    text = _(
        "we will not call you after all, so please do not wait for it.\n\n"
        "Would you still like to talk to us? One click, and we call you:\n%(url)s"
    )
    return _("we will not call you"), text


def _wrong(callback: Callback) -> Words:
    text = _(
        "the number you gave us did not lead to you, so we have stopped calling it.\n\n"
        "Would you still like to talk to us? Here you can give us the right one:\n%(url)s"
    )
    return _("the number did not lead to you"), text


WORDS = {
    "asked": _asked, "moved": _moved, "missed": _missed, "over": _over, "cancelled": _cancelled, "wrong": _wrong,
}  # fmt: skip
