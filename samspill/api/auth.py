from django.http import HttpRequest
from ninja.errors import HttpError
from ninja.security import HttpBearer

from samspill.kit import rate
from samspill.workspace.models import ApiToken
from samspill.workspace.tokens import token_of

A_MINUTE = 600


class Token(HttpBearer):
    """`Authorization: Bearer samspill_…`; a token that may not write is refused everything but reading."""

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        """The token's row; None (401) when it is unknown or revoked. 429 past 600 calls a minute."""
        found = token_of(token)
        if found is None:
            return None
        rate.limit("api", str(found.pk), most=A_MINUTE, per_s=60)
        if request.method not in {"GET", "HEAD"} and not found.writes:
            raise HttpError(403, "This token may read, not write.")
        return found
