"""The one place that is asked whether somebody may be called, and whether the model may choose when."""

from samspill.contacts import consent
from samspill.contacts.models import Consent, Contact

CALL = "callback"  # being called back at all
PLAN = "callback_planning"  # having the best time worked out from earlier calls
WORDING = "callback-2026-11"


def may_call(contact: Contact) -> bool:
    """Unless the latest answer was no."""
    return not _refused(contact, CALL)


def may_plan(contact: Contact) -> bool:
    """Unless the customer chose the classic callback, in order of arrival."""
    return not _refused(contact, PLAN)


def agree(contact: Contact, wording: str) -> Consent:
    """Note that the contact wants to be called, and what they had read."""
    return consent.record(contact, CALL, "phone", given=True, wording=wording)


def refuse(contact: Contact) -> Consent:
    """Note that the contact does not want to be called; only they themselves can take that back, by asking."""
    return consent.record(contact, CALL, "phone", given=False, wording=WORDING)


def choose_classic(contact: Contact, *, classic: bool) -> None:
    """Note whether the contact wants to be called in order of arrival, without a model."""
    consent.record(contact, PLAN, "phone", given=not classic, wording=WORDING)


def _refused(contact: Contact, purpose: str) -> bool:
    answers = Consent.objects.filter(contact=contact, purpose=purpose, channel="phone")
    return answers.order_by("-id").values_list("given", flat=True).first() is False
