"""Whether somebody has written to us, whatever the channel."""

from datetime import datetime

from samspill.contacts.models import Identity
from samspill.conversations.models import Message


def has_written(who: str, since: datetime, until: datetime) -> bool:
    """Whether the contact behind the hash of an address wrote between two moments."""
    contacts = Identity.objects.filter(value_hash=who).values("contact")
    said = Message.objects.filter(conversation__contact__in=contacts, author=Message.Author.CONTACT)
    return said.filter(created_at__gt=since, created_at__lte=until).exists()
