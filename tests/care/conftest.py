"""People who may be one, and a review of them."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from samspill.contacts.models import Contact
    from tests.world import World

Person = Callable[..., "Contact"]


@pytest.fixture
def person(world: "World") -> Person:
    """Somebody with these addresses, facts and words said."""
    from samspill.contacts.add_address import add_address
    from samspill.contacts.models import Contact

    def make(name: str = "", *, email: str = "", phone: str = "", says: str = "", **facts: object) -> Contact:
        visitor = world.stranger(name)
        contact = visitor.contact
        for kind, value in (("email", email), ("phone", phone)):
            if value:
                add_address(contact, kind, value, given_by=visitor)
        if says:
            world.hears(visitor, says)
        Contact.objects.filter(pk=contact.pk).update(**facts)
        contact.refresh_from_db()
        return contact

    return make


@pytest.fixture
def review(world: "World") -> Callable[[], None]:
    """A whole review, done here and now."""
    from samspill.care.review import begin, carry_out

    def run() -> None:
        carry_out(begin(by="agent:1"))

    return run
