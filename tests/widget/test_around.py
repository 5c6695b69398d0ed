import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from samspill.contacts.models import Consent, Identity
from samspill.contacts.recognise import recognise
from samspill.conversations.close import close
from samspill.conversations.models import Conversation, Message
from samspill.surveys.models import Survey
from tests.widget.conftest import Panel


def picture(name: str = "meter.png") -> SimpleUploadedFile:
    content = io.BytesIO()
    Image.new("RGB", (4, 4), "red").save(content, "PNG")
    return SimpleUploadedFile(name, content.getvalue())


def test_consent_is_written_down_and_can_be_withdrawn(anne: Panel) -> None:
    anne.post("consent", {"given": True})
    assert anne.hello()["consent"] is True
    anne.post("consent", {"given": False})
    assert anne.hello()["consent"] is False
    assert list(Consent.objects.order_by("id").values_list("given", flat=True)) == [True, False]


def test_files_and_addresses_wait_for_consent(anne: Panel) -> None:
    anne.say("Hello")
    assert anne.upload(picture()).json()["error"] == "consent"
    assert anne.post("email", {"email": "anne@example.no"}).status_code == 403


def test_a_picture_is_sent_with_a_message_and_shown(anne: Panel) -> None:
    anne.post("consent", {"given": True})
    stored = anne.upload(picture()).json()
    anne.say("", files=[stored["key"]])
    shown = anne.news()["messages"][0]["attachments"][0]
    assert shown["kind"] == "image/png"
    answer = anne.client.get(shown["url"])
    assert answer.headers["Content-Disposition"].startswith("inline")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_other_files_are_saved_not_shown(anne: Panel) -> None:
    anne.post("consent", {"given": True})
    stored = anne.upload(SimpleUploadedFile("notes.txt", b"some words")).json()
    answer = anne.client.get(stored["url"])
    assert answer.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("name", "content"),
    [("page.png", b"<script>alert(1)</script>"), ("run.exe", b"MZ\x90\0\xff\xfe"), ("x", b"")],
)
def test_dangerous_files_are_refused(anne: Panel, name: str, content: bytes) -> None:
    anne.post("consent", {"given": True})
    answer = anne.upload(SimpleUploadedFile(name, content))
    assert (answer.status_code, answer.json()["error"]) in {(422, "file"), (400, "garbled")}


def test_another_visitors_file_cannot_be_taken_along(anne: Panel, bjorn: Panel) -> None:
    anne.post("consent", {"given": True})
    bjorn.post("consent", {"given": True})
    stored = anne.upload(picture()).json()
    bjorn.say("look", files=[stored["key"]])
    assert bjorn.news()["messages"][0]["attachments"] == []


def test_the_address_for_the_answer_is_noted_unverified(anne: Panel) -> None:
    anne.post("consent", {"given": True})
    assert anne.post("email", {"email": "Anne@example.no"}).status_code == 200
    noted = Identity.objects.get(kind="email")
    assert noted.verified_at is None
    assert noted.contact == Identity.objects.get(kind="visitor").contact
    assert anne.post("email", {"email": "no address"}).json()["error"] == "email"


def test_giving_somebody_elses_address_joins_nobody(anne: Panel) -> None:
    owner = recognise("email", "owner@example.no")
    anne.post("consent", {"given": True})
    assert anne.post("email", {"email": "owner@example.no"}).status_code == 200
    owner.refresh_from_db()
    assert owner.contact != Identity.objects.get(kind="visitor").contact


def test_the_visitor_says_how_it_went(anne: Panel, bjorn: Panel) -> None:
    anne.say("Hello")
    conversation = Conversation.objects.get()
    close(conversation, by="system")
    asked = Survey.objects.create(conversation=conversation, about="assistant", cycle=1)
    assert anne.news()["survey"] == {"id": asked.pk, "about": "assistant", "answered": False}
    bjorn.say("Me too")
    assert bjorn.post("survey", {"survey": asked.pk, "score": 1}).status_code == 404
    assert anne.post("survey", {"survey": asked.pk, "score": 9}).status_code == 400
    assert anne.post("survey", {"survey": asked.pk, "score": 5, "comment": "Quick!"}).status_code == 200
    asked.refresh_from_db()
    assert (asked.score, asked.comment) == (5, "Quick!")


def test_after_the_end_a_new_conversation_begins(anne: Panel) -> None:
    anne.say("First")
    close(Conversation.objects.get(), by="system")
    assert anne.news()["conversation"]["closed"]
    anne.say("Second")
    assert [message["text"] for message in anne.news()["messages"]] == ["Second"]
    assert Message.objects.count() == 2
