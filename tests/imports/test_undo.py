"""Taking an import back."""

import pytest

from samspill.channels.models import Letter
from samspill.contacts.models import Contact, Identity
from samspill.contacts.recognise import recognise
from samspill.conversations.models import Conversation, Inbound, Message
from samspill.conversations.note import note
from samspill.imports import begin
from samspill.imports.models import Brought
from samspill.imports.undo import undo
from tests.imports import mails

pytestmark = pytest.mark.django_db


def take_back(of, world):
    assert begin.undo(of, by=world.astrid)
    undo(of.pk)
    of.refresh_from_db()


def test_everything_goes_again(bring, world, tmp_path):
    before = Contact.objects.count(), Identity.objects.count()
    of = bring(mails.mbox(tmp_path / "a.mbox", mails.many(250)), "mbox")
    take_back(of, world)
    assert (of.state, of.counts["kept"]) == ("undone", 0)
    assert (Contact.objects.count(), Identity.objects.count()) == before
    for model in (Conversation, Message, Letter, Inbound, Brought):
        assert model.objects.count() == 0
    again = bring(tmp_path / "a.mbox", "mbox")
    assert again.counts["messages"] == 250


def test_what_somebody_worked_on_stays(bring, world, tmp_path):
    of = bring(mails.mbox(tmp_path / "a.mbox", mails.many(6)), "mbox")
    worked_on = Conversation.objects.order_by("pk").first()
    note(worked_on, world.kari, "I called them.", "n1")
    take_back(of, world)
    assert list(Conversation.objects.all()) == [worked_on]
    assert worked_on.messages.count() == 4
    assert Contact.objects.filter(pk=worked_on.contact_id).exists()
    assert of.counts["kept"] == 2


def test_what_it_filled_is_emptied_unless_changed_since(bring, world, tmp_path):
    known = recognise("email", "a@example.no").contact
    path = tmp_path / "a.csv"
    path.write_text("email,name,country,phone,size\na@example.no,Anne,NO,22225555,L\n")
    of = bring(path, "csv")
    Contact.objects.filter(pk=known.pk).update(name="Anne Lie")
    take_back(of, world)
    known.refresh_from_db()
    assert (known.name, known.country, known.attributes) == ("Anne Lie", "", {})
    assert known.identities.count() == 1
