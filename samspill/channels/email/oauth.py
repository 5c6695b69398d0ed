"""Signing in without a password: an access token for a refresh token (RFC 6749, section 6)."""

import threading
from datetime import datetime, timedelta

import httpx
from django.db import transaction

from samspill.channels.email.account import Account
from samspill.channels.email.trouble import Trouble
from samspill.conversations.models import Inbox
from samspill.kit import clock, crypto
from samspill.kit.certificates import trusted
from samspill.kit.events import emit

SPARE_S = 120
TIMEOUT_S = 15
_known: dict[str, tuple[str, datetime]] = {}
_lock = threading.Lock()


def access_token(account: Account, inbox: Inbox | None = None) -> str:
    """A token that is good now; asked for at most once while it is. Raises Trouble."""
    with _lock:
        token, until = _known.get(account.oauth.refresh_token, ("", clock.now()))
        if until > clock.ahead(seconds=SPARE_S):
            return token
        return _ask(account, inbox)


def forget(account: Account) -> None:
    """The server did not take the token: the next one is asked for anew."""
    with _lock:
        _known.pop(account.oauth.refresh_token, None)


def _ask(account: Account, inbox: Inbox | None) -> str:
    answer = _post(account)
    token = str(answer["access_token"])
    renewed = answer.get("refresh_token")
    kept = account.oauth.refresh_token
    if inbox and renewed and renewed != crypto.unseal(kept):
        kept = renew(inbox, str(renewed))
    until = clock.now() + timedelta(seconds=int(answer.get("expires_in", 3600)))
    _known[account.oauth.refresh_token] = _known[kept] = (token, until)
    return token


def _post(account: Account) -> dict[str, object]:
    oauth = account.oauth
    form = {"grant_type": "refresh_token", "refresh_token": crypto.unseal(oauth.refresh_token),
            "client_id": oauth.client_id, "scope": oauth.scope,
            "client_secret": crypto.unseal(oauth.client_secret) if oauth.client_secret else ""}  # fmt: skip
    try:
        filled = {k: v for k, v in form.items() if v}
        response = httpx.post(oauth.token_url, data=filled, timeout=TIMEOUT_S, verify=trusted())
        if response.status_code in (400, 401):  # invalid_grant: taken back, or run out
            raise Trouble("expired")
        answer = response.raise_for_status().json()
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise Trouble("unreachable", type(error).__name__) from error
    if not isinstance(answer, dict) or not answer.get("access_token"):
        raise Trouble("odd")
    return answer


@transaction.atomic
def renew(inbox: Inbox, refresh_token: str) -> str:
    """Keep the new permission that the provider gave in place of the old one; returns it sealed."""
    held = Inbox.objects.select_for_update().get(pk=inbox.pk)
    sealed = crypto.seal(refresh_token)
    held.settings["mail"]["oauth"]["refresh_token"] = sealed
    held.save(update_fields=["settings"])
    emit("inbox.permission_renewed", actor="system", inbox=inbox.pk)
    return sealed
