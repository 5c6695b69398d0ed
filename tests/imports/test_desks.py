"""Exports of other help desks, in the formats they document."""

import base64
import json

import pytest

from samspill.contacts.models import Contact, Identity
from samspill.contacts.recognise import recognise
from samspill.conversations.models import Attachment, Conversation, Message

pytestmark = pytest.mark.django_db

ZAMMAD = {
    "tickets": [
        {"id": 7, "number": "22007", "title": "Where is my parcel?", "customer_id": 10, "owner_id": 3, "state_id": 4,
         "article_count": 3, "created_at": "2021-11-03T02:57:19.141Z"},
        {"id": 8, "number": "22008", "title": "Broken", "customer_id": 10, "state": "open",
         "created_at": "2021-11-04T02:57:19.141Z"},
        {"id": 9, "title": "Nobody's", "customer_id": 99, "state_id": 4},
    ],
    "users": [
        {"id": 10, "login": "david@example.com", "firstname": "David", "lastname": "Bell", "email": "david@example.com",
         "phone": "+33 892 12 34 56", "organization_id": 5, "role_ids": [3], "vip": True, "note": "likes coffee",
         "preferences": {"locale": "fr"}},
        {"id": 3, "login": "kari", "firstname": "Kari", "lastname": "Nordmann", "email": "kari@nordlys.example",
         "role_ids": [2]},
        {"id": 4, "login": "gone", "firstname": "Gone", "lastname": "Long", "email": "gone@elsewhere.example",
         "role_ids": [1, 2]},
    ],
    "organizations": [{"id": 5, "name": "Chrispresso", "domain": "chrispresso.example", "shared": True}],
    "ticket_articles": [
        {"id": 1, "ticket_id": 7, "sender": "Customer", "type": "email", "from": "David <david@example.com>",
         "body": "<p>Hello</p><p>Where <b>is</b> it?</p>", "content_type": "text/html", "internal": False,
         "created_by_id": 10, "created_at": "2021-11-03T02:57:19.141Z",
         "attachments": [
             {"id": 1, "filename": "a.txt", "data": base64.b64encode(b"inside").decode(),
              "preferences": {"Mime-Type": "text/plain"}},
             {"id": 2, "filename": "b.pdf", "size": "9", "preferences": {"Mime-Type": "application/pdf"}}]},
        {"id": 2, "ticket_id": 7, "sender": "Agent", "type": "email", "body": "On its way", "created_by_id": 3,
         "content_type": "text/plain", "internal": False, "created_at": "2021-11-03T03:57:19.141Z"},
        {"id": 3, "ticket_id": 7, "sender_id": 1, "type": "note", "body": "He is angry", "created_by_id": 4,
         "internal": True, "created_at": "2021-11-03T04:57:19.141Z"},
        {"id": 4, "ticket_id": 8, "sender_id": 2, "body": "It broke", "created_at": "2021-11-04T02:57:19.141Z"},
        {"id": 5, "ticket_id": 9, "body": "lost", "created_at": "2021-11-04T02:57:19.141Z"},
    ],
}  # fmt: skip


@pytest.fixture
def zammad(zipped):
    return zipped(**ZAMMAD)


def test_zammad(bring, zammad, world):
    of = bring(zammad, "zammad")
    assert of.counts == {
        "companies": 1, "contacts": 1, "conversations": 2, "messages": 4, "files": 1, "files_outside": 1, "skipped": 2,
    }  # fmt: skip
    assert set(of.skipped.values_list("reason", flat=True)) == {"unknown_customer", "unknown_conversation"}
    parcel, broken = Conversation.objects.order_by("created_at")
    assert (parcel.subject, parcel.status, broken.status) == ("Where is my parcel?", "closed", "open")
    assert (parcel.contact.name, parcel.contact.vip, parcel.contact.language) == ("David Bell", True, "fr")
    assert parcel.contact.organisation.name == "Chrispresso"
    asked, answered, noted = parcel.messages.order_by("created_at")
    assert asked.text == "Hello\n\nWhere is it?"
    assert (answered.agent, noted.agent, noted.extras["written_by"]) == (world.kari, None, "Gone Long")
    assert [one.direction for one in (asked, answered, noted)] == ["in", "out", "note"]
    assert Attachment.objects.get().name == "a.txt"
    assert broken.waiting_since is not None
    assert not Identity.objects.filter(value_hash__in=[]).exists()


