"""Takes the sample company away again, with all that happened in it. Events stay: they hold ids only."""

from collections.abc import Callable

from django.db import transaction

from samspill.commerce.models import Order, Product, Return
from samspill.contacts.models import Contact, Identity, Organisation
from samspill.contacts.recognise import address_hash
from samspill.conversations.models import Conversation, Inbox
from samspill.knowledge import revision
from samspill.knowledge.models import Article, Gap
from samspill.sample import callbacks, golden, texts
from samspill.sample.files import read
from samspill.sample.load import MARK
from samspill.workspace.models import Agent, Team, Workspace

Echo = Callable[[str], object]


@transaction.atomic
def clear(echo: Echo) -> None:
    """Remove the sample company; what was added for real beside it stays."""
    _conversations()
    _commerce()
    Article.objects.filter(slug__in={page.slug for page in texts.read()}).delete()
    Gap.objects.filter(article=None).delete()
    revision.advance()
    golden.clear()
    _people()
    callbacks.clear()
    Workspace.objects.filter(name=read("company")["workspace"]["name"]).delete()
    echo("The sample company is gone.")


def _conversations() -> None:
    inboxes = Inbox.objects.filter(**MARK)
    held = Conversation.objects.filter(inbox__in=inboxes)
    visitors = list(held.values_list("contact_id", flat=True))
    held.delete()
    Contact.objects.filter(pk__in=visitors, conversations=None, identities__kind="visitor").delete()
    inboxes.delete()


def _commerce() -> None:
    numbers = [order["number"] for order in read("orders")]
    Return.objects.filter(order_number__in=numbers).delete()
    Order.objects.filter(number__in=numbers).delete()
    Product.objects.filter(sku__in=[product["sku"] for product in read("products")]).delete()


def _people() -> None:
    facts = read("people")
    hashes = [address_hash("email", customer["email"]) for customer in facts["customers"]]
    known = Identity.objects.filter(kind="email", value_hash__in=hashes).values("contact_id")
    Contact.objects.filter(
        pk__in=list(known.values_list("contact_id", flat=True)), conversations=None
    ).delete()
    names = [customer["organisation"] for customer in facts["customers"] if customer.get("organisation")]
    Organisation.objects.filter(name__in=names, contacts=None).delete()
    Agent.objects.filter(email__in=[agent["email"] for agent in facts["agents"]]).delete()
    Team.objects.filter(name__in=[team["name"]["en"] for team in facts["teams"]], agents=None).delete()
