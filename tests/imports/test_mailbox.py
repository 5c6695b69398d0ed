"""Mails from an mbox or a Maildir."""

import hashlib
import zipfile
from datetime import timedelta

import pytest
from django.utils import timezone

from samspill.channels.models import Letter
from samspill.channels.process import process
from samspill.channels.store import keep
from samspill.contacts.models import Contact
from samspill.conversations.models import Attachment, Conversation, Inbound, Message
from samspill.imports.begin import ask
from samspill.imports.models import Import
from samspill.imports.run import run
from samspill.kit.models import Event
from tests.imports import mails

pytestmark = pytest.mark.django_db


def test_mails_become_closed_threads_with_their_dates(bring, tmp_path):
    of = bring(mails.mbox(tmp_path / "old.mbox", mails.many(6)), "mbox")
    assert of.counts == {"contacts": 2, "conversations": 2, "messages": 6}
    first = Conversation.objects.order_by("created_at").first()
    assert (first.status, first.in_charge, first.threaded) == ("closed", "person", True)
    assert first.created_at == mails.START + timedelta(minutes=1)
    assert first.last_message_at == mails.START + timedelta(minutes=3)
    directions = [one.direction for one in first.messages.order_by("created_at")]
    assert directions == ["in", "out", "in"]
    assert Event.objects.filter(kind="conversation.imported").count() == 2
    assert not Event.objects.filter(kind__in=["message.received", "conversation.closed"]).exists()


def test_the_same_or_an_overlapping_mailbox_adds_nothing_twice(bring, tmp_path):
    bring(mails.mbox(tmp_path / "a.mbox", mails.many(6)), "mbox")
    of = bring(mails.mbox(tmp_path / "b.mbox", mails.many(9)), "mbox")
    assert of.counts == {"contacts": 1, "conversations": 1, "messages": 3, "known": 6}
    assert Message.objects.count() == Letter.objects.count() == Inbound.objects.count() == 9


def test_an_answer_that_comes_before_its_question_joins_it(bring, tmp_path):
    pair = [mails.mail(2, "a@example.net", "More", answers=1), mails.mail(1, "a@example.net", "Hello")]
    of = bring(mails.mbox(tmp_path / "a.mbox", pair), "mbox")
    assert of.counts["conversations"] == 1


def arrives(mailbox, mail):
    """The mailbox is read and this mail is in it."""
    raw = mail.as_bytes().replace(b"\n", b"\r\n")
    inbound = keep(mailbox, hashlib.sha256(raw).hexdigest(), raw)
    if inbound is not None:
        process(inbound)
    return inbound


def test_a_real_reply_joins_and_what_was_imported_is_not_read_again(bring, mailbox, tmp_path):
    bring(mails.mbox(tmp_path / "a.mbox", mails.many(3)), "mbox")
    assert arrives(mailbox, next(iter(mails.many(1)))) is None
    Conversation.objects.update(closed_at=timezone.now())
    arrives(mailbox, mails.mail(9, "kunde1@example.net", "One thing more", answers=3))
    conversation = Conversation.objects.get()
    assert (conversation.status, conversation.messages.count()) == ("open", 4)


def test_a_stranger_who_names_a_thread_does_not_enter_it(bring, tmp_path):
    pair = [
        mails.mail(1, "a@example.net", "Hello"),
        mails.mail(2, "mallory@example.com", "Me too", answers=1),
    ]
    assert bring(mails.mbox(tmp_path / "a.mbox", pair), "mbox").counts["conversations"] == 2


def test_agents_are_found_by_their_address_and_others_by_name(bring, world, tmp_path):
    pair = [
        mails.mail(1, "Kari <kari@nordlys.example>", "We write first", to="a@example.net"),
        mails.mail(2, "Support <support@nordlys.example>", "And again", to="a@example.net", answers=1),
    ]
    bring(mails.mbox(tmp_path / "a.mbox", pair), "mbox")
    first, second = Message.objects.order_by("created_at")
    assert first.agent == world.kari
    assert (second.agent, second.extras["written_by"]) == (None, "Support")


def test_files_are_kept_and_a_line_that_begins_with_from(bring, tmp_path):
    one = mails.mail(1, "a@example.net", "Hello\n\nFrom here on it is text\n")
    one.add_attachment(b"%PDF-1.4 x", maintype="application", subtype="pdf", filename="a.pdf")
    of = bring(mails.mbox(tmp_path / "a.mbox", [one]), "mbox")
    assert of.counts["files"] == 1
    assert Attachment.objects.get().kind == "application/pdf"
    assert "\nFrom here on" in Message.objects.get().text


def test_a_maildir_and_a_zip_of_mails(bring, tmp_path):
    (tmp_path / "box" / "cur").mkdir(parents=True)
    (tmp_path / "box" / "cur" / "1:2,S").write_bytes(mails.mail(1, "a@example.net", "One").as_bytes())
    (tmp_path / "box" / "dovecot.index").write_bytes(b"no mail")
    assert bring(tmp_path / "box", "mbox").counts["messages"] == 1
    with zipfile.ZipFile(tmp_path / "mails.zip", "w") as box:
        box.writestr("in/2.eml", mails.mail(2, "a@example.net", "Two").as_bytes())
        box.write(mails.mbox(tmp_path / "c.mbox", [mails.mail(3, "a@example.net", "Three")]), "c.mbox")
    assert bring(tmp_path / "mails.zip", "mbox").counts == {"conversations": 2, "messages": 2}


def test_what_has_no_sender_is_named(bring, tmp_path):
    path = tmp_path / "a.mbox"
    path.write_bytes(b"From x\nSubject: nobody\n\nHi\n\nFrom y\n\n")
    of = bring(path, "mbox")
    assert set(of.skipped.values_list("place", "reason")) == {("1", "no_sender"), ("2", "empty")}


def test_dry_run_counts_as_the_import_does(bring, tmp_path):
    path = mails.mbox(tmp_path / "a.mbox", [*mails.many(240), *mails.many(7)])
    dry = bring(path, "mbox", dry=True)
    assert Contact.objects.filter(name__startswith="Kunde").count() == 0
    assert bring(path, "mbox").counts == dry.counts == {
        "contacts": 80, "conversations": 80, "messages": 240, "known": 7,
    }  # fmt: skip


def test_it_goes_on_where_it_was_stopped(bring, world, tmp_path, monkeypatch):
    path = mails.mbox(tmp_path / "a.mbox", mails.many(250))
    of = bring(path, "mbox", state=Import.State.DONE)  # not begun
    ask(of, by=world.astrid, dry=False)

    def stop_after_one(one):
        Import.objects.filter(pk=one.pk).update(state=Import.State.STOPPED)

    run(of.pk, stop_after_one)
    of.refresh_from_db()
    assert (of.state, of.position) == ("stopped", 200)
    Import.objects.filter(pk=of.pk).update(state=Import.State.STORED)
    run(of.pk)
    of.refresh_from_db()
    assert (of.state, of.position, of.counts["messages"]) == ("done", 250, 250)
    assert "known" not in of.counts