def test_zammad_again_and_foreseen(bring, zammad):
    dry = bring(zammad, "zammad", dry=True).counts
    assert dry == {"companies": 1, "contacts": 1, "conversations": 2, "messages": 4, "skipped": 2}
    bring(zammad, "zammad")
    again = bring(zammad, "zammad")
    assert "messages" not in again.counts
    assert Message.objects.count() == 4


def test_zammad_in_one_file_and_in_any_order(bring, tmp_path):
    path = tmp_path / "all.json"
    path.write_text(json.dumps(ZAMMAD))
    assert bring(path, "zammad").counts["messages"] == 4


def test_what_breaks_off_is_brought_in_as_far_as_it_goes(bring, tmp_path):
    whole = json.dumps({"users": ZAMMAD["users"]})
    path = tmp_path / "users.json"
    path.write_text(whole[: whole.index('"login": "gone"')])
    of = bring(path, "zammad")
    assert of.counts == {"contacts": 1, "skipped": 1}
    assert of.skipped.get().reason == "broken_json"


CHATWOOT = {
    "contacts": {"meta": {"count": 1}, "payload": [
        {"id": 5, "name": "Anna", "email": "anna@example.org", "phone_number": "+4722225555", "identifier": None,
         "availability_status": "offline", "thumbnail": "", "custom_attributes": {"plan": "gold"},
         "additional_attributes": {"company_name": "Anna AS", "country_code": "NO"}, "created_at": 1700000000}]},
    "conversations": {"data": {"meta": {"all_count": 1}, "payload": [
        {"id": 12, "inbox_id": 1, "status": "resolved", "created_at": 1700000100, "contact_last_seen_at": 0,
         "meta": {"sender": {"id": 5, "name": "Anna", "email": "anna@example.org"}, "channel": "Channel::WebWidget"},
         "messages": [{"id": 101, "content": "Last words", "message_type": 0, "created_at": 1700000300,
                       "private": False, "conversation_id": 12}]}]}},
    "messages": {"meta": {}, "payload": [
        {"id": 100, "content": "Hi", "message_type": 0, "created_at": 1700000100, "conversation_id": 12,
         "sender": {"id": 5, "name": "Anna", "type": "contact"},
         "attachments": [{"id": 1, "file_type": "image", "data_url": "https://x.example/y/cat.png"}]},
        {"id": 102, "content": "Hello Anna", "message_type": 1, "created_at": 1700000200, "conversation_id": 12,
         "sender": {"id": 1, "name": "Old Agent", "email": "old@example.net", "type": "user"}},
        {"id": 103, "content": "Resolved by Old Agent", "message_type": 2, "created_at": 1700000400,
         "conversation_id": 12},
        {"id": 101, "content": "Last words", "message_type": 0, "created_at": 1700000300, "conversation_id": 12}]},
}  # fmt: skip


def test_chatwoot(bring, zipped):
    of = bring(zipped(**CHATWOOT), "chatwoot")
    assert of.counts == {"companies": 1, "contacts": 1, "conversations": 1, "messages": 4, "files_outside": 1}
    conversation = Conversation.objects.get()
    assert conversation.status == "closed"
    assert conversation.contact.attributes == {"plan": "gold"}
    said = conversation.messages.order_by("created_at")
    assert [(one.direction, one.author) for one in said] == [
        ("in", "contact"), ("out", "agent"), ("in", "contact"), ("note", "system"),
    ]  # fmt: skip
    assert said[1].extras["written_by"] == "Old Agent"
    assert said[0].extras["files_elsewhere"] == ["cat.png"]


def test_chatwoot_contacts_as_a_table(bring, tmp_path):
    path = tmp_path / "acme_1_contacts.csv"
    path.write_text("id,name,email,phone_number\n5,Anna,anna@example.org,+4722225555\n6,Nobody,,\n")
    assert bring(path, "chatwoot").counts["contacts"] == 2  # the old id is enough to know them again
    assert recognise("phone", "+4722225555").contact.name == "Anna"


