"""Why something did not work, in the reader's language, and what to do about it."""

from django.utils.translation import gettext as _

from samspill.channels.email import words as mailbox


def failure(code: str, channel: str = "") -> tuple[str, str]:
    """Why an inbox fails, and what helps; two sentences for the code before the first colon."""
    if channel == "email":
        return mailbox.told(code), ""
    known = {
        "unreachable": (
            _("The service does not answer."),
            _("Wait a little; if it stays so, check the address and the way to the internet."),
        ),
        "service_down": (
            _("The service has a fault of its own."),
            _("Wait a little; its status page may say more."),
        ),
        "credentials": (
            _("The service no longer accepts our key."),
            _("Make a new key at the service and enter it in the settings of the inbox."),
        ),
        "expired": (
            _("Our key has run out."),
            _("Make a new key at the service and enter it in the settings of the inbox."),
        ),
        "permission": (
            _("Our key may not do this."),
            _("Give it the permissions that the guide names."),
        ),
        "busy": (_("We ask the service too often."), _("Nothing to do: it is tried again, more slowly.")),
        "quota": (
            _("This month’s messages are used up."),
            _("Book more at the service, or wait for the next month."),
        ),
        "webhook_missing": (
            _("The service does not send us what customers write."),
            _("Enter our address at the service, as the guide shows."),
        ),
        "not_found": (
            _("The service does not know this account or number."),
            _("Compare the numbers in the settings with those at the service."),
        ),
        "not_set_up": (
            _("Something is still missing in the settings."),
            _("Fill in every field of the inbox."),
        ),
        "refused": (
            _("The service refuses what we ask."),
            _("Its own words below say more."),
        ),
    }
    unknown = (_("It does not work for a reason we do not know."), _("The words below may say more."))
    return known.get(code.partition(":")[0], unknown)


def not_sent(code: str) -> str:
    """Why a message of ours did not arrive."""
    known = {
        "window_closed": _(
            "The customer has been silent for too long; the service now takes approved templates only."
        ),
        "opted_out": _("The customer wants no more messages here."),
        "bad_address": _("The service cannot reach this customer."),
        "blocked": _("The customer has blocked us."),
        "credentials": _("The service no longer accepts our key."),
        "permission": _("Our key may not do this."),
        "quota": _("This month’s messages are used up."),
        "too_large": _("A file is too large for this service."),
        "template": _("The service does not know this template."),
        "no_mailbox": _("This inbox has no mailbox yet."),
        "no_address": _("There is no e-mail address to write to."),
        "own_address": _("This is an address of our own."),
        "program": _("The last mail here was written by a program, which is never answered."),
        "too_many": _("Too many automatic mails to this address within an hour."),
        "gave_up": _("The service tried and could not deliver it."),
    }
    code, _sep, said = code.partition(":")
    words = known.get(code)
    return words or _("The service refused it: %(said)s") % {"said": (said or code).strip() or "–"}


def not_read(code: str) -> str:
    """Why a stored delivery could not be brought in."""
    known = {
        "garbled": _("It is garbled."),
        "wrong_account": _("It belongs to an account or number that no inbox has."),
        "no_sender": _("It does not say who wrote."),
    }
    return known.get(code.partition(":")[0], code)


def file_missing(code: str) -> str:
    """Why a file that a customer sent is not here."""
    known = {
        "host": _("it lies in a place that we do not trust"),
        "address": _("it lies in a place that we do not trust"),
        "too_large": _("it is larger than 10 MB"),
        "kind": _("it is of a kind that we do not take"),
        "gone": _("it is no longer there"),
        "expected": _("it is on its way"),
    }
    return known.get(code, _("it could not be fetched"))


def sent_what(kind: str) -> str:
    """What a contact sent besides text, as the conversation names it."""
    known = {
        "location": _("sent a location"),
        "contact": _("sent a contact card"),
        "sticker": _("sent a sticker"),
        "voice": _("sent a voice message"),
        "poll": _("sent a poll"),
        "order": _("sent an order from the catalogue"),
        "button": _("pressed a button"),
        "share": _("shared a post"),
        "ig_reel": _("shared a reel"),
        "reel": _("shared a reel"),
        "story_mention": _("mentioned us in a story"),
        "template": _("sent a card"),
        "unsupported": _("sent something that the service does not pass on"),
    }
    return known.get(kind, _("sent something this desk cannot show yet (%(kind)s)") % {"kind": kind})
