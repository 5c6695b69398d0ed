from datetime import datetime
from typing import Annotated

from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status
from pydantic import Field

from samspill.api.paging import After, Limit, Problem, page
from samspill.api.values import Email, Pk, words
from samspill.contacts.models import Contact, Identity
from samspill.contacts.recognise import address_hash, recognise
from samspill.contacts.update import update
from samspill.kit import languages

router = Router()
Name = Annotated[str, words(160)]
Language = Annotated[str, Field(pattern="^(" + "|".join(languages.NAMES) + ")?$")]


class IdentityOut(Schema):
    """One address of a contact."""

    kind: str
    value: str
    verified: bool

    @staticmethod
    def resolve_verified(row: Identity) -> bool:
        """Whether the contact has proven to own it."""
        return row.verified_at is not None


class ContactOut(Schema):
    """One customer."""

    id: int
    name: str
    language: str
    country: str
    vip: bool
    created_at: datetime
    identities: list[IdentityOut]


class ContactPage(Schema):
    """A page of contacts."""

    rows: list[ContactOut]
    next: int | None


class ContactIn(Schema):
    """What a new contact needs; an address that is known already gives the contact who owns it."""

    email: Email
    name: Name = ""
    language: Language = ""


class ContactChange(Schema):
    """What may be changed; what is left out stays."""

    name: Name | None = None
    language: Language | None = None
    vip: bool | None = None


@router.get("", response=ContactPage)
def contacts(request: HttpRequest, after: After = 0, limit: Limit = 25, email: str = "") -> dict[str, object]:
    """Contacts, oldest first; with `email` only the one who owns that address."""
    rows = _contacts()
    if email:
        owner = Identity.objects.filter(kind="email", value_hash=address_hash("email", email))
        rows = rows.filter(pk__in=owner.values("contact"))
    return page(rows, after, limit)


@router.get("/{pk}", response={200: ContactOut, 404: Problem})
def contact(request: HttpRequest, pk: Pk) -> Contact:
    """One contact."""
    return get_object_or_404(_contacts(), pk=pk)


@router.post("", response={200: ContactOut, 201: ContactOut})
@transaction.atomic
def add(request: HttpRequest, body: ContactIn) -> Status[Contact]:
    """Add a contact (201), or find the one who owns the address (200)."""
    owner = Identity.objects.filter(kind="email", value_hash=address_hash("email", body.email))
    known = owner.exists()
    identity = recognise(Identity.Kind.EMAIL, body.email, name=body.name, language=body.language)
    return Status(200 if known else 201, _contacts().get(pk=identity.contact_id))


@router.patch("/{pk}", response={200: ContactOut, 404: Problem})
def change(request: HttpRequest, pk: Pk, body: ContactChange) -> Contact:
    """Change a contact."""
    found = get_object_or_404(_contacts(), pk=pk)
    by = f"token:{request.auth.pk}"  # type: ignore[attr-defined]
    update(found, by=by, **body.dict(exclude_none=True))
    return _contacts().get(pk=pk)


def _contacts() -> QuerySet[Contact]:
    shown = Identity.objects.exclude(kind=Identity.Kind.VISITOR).order_by("pk")
    return Contact.objects.filter(merged_into=None).prefetch_related(Prefetch("identities", shown))
