from samspill.channels.errors import Refused
from samspill.channels.port import channel_of
from samspill.contacts.models import Contact, Identity
from samspill.conversations.models import Inbox
from samspill.kit.events import emit


def learn_name(inbox: int, identity: int) -> None:
    """Ask the outside service what somebody is called, where nobody knows it. Raises Unreachable."""
    held = Identity.objects.select_related("contact").get(pk=identity)
    name_of = getattr(channel_of(Inbox.objects.get(pk=inbox)), "name_of", None)
    if held.contact.name or name_of is None:
        return
    try:
        name = name_of(Inbox.objects.get(pk=inbox), held.value)[:160]
    except Refused:
        return
    if name and Contact.objects.filter(pk=held.contact_id, name="").update(name=name):
        emit("contact.named", actor="system", contact=held.contact_id)
