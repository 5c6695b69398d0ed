import base64
import json

import pytest

from samspill.channels.webchat import vouched
from samspill.channels.webchat.visitors import read_pass
from samspill.channels.webchat.vouched import Customer
from samspill.channels.webchat.welcome import welcome
from samspill.contacts.models import Contact, Identity
from samspill.contacts.recognise import recognise
from samspill.conversations.models import Inbox

ANNE = Customer("anne@example.no", "Anne")
BJORN = Customer("bjorn@example.no", "Bjørn")


@pytest.fixture
def inbox(db: None) -> Inbox:
    return Inbox.objects.create(channel="webchat", name="Shop")


def test_a_genuine_token_names_the_customer(inbox: Inbox) -> None:
    assert vouched.read(inbox, vouched.sign(inbox, ANNE)) == ANNE


def test_everything_else_names_nobody(inbox: Inbox) -> None:
    token = vouched.sign(inbox, ANNE)
    head, claims, seal = token.split(".")
    other = Inbox.objects.create(channel="webchat", name="Other", settings={"secret": "another"})
    plain = base64.urlsafe_b64encode(b'{"alg":"none"}').rstrip(b"=").decode()
    far = base64.urlsafe_b64encode(json.dumps({"email": "x@y.z", "iat": 0, "exp": 10**11}).encode()).decode()
    for text in ("", "a.b.c", f"{plain}.{claims}.", f"{head}.{far}.{seal}", token[:-2] + "AA", "é.é.é"):
        assert vouched.read(inbox, text) is None
    assert vouched.read(other, token) is None
    assert vouched.read(inbox, vouched.sign(inbox, ANNE, minutes=-1)) is None
    assert vouched.read(inbox, vouched.sign(inbox, ANNE, minutes=60 * 48)) is None


def test_an_inbox_without_a_secret_believes_nobody(inbox: Inbox) -> None:
    token = vouched.sign(Inbox(settings={"secret": ""}), ANNE)
    assert vouched.read(inbox, token) is None


def test_a_vouched_visitor_is_the_known_contact(inbox: Inbox) -> None:
    known = recognise("email", ANNE.email)
    visitor = welcome(inbox, None, vouched.sign(inbox, ANNE))
    assert visitor.met().contact == known.contact
    known.refresh_from_db()
    assert known.verified_at
    assert Contact.objects.get(pk=known.contact_id).name == "Anne"


def test_who_signs_in_keeps_the_talk_begun_before(inbox: Inbox) -> None:
    before = welcome(inbox, None, "")
    assert welcome(inbox, before, vouched.sign(inbox, ANNE)).key == before.key


def test_who_signs_out_leaves_nothing_to_the_next(inbox: Inbox) -> None:
    anne = read_pass(welcome(inbox, None, vouched.sign(inbox, ANNE)).new_pass())
    assert welcome(inbox, anne, "").key != anne.key
    bjorn = welcome(inbox, anne, vouched.sign(inbox, BJORN))
    assert bjorn.key != anne.key
    assert bjorn.met().contact != anne.met().contact


def test_an_anonymous_pass_of_somebody_proven_is_not_given_to_another(inbox: Inbox) -> None:
    first = welcome(inbox, None, "")
    welcome(inbox, first, vouched.sign(inbox, ANNE))
    second = welcome(inbox, first, vouched.sign(inbox, BJORN))
    assert second.key != first.key
    assert second.met().contact == Identity.objects.get(kind="email", value_hash=second.vouched).contact


def test_the_same_customer_meets_the_same_talk_on_another_device(inbox: Inbox) -> None:
    phone = welcome(inbox, None, vouched.sign(inbox, ANNE))
    laptop = welcome(inbox, None, vouched.sign(inbox, ANNE))
    assert phone.key == laptop.key
