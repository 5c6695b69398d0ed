"""Mails and their prepared replies in the desk."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samspill.assistant.mails.approve import approve
from samspill.assistant.models import Approval, PreparedReply
from samspill.channels.models import Letter
from samspill.contacts.recognise import recognise
from samspill.conversations.models import Attachment, Dispatch, Inbound, Message, Participant
from samspill.conversations.reply import reply
from tests.assistant.mails.letters import Thread, write_to
from tests.world import World

COMPOSER = {"HTTP_X_COMPOSER": "1"}
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def thread(world: World) -> Thread:
    return write_to(world, "ingrid.berg@example.no", "Ingrid Berg", subject="Warranty of my panels")


def _prepare(thread: Thread, **facts: object) -> PreparedReply:
    message = thread.hears("How long is the warranty?")
    given = {"text": "Hello Ingrid,\n\n25 years.", "language": "en", "intent": "question", "confidence": 0.9}
    return PreparedReply.objects.create(message=message, conversation=thread.conversation, **given | facts)


def _page(client: Client, thread: Thread, query: str = "") -> str:
    return client.get(f"/desk/c/{thread.conversation.pk}/{query}").content.decode()


def test_the_card_shows_text_reason_and_certainty(kari: Client, thread: Thread) -> None:
    _prepare(thread, why_waiting="not_approved")
    page = _page(kari, thread)
    assert "Prepared reply" in page
    assert "25 years." in page
    assert "Replies about this are not yet sent by themselves." in page
    assert "very sure" in page


def test_without_a_waiting_reply_there_is_no_card(kari: Client, thread: Thread) -> None:
    _prepare(thread, state="used")
    assert "Prepared reply" not in _page(kari, thread)


def test_one_click_sends_it(world: World, kari: Client, thread: Thread) -> None:
    prepared = _prepare(thread)
    form = {"seen": prepared.message_id, "event": 0}
    for _ in range(2):
        answer = kari.post(f"/desk/prepared/{prepared.pk}/send/", form, **COMPOSER)
        assert answer.status_code == 200
    assert "25 years." in answer.content.decode()
    [sent] = thread.sent()
    assert sent.agent == world.kari


def test_a_reply_somebody_dealt_with_says_so(world: World, kari: Client, thread: Thread) -> None:
    prepared = _prepare(thread, state="dismissed")
    answer = kari.post(f"/desk/prepared/{prepared.pk}/send/", {"seen": 10**6}, **COMPOSER)
    assert answer.status_code == 409
    assert "no longer waits" in answer.content.decode()


def test_dismiss_and_undo(kari: Client, thread: Thread) -> None:
    prepared = _prepare(thread)
    answer = kari.post(f"/desk/prepared/{prepared.pk}/dismiss/", **HTMX)
    assert "Prepared reply" not in answer.content.decode()
    assert f"/desk/prepared/{prepared.pk}/back/" in answer["HX-Trigger"]
    answer = kari.post(f"/desk/prepared/{prepared.pk}/back/", **HTMX)
    assert "Prepared reply" in answer.content.decode()


def test_without_script_edit_puts_the_text_into_the_box(kari: Client, thread: Thread) -> None:
    _prepare(thread)
    page = _page(kari, thread, "?edit=1")
    assert "25 years.</textarea>" in page


def test_ready_to_send_is_a_view_of_its_own(kari: Client, thread: Thread) -> None:
    thread.hears("Just so you know.")
    assert f"row-{thread.conversation.pk}" not in kari.get("/desk/?view=ready").content.decode()
    _prepare(thread)
    page = kari.get("/desk/?view=ready").content.decode()
    assert f"row-{thread.conversation.pk}" in page
    assert "Reply ready" in page
    assert "Warranty of my panels" in page


def test_a_mail_is_shown_whole(kari: Client, thread: Thread) -> None:
    thread.hears(
        "New text", quoted="What we wrote before", signature="Ingrid Berg\nOslo", protection="pgp signed",
        html="<p>New text</p>", cc=[{"address": "arne@example.no", "name": "Arne"}],
        invitations=[{"summary": "Survey of the roof", "starts": "2026-12-01T10:00:00+01:00", "ends": None,
                      "place": "Oslo", "organiser": "ingrid.berg@example.no", "method": "request"}],
    )  # fmt: skip
    page = _page(kari, thread)
    for words in (
        "Warranty of my panels", "What we wrote before", "Ingrid Berg<br>Oslo", "Signed (PGP)", "Arne &lt;arne@example.no&gt;",
        "Survey of the roof", "Invitation", "Show original",
    ):  # fmt: skip
        assert words in page, words


def test_the_subject_is_said_again_only_when_it_changed(kari: Client, thread: Thread) -> None:
    thread.hears("one")
    thread.hears("two", subject="Re: Warranty of my panels")
    thread.hears("three", subject="Something else")
    page = _page(kari, thread)
    assert page.count('class="letter-subject') == 2


@pytest.mark.parametrize("kind", ["auto_reply", "out_of_office", "bounce", "list"])
def test_programs_are_named(kari: Client, thread: Thread, kind: str) -> None:
    thread.hears("I am away", kind=kind)
    words = {
        "auto_reply": "Automatic reply",
        "out_of_office": "Out of office",
        "bounce": "Could not be delivered",
    }
    assert words.get(kind, "Mailing list") in _page(kari, thread)


HOSTILE = (
    '<p onclick="alert(1)">Hi<script>alert(2)</script><img src="x" onerror="alert(3)">'
    '<a href="javascript:alert(4)">x</a><iframe src="https://evil.example"></iframe><form action="/desk/sign-out/">'
    '<style>@import "https://evil.example/x.css"</style><img src="https://evil.example/pixel.png"></p>'
)


def test_the_original_can_do_nothing(kari: Client, thread: Thread) -> None:
    message = thread.hears("Hi", html=HOSTILE)
    answer = kari.get(f"/desk/m/{message.pk}/original/")
    page, policy = answer.content.decode(), answer["Content-Security-Policy"]
    for bad in ("onclick", "onerror", "<script", "javascript:", "<iframe", "<form", "@import"):
        assert bad not in page
    assert "sandbox" in policy
    assert "allow-scripts" not in policy
    assert "default-src 'none'" in policy
    assert "https:" not in policy
    assert "frame-ancestors 'self'" in policy
    with_images = kari.get(f"/desk/m/{message.pk}/original/?images=1")["Content-Security-Policy"]
    assert "img-src data: https: http:" in with_images


def test_pictures_from_elsewhere_are_loaded_only_when_asked_for(kari: Client, thread: Thread) -> None:
    message = thread.hears("Hi", html='<img data-remote="https://shop.example/a.png" alt="A">')
    assert ' src="' not in kari.get(f"/desk/m/{message.pk}/original/").content.decode()
    asked = kari.get(f"/desk/m/{message.pk}/original/?images=1").content.decode()
    assert 'src="https://shop.example/a.png"' in asked


def test_a_picture_in_the_mail_stands_in_its_place(kari: Client, thread: Thread, settings, tmp_path) -> None:  # type: ignore[no-untyped-def]
    from samspill.conversations.attach import path

    settings.UPLOADS_FOLDER = tmp_path
    message = thread.hears("Hi", html='<img src="cid:roof@1"><img src="/desk/file/roofkey/">')
    file = Attachment.objects.create(
        message=message,
        name="roof.png",
        kind="image/png",
        size=4,
        sha256="ab" * 32,
        content_id="roof@1",
        key="roofkey",
    )
    path(file.sha256).parent.mkdir(parents=True)
    path(file.sha256).write_bytes(b"\x89PNG")
    assert (
        'src="data:image/png;base64,iVBORw=="' in kari.get(f"/desk/m/{message.pk}/original/").content.decode()
    )


def test_the_raw_mail_is_a_download(kari: Client, thread: Thread) -> None:
    inbound = Inbound.objects.create(inbox=thread.inbox, dedup_key="k", raw=b"Subject: x\r\n\r\ny")
    message = thread.hears("y", inbound=inbound)
    answer = kari.get(f"/desk/m/{message.pk}/raw/")
    assert answer.content == b"Subject: x\r\n\r\ny"
    assert "attachment" in answer["Content-Disposition"]


def test_what_did_not_arrive_says_why_and_can_be_sent_again(
    world: World, kari: Client, thread: Thread
) -> None:
    thread.hears("Hi")
    sent = reply(thread.now(), world.kari, "Hello", "k", seen=10**9)
    Dispatch.objects.create(
        message=sent, inbox=thread.inbox, identity=thread.sender, state="failed", error="No such address."
    )
    Message.objects.filter(pk=sent.pk).update(delivery="failed")
    page = _page(kari, thread)
    assert "No such address." in page
    assert "Send again" in page
    assert kari.post(f"/desk/m/{sent.pk}/again/", **HTMX).status_code == 200
    assert Dispatch.objects.get().state == "waiting"
    assert Message.objects.get(pk=sent.pk).delivery == "stored"


def test_who_reads_along_can_be_left_out(kari: Client, thread: Thread) -> None:
    message = thread.hears("Hi", cc=[{"address": "arne@example.no", "name": "Arne"}])
    arne = recognise("email", "arne@example.no", name="Arne")
    Participant.objects.create(conversation=thread.conversation, identity=arne)
    assert 'name="cc" value="arne@example.no"' in _page(kari, thread)
    form = {"text": "Hello", "external_id": "x", "seen": message.pk, "kind": "reply", "cc_shown": "1"}
    kari.post(f"/desk/c/{thread.conversation.pk}/write/", form, **COMPOSER)
    assert thread.sent()[0].extras == {"left_out": ["arne@example.no"]}


def test_a_page_of_mails_takes_as_many_queries_for_three_as_for_one(kari: Client, thread: Thread) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            _page(kari, thread)
        return len(caught)

    _prepare(thread)
    queries()
    one = queries()
    thread.hears("two", quoted="q", html="<p>x</p>")
    thread.hears("three", quoted="q")
    assert queries() == one


def test_intents_are_approved_and_taken_back(world: World, astrid: Client, thread: Thread) -> None:
    for _ in range(20):
        _prepare(thread, state="used")
    page = astrid.get("/desk/settings/assistant/mail/").content.decode()
    assert "Ready to approve" in page
    assert "20 of 20 replies were sent unchanged" in page
    form = {"intent": "question", "least": "85"}
    assert astrid.post("/desk/settings/assistant/mail/change/", form).status_code == 302
    assert Approval.objects.get().least == 0.85
    assert "Switch off" in astrid.get("/desk/settings/assistant/mail/").content.decode()
    astrid.post("/desk/settings/assistant/mail/change/", {"intent": "question", "off": "1"})
    assert not Approval.objects.exists()
    assert astrid.post("/desk/settings/assistant/mail/change/", {"intent": "human"}).status_code == 404


def test_the_report_counts_and_opens_its_conversations(
    world: World, at: Callable[..., Client], thread: Thread
) -> None:
    liv = at(world.liv)
    assert "No mail yet" in liv.get("/desk/understanding/mail/").content.decode()
    prepared = _prepare(thread)
    kari = at(world.kari)
    kari.post(f"/desk/prepared/{prepared.pk}/send/", {"seen": prepared.message_id}, **COMPOSER)
    alone = write_to(world, "lukas@example.de", "Lukas", subject="Lieferzeit")
    _prepare(alone, state="sent")
    from samspill.conversations.reply import say

    say(alone.now(), "Two days.", "turn:1")
    page = liv.get("/desk/understanding/mail/").content.decode()
    assert "1 of 2 conversations" in page
    behind = liv.get("/desk/understanding/mail/behind/?of=alone").content.decode()
    assert "Lieferzeit" in behind
    assert "Warranty of my panels" not in behind
    table = liv.get("/desk/understanding/mail/figures.csv").content.decode().splitlines()
    assert table[0].startswith("by,name,conversations,median_s")
    assert any(row.startswith("week,") and row.split(",")[2] == "2" for row in table)


def test_only_people_are_in_the_report(world: World, at: Callable[..., Client], thread: Thread) -> None:
    thread.hears("newsletter", kind="list")
    assert "No mail yet" in at(world.liv).get("/desk/understanding/mail/").content.decode()


def test_approving_an_unknown_intent_changes_nothing(world: World) -> None:
    from samspill.assistant.mails.approve import UnknownLabel

    with pytest.raises(UnknownLabel):
        approve("no-such-intent", 0.9, world.astrid)


def test_the_letter_of_a_message_is_optional(kari: Client, thread: Thread) -> None:
    message = thread.hears("Hi")
    Letter.objects.all().delete()
    assert "Hi" in _page(kari, thread)
    assert kari.get(f"/desk/m/{message.pk}/original/").status_code == 404
