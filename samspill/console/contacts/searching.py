"""Which contacts a search finds: by name and organisation as typed, by an address only whole."""

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery

from samspill.care.traits import phone_number
from samspill.contacts.models import Contact, Identity
from samspill.contacts.recognise import address_hash
from samspill.conversations.models import Conversation

SORTS = {"name": ("name", "pk"), "new": ("-pk",), "last": ("-last_at", "-pk")}


def found(text: str, sort: str = "", *, inactive: bool = False) -> QuerySet[Contact]:
    """Contacts that stand for themselves, with what a row shows."""
    rows = Contact.objects.filter(merged_into=None)
    if not inactive:
        rows = rows.exclude(attributes__contains={"inactive": True})
    if text:
        rows = rows.filter(_fits(text))
    return _dressed(rows).order_by(*SORTS.get(sort, SORTS["new"]))


def _fits(text: str) -> Q:
    named = Q(name__icontains=text) | Q(organisation__name__icontains=text)
    hashes = [address_hash(kind, text) for kind in (Identity.Kind.EMAIL, Identity.Kind.PHONE)]
    if number := phone_number(text, ""):
        hashes.append(address_hash(Identity.Kind.PHONE, number))
    owner = Identity.objects.filter(value_hash__in=hashes).values("contact")
    pk = text.removeprefix("#")
    own = Q(pk=int(pk)) if pk.isascii() and pk.isdigit() and len(pk) < 12 else Q()
    return named | Q(pk__in=owner) | (own or Q(pk__in=owner))


def _dressed(rows: QuerySet[Contact]) -> QuerySet[Contact]:
    known = Identity.objects.exclude(kind=Identity.Kind.VISITOR).order_by("pk")
    talks = Conversation.objects.filter(contact=OuterRef("pk")).order_by()
    counted = talks.values("contact").annotate(n=Count("pk")).values("n")
    last = talks.order_by("-last_message_at").values("last_message_at")[:1]
    rows = rows.select_related("organisation", "responsible").prefetch_related(Prefetch("identities", known))
    return rows.annotate(talks=Subquery(counted), last_at=Subquery(last))
