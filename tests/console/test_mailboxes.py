"""Setting up a mailbox in the desk."""

from collections.abc import Callable

import pytest
from django.test import Client

from samspill.channels.email.account import account
from samspill.channels.health import failing, well
from samspill.conversations.configure import add_inbox
from samspill.conversations.models import Inbox
from samspill.kit.models import Event
from tests.world import World

PLACE = "/desk/settings/email/"


def added(astrid: Client, address: str) -> Inbox:
    astrid.post(PLACE, {"address": address})
    return Inbox.objects.get(channel="email")


def filled(inbox: Inbox, **changed: object) -> dict[str, object]:
    """The form as the page shows it, with changes."""
    kept = account(inbox)
    facts = {
        "name": inbox.name, "enabled": "on", "address": kept.address, "sign_in": "password", "folders": "INBOX",
        "afterwards": "leave", "delete_days": 30, "marker": "body", "reopen_days": 30, "automatic_an_hour": 10,
        "imap_host": "127.0.0.1", "imap_port": 1, "imap_security": "none", "smtp_security": "none",
    }  # fmt: skip
    return facts | changed


@pytest.mark.parametrize(
    ("address", "imap", "smtp"),
    [
        ("shop@gmail.com", "imap.gmail.com", "smtp.gmail.com"),
        ("shop@hotmail.no", "outlook.office365.com", "smtp.office365.com"),
        ("shop@msa.hinet.net", "imap.hinet.net", "smtp.hinet.net"),
        ("shop@nordlys.example", "", ""),
    ],
)
def test_a_known_provider_fills_itself_in(astrid: Client, address: str, imap: str, smtp: str) -> None:
    made = account(added(astrid, address))
    assert (made.imap.host, made.smtp.host, made.address) == (imap, smtp, address)
    assert made.since
    assert not Inbox.objects.get(channel="email").enabled


def test_what_is_no_address_adds_nothing(astrid: Client, world: World) -> None:
    astrid.post(PLACE, {"address": "help"})
    assert not Inbox.objects.filter(channel="email").exists()


def test_passwords_are_sealed_kept_and_never_shown(astrid: Client, world: World) -> None:
    inbox = added(astrid, "help@nordlys.example")
    page = f"{PLACE}{inbox.pk}/"
    assert (
        astrid.post(page, filled(inbox, password="hush-hush-1", smtp_password="other-2")).status_code == 302
    )
    inbox.refresh_from_db()
    assert "hush-hush-1" not in str(inbox.settings)
    assert (account(inbox).imap.secret, account(inbox).smtp.secret) == ("hush-hush-1", "other-2")
    assert b"hush-hush-1" not in astrid.get(page).content
    astrid.post(page, filled(inbox, sender_name="Hjelp"))
    inbox.refresh_from_db()
    assert (account(inbox).imap.secret, account(inbox).sender_name) == ("hush-hush-1", "Hjelp")
    assert "hush" not in str(list(Event.objects.values_list("data", flat=True)))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"afterwards": "move"}, b"Say to which folder."),
        ({"afterwards": "move", "move_to": "INBOX"}, b"This folder is read itself."),
        ({"sign_in": "oauth"}, b"Needed to sign in with OAuth2."),
        ({"address": "nonsense"}, b"valid email address"),
    ],
)
def test_what_cannot_work_is_said_and_not_saved(
    astrid: Client, world: World, change: dict[str, str], says: bytes
) -> None:
    inbox = added(astrid, "help@nordlys.example")
    before = inbox.settings
    assert says in astrid.post(f"{PLACE}{inbox.pk}/", filled(inbox, **change)).content
    inbox.refresh_from_db()
    assert inbox.settings == before


def test_trying_says_in_words_what_is_wrong_and_saves_nothing(astrid: Client, world: World) -> None:
    inbox = added(astrid, "help@nordlys.example")
    facts = filled(inbox, smtp_host="no-such-host.invalid", password="x")
    html = astrid.post(f"{PLACE}{inbox.pk}/try/", facts).content.decode()
    assert "Reading: The server does not listen on this port." in html
    assert "Sending: There is no server of this name." in html
    inbox.refresh_from_db()
    assert not account(inbox).imap.password


def test_the_list_says_how_each_fares(astrid: Client, world: World) -> None:
    bare = add_inbox("email", "old@nordlys.example", by="system")
    assert b"nothing comes in and nothing goes out" in astrid.get(PLACE).content
    bare.delete()
    inbox = added(astrid, "help@nordlys.example")
    astrid.post(f"{PLACE}{inbox.pk}/", filled(inbox))
    assert b"Not read yet" in astrid.get(PLACE).content
    failing(inbox, "refused")
    assert b"User name or password is wrong" in astrid.get(PLACE).content
    failing(inbox, "smtp_closed")
    well(inbox)
    assert b"Sending: The server does not listen" in astrid.get(PLACE).content
    well(inbox, "smtp")
    assert b"Works" in astrid.get(PLACE).content


def test_only_admins_may(world: World, at: Callable[..., Client]) -> None:
    inbox = add_inbox("email", "help@nordlys.example", by="system")
    for who in (world.kari, world.liv):
        for page in ("", f"{inbox.pk}/"):
            assert at(who).get(PLACE + page).status_code == 403
        assert at(who).post(f"{PLACE}{inbox.pk}/try/", {}).status_code == 403
