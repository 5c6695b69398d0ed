"""People from tables."""

import pytest

from samspill.contacts.models import Contact, Identity, Organisation
from samspill.contacts.recognise import recognise
from samspill.imports.formats import contacts, tables

pytestmark = pytest.mark.django_db
TABLE = (
    "Name;E-post;Telefon;Firma;Land;Språk;Merkelapper;Nivå\n"
    "Ingrid Berg;Ingrid.Berg@Example.no;22 22 55 55;Sol AS;Norge;Norsk bokmål;vip, tak;gull\n"
    "Per Ås;per@example.no;;;;;;\n"
    ";ikke en adresse;;;;;;\n"
    ";;;;;;;\n"
    "Ingrid B;ingrid.berg@example.no;;;;;;\n"
    "Ola;ola@example.no;1;2;3;4;5;6;7;8\n"
)


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "kunder.csv"
    path.write_bytes(TABLE.encode("cp1252"))
    return path


def email_of(address):
    return recognise("email", address).contact


def test_a_norwegian_table_from_a_spreadsheet(bring, table):
    of = bring(table, "csv")
    assert of.counts == {"contacts": 2, "companies": 1, "known": 1, "skipped": 2, "noted": 1}
    ingrid = email_of("ingrid.berg@example.no")
    assert (ingrid.name, ingrid.country, ingrid.language) == ("Ingrid Berg", "NO", "nb")
    assert ingrid.organisation == Organisation.objects.get(name="Sol AS")
    assert ingrid.attributes == {"tags": ["vip", "tak"], "Nivå": "gull"}
    assert {one.value for one in ingrid.identities.all()} == {"ingrid.berg@example.no", "+4722225555"}
    assert dict(of.skipped.values_list("place", "reason")) == {
        "4": "bad_address",
        "6": "kept:name",
        "7": "too_many_cells",
    }


def test_again_changes_nothing(bring, table):
    bring(table, "csv")
    before = list(Contact.objects.order_by("pk").values()), Identity.objects.count()
    of = bring(table, "csv")
    assert (list(Contact.objects.order_by("pk").values()), Identity.objects.count()) == before
    assert of.counts["known"] == 3
    assert "contacts" not in of.counts


def test_who_is_known_is_filled_and_never_overwritten(bring, table):
    known = recognise("email", "ingrid.berg@example.no", name="I. Berg").contact
    bring(table, "csv")
    known.refresh_from_db()
    assert known.name == "I. Berg"
    assert known.country == "NO"


def test_dry_run_says_what_would_happen_and_does_nothing(bring, table):
    before = Contact.objects.count()
    of = bring(table, "csv", dry=True)
    assert of.counts == {"contacts": 2, "known": 1, "skipped": 2}
    assert Contact.objects.count() == before


def test_a_shared_telephone_joins_nobody(bring, tmp_path):
    path = tmp_path / "family.csv"
    path.write_text("name,email,phone\nAnne,anne@example.no,22225555\nBjørn,bjorn@example.no,22225555\n")
    of = bring(path, "csv")
    assert email_of("anne@example.no") != email_of("bjorn@example.no")
    assert of.skipped.get().reason == "taken:phone"


@pytest.mark.parametrize(
    ("head", "fields"),
    [
        (["Full name", "Email address", "Mobile phone"], ["name", "email", "phone"]),
        (["Fornavn", "Etternavn", "E-postadresse"], ["first", "last", "email"]),
        (["Vorname", "Nachname", "Telefonnummer", "Unternehmen"], ["first", "last", "phone", "organisation"]),
        (["姓名", "電子郵件", "手機號碼", "公司名稱"], ["name", "email", "phone", "organisation"]),
        (["E-mail 1", "Email_2", "Shoe size"], ["email", "email", "attribute"]),
    ],
)
def test_columns_are_guessed_in_four_languages(head, fields):
    assert list(contacts.guess(head).values()) == fields


@pytest.mark.parametrize(
    ("text", "name"),
    [("Åse;æøå", "cp1252"), ("Åse;æøå", "utf-8-sig"), ("陳怡君,電子郵件", "cp950"), ("名稱\tÆ", "utf-16")],
)
def test_encodings_are_found(text, name):
    assert text.encode(name).decode(tables.encoding(text.encode(name))) == text


def test_the_chosen_columns_count(bring, tmp_path):
    path = tmp_path / "odd.csv"
    path.write_text("a\tb\nx@example.org\tKari\n")
    bring(path, "csv", columns={"0": "email", "1": "name"})
    assert email_of("x@example.org").name == "Kari"
