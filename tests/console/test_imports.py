"""The pages where admins bring people and conversations over."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from samspill.contacts.models import Contact
from samspill.imports import begin
from samspill.imports.models import Import
from samspill.imports.run import run
from samspill.imports.undo import undo
from samspill.kit.models import Event

pytestmark = pytest.mark.django_db
TABLE = "Kunde;E-post;Sko\nSolveig Lie;solveig@example.no;38\nPer;ingen;\n"


@pytest.fixture
def admin(client, world, settings, tmp_path):
    settings.UPLOADS_FOLDER = tmp_path
    client.force_login(world.astrid)
    return client


def upload(client, name="kunder.csv", content=TABLE, **more):
    file = SimpleUploadedFile(name, content.encode())
    return client.post("/desk/settings/import/", {"file": file, "form": "", **more})


def act(client, of, wish, **more):
    client.post(f"/desk/settings/import/{of.pk}/act/", {"act": wish, **more})
    if wish == "undo":
        undo(of.pk)
    else:
        run(of.pk)
    of.refresh_from_db()
    return client.get(f"/desk/settings/import/{of.pk}/").content.decode()


def test_a_table_is_looked_through_brought_in_and_taken_back(admin):
    before = Contact.objects.count()
    of = Import.objects.get(pk=int(upload(admin)["Location"].split("/")[-2]))
    page = admin.get(f"/desk/settings/import/{of.pk}/").content.decode()
    assert '<option value="email" selected>' in page
    page = act(admin, of, "try", **{"column-0": "name", "column-1": "email", "column-2": "nonsense"})
    assert "What would be added" in page
    assert "1 person" in page
    assert Contact.objects.count() == before
    page = act(admin, of, "begin")
    assert "What was added" in page
    contact = Contact.objects.get(name="Solveig Lie")
    assert contact.attributes == {}
    assert "is no e-mail address" in page
    listed = b"".join(admin.get(f"/desk/settings/import/{of.pk}/skipped.csv").streaming_content).decode()
    assert listed.splitlines()[1].startswith("3,")
    act(admin, of, "undo")
    assert Contact.objects.count() == before
    assert Event.objects.filter(kind="import.undone").count() == 1


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("x.bin", "what is this", "We cannot tell what wrote this file"),
        ("x.mbox", "From a\nSubject: b\n\nc\n", "Please choose the inbox"),
        ("x.csv", "", "nothing in this file"),
    ],
)
def test_what_cannot_be_read_is_refused_with_words(admin, name, content, words):
    answer = upload(admin, name, content)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Import.objects.exists()


def test_a_running_import_can_be_stopped_and_goes_on(admin, world):
    upload(admin)
    of = Import.objects.get()
    begin.ask(of, by=world.astrid, dry=False, columns={"0": "name", "1": "email"})
    assert "Bringing it in" in admin.get(f"/desk/settings/import/{of.pk}/now/").content.decode()
    assert "Stopped" in act(admin, of, "stop")
    assert "1 person" in act(admin, of, "go_on")


def test_leads_may_not_import(client, world):
    client.force_login(world.liv)
    assert client.get("/desk/settings/import/").status_code == 403
