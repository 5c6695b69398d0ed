import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samspill.contacts.add_address import add_address
from samspill.contacts.merge import merge
from samspill.contacts.models import Contact, Identity, Merge, Organisation
from samspill.contacts.recognise import recognise
from tests.world import World


def _names(client: Client, query: str) -> set[str]:
    html = client.get(f"/desk/contacts/?{query}").content.decode()
    return {name for name in ("Ingrid Berg", "Lukas Weber", "陳怡君") if name in html}


def test_people_are_found_by_name_organisation_and_whole_address(world: World, kari: Client) -> None:
    add_address(world.ingrid.contact, "email", "ingrid@berg.example")
    add_address(world.lukas.contact, "phone", "+4722334455")
    firm = Organisation.objects.create(name="Taiwan Solar")
    Contact.objects.filter(pk=world.yijun.contact_id).update(organisation=firm)
    assert len(_names(kari, "")) == 3
    assert _names(kari, "q=ingrid") == {"Ingrid Berg"}
    assert _names(kari, "q=Ingrid@berg.example") == {"Ingrid Berg"}
    assert _names(kari, "q=@berg.example") == set()
    assert _names(kari, "q=22+33+44+55") == {"Lukas Weber"}
    assert _names(kari, "q=taiwan") == {"陳怡君"}


@pytest.mark.parametrize("address", ["/desk/contacts/", "/desk/care/"])
def test_more_rows_need_no_more_queries(world: World, kari: Client, address: str) -> None:
    Contact.objects.exclude(pk=world.ingrid.contact_id).update(attributes={"inactive": True})
    kari.get(address)
    numbers = []
    for inactive in (True, False):
        with CaptureQueriesContext(connection) as queries:
            assert kari.get(address).status_code == 200
        numbers.append(len(queries))
        if inactive:
            Contact.objects.update(attributes={})
    assert numbers[0] == numbers[1]


def test_the_page_shows_addresses_messages_and_merges(world: World, kari: Client) -> None:
    world.hears(world.ingrid, "Where is my parcel?")
    other = recognise("email", "ib@berg.example", name="I. B.").contact
    merge(world.ingrid.contact, other, by="agent:1")
    html = kari.get(f"/desk/contacts/{world.ingrid.contact_id}/").content.decode()
    for words in (
        "Ingrid Berg",
        "ib@berg.example",
        "Where is my parcel?",
        "Merged with I. B.",
        "not verified",
    ):
        assert words in html


def test_the_page_of_a_merged_contact_leads_to_the_kept_one(world: World, kari: Client) -> None:
    other = recognise("email", "ib@berg.example").contact
    merge(world.ingrid.contact, other, by="agent:1")
    answer = kari.get(f"/desk/contacts/{other.pk}/")
    assert answer["Location"] == f"/desk/contacts/{world.ingrid.contact_id}/"


def test_merging_by_hand_and_taking_it_back(world: World, kari: Client) -> None:
    other = recognise("email", "ib@berg.example", name="I. B.").contact
    page = f"/desk/contacts/{world.ingrid.contact_id}/merge/"
    assert "I. B." in kari.get(f"{page}?q=ib@berg.example").content.decode()
    assert "Addresses: 1" in kari.get(f"{page}?with={other.pk}").content.decode()
    kari.post(page, {"with": other.pk})
    other.refresh_from_db()
    assert other.merged_into == world.ingrid.contact
    kari.post(f"/desk/contacts/unmerge/{Merge.objects.get().pk}/")
    other.refresh_from_db()
    assert other.merged_into is None
    answer = kari.post(page, {"with": world.ingrid.contact_id}, follow=True)
    assert "cannot be merged with itself" in answer.content.decode()


def test_the_record_is_changed(world: World, kari: Client) -> None:
    pk = world.ingrid.contact_id
    said = {"name": "Ingrid B. Berg", "organisation": "Berg AS", "language": "de", "country": "NO", "vip": "on",
            "responsible": world.ola.pk, "attributes": "Customer number: 4711\nnonsense"}  # fmt: skip
    assert kari.post(f"/desk/contacts/{pk}/", said).status_code == 302
    held = Contact.objects.get(pk=pk)
    assert (held.name, held.organisation.name, held.language, held.vip) == (
        "Ingrid B. Berg",
        "Berg AS",
        "de",
        True,
    )
    assert (held.responsible, held.attributes) == (world.ola, {"Customer number": "4711", "nonsense": ""})


def test_an_ugly_name_is_only_a_name(world: World, kari: Client) -> None:
    Contact.objects.filter(pk=world.ingrid.contact_id).update(name="<img src=x onerror=alert(1)>")
    for page in ("/desk/contacts/", f"/desk/contacts/{world.ingrid.contact_id}/"):
        assert "<img src=x" not in kari.get(page).content.decode()
    assert Identity.objects.count() == 3