ZENDESK = [
    {"id": 1, "subject": "Refund", "status": "solved", "requester_id": 20, "submitter_id": 20,
     "created_at": "2023-01-02T03:04:05Z", "description": "Money back",
     "comments": [
         {"id": 31, "type": "Comment", "author_id": 20, "body": "Money back", "plain_body": "Money&nbsp;back",
          "public": True, "created_at": "2023-01-02T03:04:05Z",
          "attachments": [{"id": 1, "file_name": "bill.pdf", "content_url": "https://x"}]},
         {"id": 32, "type": "Comment", "author_id": 21, "body": "Sure", "public": True,
          "created_at": "2023-01-02T04:04:05Z"},
         {"id": 33, "type": "Comment", "author_id": 21, "body": "He paid twice", "public": False,
          "created_at": "2023-01-02T05:04:05Z"}]},
    {"id": 2, "subject": "Open one", "status": "pending", "requester_id": 20, "description": "Hi",
     "created_at": "2023-02-02T03:04:05Z"},
    {"id": 3, "subject": "SCRUBBED", "status": "deleted", "requester_id": 20, "created_at": "2023-02-02T03:04:05Z"},
]  # fmt: skip
USERS = [
    {"id": 20, "name": "Bea", "email": "bea@example.org", "role": "end-user", "locale": "de", "organization_id": 4,
     "tags": ["loyal"], "user_fields": {"size": "L", "none": None}, "phone": None},
    {"id": 21, "name": "Agent Smith", "email": "smith@example.net", "role": "agent"},
]  # fmt: skip
COMPANIES = [{"id": 4, "name": "Bea GmbH", "domain_names": ["bea.example"]}]


def lines(path, records):
    path.write_text("\n".join(json.dumps(one) for one in records) + "\n")


def check_zendesk():
    first, second = Conversation.objects.order_by("created_at")
    assert (first.status, second.status) == ("closed", "open")
    assert (first.contact.language, first.contact.organisation.name) == ("de", "Bea GmbH")
    assert first.contact.attributes == {"size": "L", "tags": ["loyal"]}
    assert [one.text for one in first.messages.order_by("created_at")] == [
        "Money back",
        "Sure",
        "He paid twice",
    ]
    assert [one.direction for one in first.messages.order_by("created_at")] == ["in", "out", "note"]
    assert second.messages.get().text == "Hi"


def test_zendesk_full_export_one_object_a_line(bring, tmp_path):
    folder = tmp_path / "zendesk"
    folder.mkdir()
    lines(folder / "tickets.json", ZENDESK)
    lines(folder / "users.json", USERS)
    lines(folder / "organizations.json", COMPANIES)
    (folder / "tickets.json").write_text((folder / "tickets.json").read_text() + "{broken\n")
    of = bring(folder, "zendesk")
    assert of.counts == {
        "companies": 1, "contacts": 1, "conversations": 2, "messages": 4, "files_outside": 1, "skipped": 2,
    }  # fmt: skip
    assert set(of.skipped.values_list("place", "reason")) == {
        ("tickets:3", "deleted"), ("tickets:4", "broken_json"),
    }  # fmt: skip
    check_zendesk()


def test_zendesk_incremental_export_in_pages(bring, zipped):
    page = {"tickets": ZENDESK, "count": 3, "end_of_stream": True, "after_cursor": None}
    users, companies = {"users": USERS, "count": 2}, {"organizations": COMPANIES}
    bring(zipped(tickets_1=page, users_1=users, organizations=companies), "zendesk")
    check_zendesk()


def test_zendesk_table_of_tickets(bring, tmp_path):
    path = tmp_path / "tickets.csv"
    path.write_text(
        "Id,Requester,Requester id,Requester email,Subject,Status,Created at\n"
        "1,Bea,20,bea@example.org,Refund,Closed,2023-01-02 03:04\n"
        "x,Bea,20,bea@example.org,No number,Open,2023-01-02 03:04\n"
    )
    of = bring(path, "zendesk")
    assert of.counts == {"contacts": 1, "conversations": 1, "messages": 1, "skipped": 1}
    assert Contact.objects.filter(name="Bea").count() == 1
