"""Keys to the API: shown once, kept as a hash."""

from django.db import transaction

from samspill.kit import clock, crypto
from samspill.kit.events import emit
from samspill.workspace.models import Agent, ApiToken

PREFIX = "samspill_"


@transaction.atomic
def make_token(name: str, *, writes: bool, by: Agent) -> tuple[ApiToken, str]:
    """Make a key; returns its row and the text, which nobody can read again."""
    text = PREFIX + crypto.token(32)
    token = ApiToken.objects.create(
        name=name, digest=_digest(text), hint=text[-4:], writes=writes, created_by=by
    )
    emit("token.made", actor=by.actor, token=token.pk)
    return token, text


@transaction.atomic
def revoke_token(token: ApiToken, *, by: Agent) -> None:
    """End a key at once."""
    if ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=clock.now()):
        emit("token.revoked", actor=by.actor, token=token.pk)


def token_of(text: str) -> ApiToken | None:
    """The good key behind a text; remembers, to the minute, that it was used."""
    rows = ApiToken.objects.filter(digest=_digest(text), revoked_at=None, created_by__is_active=True)
    token = rows.select_related("created_by").first()
    if token and (token.used_at is None or token.used_at < clock.ago(minutes=1)):
        ApiToken.objects.filter(pk=token.pk).update(used_at=clock.now())
    return token


def _digest(text: str) -> str:
    return crypto.digest("api-token", text)
