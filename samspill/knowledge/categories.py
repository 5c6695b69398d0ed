"""Categories are free words; those every company has come with a name in each language and an icon."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

NAMES = {
    "ordering": _("Ordering"),
    "delivery": _("Delivery"),
    "returns": _("Returns"),
    "billing": _("Payment and invoices"),
    "products": _("Products"),
    "installation": _("Installation"),
    "faults": _("Faults and messages"),
    "contracts": _("Contracts and warranty"),
    "contact": _("Contact and opening hours"),
    "privacy": _("Privacy"),
    "account": _("Account and sign-in"),
}
ICONS = {
    "ordering": "tray", "delivery": "box", "returns": "undo", "billing": "file", "products": "bolt",
    "installation": "work", "faults": "alert", "contracts": "note", "contact": "phone", "privacy": "key",
    "account": "user",
}  # fmt: skip


def name(category: str) -> str:
    """How readers see a category; one made by the company is shown as it was written."""
    if not category:
        return gettext("Other questions")
    return str(NAMES.get(category, category))


def icon(category: str) -> str:
    """The picture beside a category."""
    return ICONS.get(category, "book")


def place(category: str) -> tuple[int, str]:
    """Sorts categories as a customer meets them: ordering first, privacy late, own ones after, none last."""
    order = list(NAMES)
    return (order.index(category) if category in order else len(order) + (not category), category)
