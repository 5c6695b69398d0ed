"""What customers agree to when they ask to be called. A new text gets a new name: the ledger keeps the name."""

from django.utils.translation import gettext as _

from samspill.callbacks.permission import WORDING as WORDING


def consent_text() -> str:
    """The text of WORDING, in the language that is active."""
    return _(
        "You agree that we call you at this number about this matter, and that we remember when you answered, so that"
        " we call at good times. You can take that back at any time."
    )
