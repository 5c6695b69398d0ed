"""People from a table: which column holds what is guessed from the words of its head."""

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from samspill.imports.formats import tables
from samspill.imports.items import BadRow, Person, Row

# what a column may hold, and how people name it in English, Bokmål, German and Chinese, and in other products
FIELDS = {
    "email": "email|e-mail|mail|email address|e-mail address|epost|e-post|e-postadresse|epostadresse|e-mail-adresse"
    "|mailadresse|電子郵件|電郵|電子信箱|信箱|郵件|email地址",
    "name": "name|full name|display name|customer|customer name|contact|contact name|navn|fullt navn|kunde|kundenavn"
    "|kontakt|kontaktperson|vollständiger name|kundenname|ansprechpartner|姓名|名字|客戶|客戶姓名|聯絡人|名稱",
    "first": "first name|firstname|given name|fornavn|vorname|名",
    "last": "last name|lastname|surname|family name|etternavn|nachname|familienname|姓|姓氏",
    "phone": "phone|telephone|phone number|phone_number|mobile|mobile phone|cell|tel|telefon|telefonnummer|mobil"
    "|mobilnummer|tlf|handy|handynummer|rufnummer|電話|電話號碼|手機|手機號碼|行動電話|聯絡電話",
    "organisation": "organisation|organization|company|company name|firma|bedrift|selskap|organisasjon|unternehmen"
    "|firmenname|公司|公司名稱|組織|機構",
    "language": "language|locale|preferred language|språk|sprache|語言|語系",
    "country": "country|country code|land|ländercode|landkode|國家|國家代碼",
    "tags": "tags|labels|label|merkelapper|etiketter|schlagwörter|標籤",
    "key": "id|user id|contact id|customer id|identifier|external id|kundenummer|kundennummer|客戶編號|編號",
}
WORDS = {word: name for name, words in FIELDS.items() for word in words.split("|")}
PREVIEW = 5


def preview(path: Path) -> tuple[list[str], list[list[str]]]:
    """The head of the table and its first rows."""
    found = list(islice(tables.read(path), PREVIEW + 1))
    return (found[0], found[1:]) if found else ([], [])


def guess(head: list[str]) -> dict[str, str]:
    """Column (by its number) → field; what is not recognised becomes an attribute of its own name."""
    taken: set[str] = set()
    guessed = {}
    for number, title in enumerate(head):
        field = WORDS.get(_plain(title), "")
        if field in taken and field not in {"email", "phone"}:
            field = ""
        taken.add(field)
        guessed[str(number)] = field or ("attribute" if title.strip() else "")
    return guessed


def _plain(title: str) -> str:
    return re.sub(r"[\s_]+", " ", re.sub(r"\d+$|[:*]", "", title.strip().casefold())).strip()


def rows(path: Path, columns: dict[str, str]) -> Iterator[Row]:
    """Every line of the table as a person."""
    lines = tables.read(path)
    head = next(lines, [])
    columns = columns or guess(head)
    for number, cells in enumerate(lines, 2):
        if any(cell.strip() for cell in cells):
            yield _row(number, cells, head, columns)


def _row(number: int, cells: list[str], head: list[str], columns: dict[str, str]) -> Row:
    def make() -> Person:
        if len(cells) > len(head):
            raise BadRow("too_many_cells")
        return person(cells, head, columns)

    return Row(str(number), make)


def person(cells: list[str], head: list[str], columns: dict[str, str]) -> Person:
    """One line as a person."""
    found: dict[str, list[str]] = {}
    extra: dict[str, object] = {}
    for number, cell in enumerate(cells):
        field, text = columns.get(str(number), ""), cell.strip()
        if not text:
            continue
        if field == "attribute":
            extra[head[number].strip()[:60]] = text[:1000]
        elif field:
            found.setdefault(field, []).append(text)
    one = {name: texts[0] for name, texts in found.items()}
    if "tags" in one:
        extra["tags"] = [tag for tag in (part.strip() for part in re.split("[,;|]", one["tags"])) if tag]
    return Person(
        key=one.get("key", ""),
        name=one.get("name") or " ".join(filter(None, (one.get("first"), one.get("last")))),
        emails=tuple(found.get("email", ())),
        phones=tuple(found.get("phone", ())),
        organisation=one.get("organisation", ""),
        language=one.get("language", ""),
        country=one.get("country", ""),
        attributes=extra,
    )
