"""What is logged when something breaks: enough to find the fault, nothing about the person."""

import io
import logging
import logging.config
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pydantic
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from samspill.contacts.models import Contact
from samspill.flows.catalogue import build
from samspill.flows.commands import Start
from samspill.flows.runner import take_turn
from samspill.flows.state import State

NAME, MAIL, PHONE, WORDS = "Kari Nordmann", "kari.æ@example.no", "+47 22 33 44 55", "my cat is ill"
EVERYTHING = f"{NAME} <{MAIL}> {PHONE}: {WORDS}"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What the product's own log handler writes."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter(settings.LOGGING["formatters"]["line"]["format"]))
    kind = settings.LOGGING["filters"]["private"]["()"]
    module, _, name = kind.rpartition(".")
    handler.addFilter(getattr(__import__(module, fromlist=[name]), name)())
    logging.getLogger().addHandler(handler)
    yield stream
    logging.getLogger().removeHandler(handler)


def nothing_personal(text: str) -> bool:
    told = [NAME, "Nordmann", MAIL, "kari", PHONE, "22 33 44", WORDS, "my cat"]
    return not [one for one in told if one.casefold() in text.casefold()]


class Form(pydantic.BaseModel):
    number: int


def _key() -> None:
    {}[EVERYTHING]


def _value() -> None:
    raise ValueError(EVERYTHING)


def _cause() -> None:
    try:
        int(EVERYTHING)
    except ValueError as error:
        raise RuntimeError(EVERYTHING) from error


def _context() -> None:
    try:
        int(EVERYTHING)
    except ValueError:
        Form(number=EVERYTHING)  # type: ignore[arg-type]


def _surrogate() -> None:
    (EVERYTHING + "\ud800").encode()


@pytest.mark.parametrize("breaks", [_key, _value, _cause, _context, _surrogate])
def test_an_error_is_told_by_its_kind_and_place(written: io.StringIO, breaks: Callable[[], None]) -> None:
    try:
        breaks()
    except Exception:
        logging.getLogger("samspill.somewhere").exception("job %s failed", 42)
    assert "job 42 failed" in written.getvalue()
    assert f"in {breaks.__name__}" in written.getvalue()
    assert "Error" in written.getvalue()
    assert nothing_personal(written.getvalue())


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("wrong", ["too long", "twice", "wrong kind"])
def test_the_database_quotes_nobody(written: io.StringIO, wrong: str) -> None:
    def breaks() -> None:
        if wrong == "too long":
            Contact.objects.create(name=EVERYTHING * 10)
        elif wrong == "twice":
            Contact.objects.bulk_create([Contact(pk=1, name=EVERYTHING), Contact(pk=1, name=EVERYTHING)])
        else:
            connection.cursor().execute("SELECT %s::integer", [EVERYTHING])

    try:
        breaks()
    except Exception:
        logging.getLogger("samspill").exception("broken")
    assert "psycopg.errors." in written.getvalue()
    assert nothing_personal(written.getvalue())


def test_an_error_given_as_an_argument_is_told_by_its_kind(written: io.StringIO) -> None:
    logging.getLogger("samspill").warning("no answer: %s", ValueError(EVERYTHING))
    logging.getLogger("samspill").error(RuntimeError(EVERYTHING))
    assert "no answer: ValueError" in written.getvalue()
    assert "RuntimeError" in written.getvalue()
    assert nothing_personal(written.getvalue())


def test_addresses_and_long_numbers_are_blanked_and_ids_are_not(written: io.StringIO) -> None:
    logging.getLogger("samspill").warning("mail to %s, call %s, conversation 4711", MAIL, PHONE)
    assert "conversation 4711" in written.getvalue()
    assert nothing_personal(written.getvalue())


@pytest.mark.parametrize(
    "personal",
    [
        "jeg heter Kari Nordmann", "Storgata 12B, 0155 Oslo", "台北市信義區市府路45號5樓", "我叫陳怡君", "kari@example.no",
        "+47 22 33 44 55", "030 12345678", "4111 1111 1111 1111", "NO93 8601 1117 947", "8601.11.17947", "01810000186",
        "86 095 742 719", "A123456789", "010203-1234", "811228-9874", "131052-308T",
    ],
)  # fmt: skip
def test_every_kind_of_personal_data_is_blanked(written: io.StringIO, personal: str) -> None:
    logging.getLogger("samspill").warning("job 42: %s, conversation 4711", personal)
    told = written.getvalue()
    assert "job 42" in told
    assert "conversation 4711" in told
    assert personal not in told
    assert personal.split()[-1] not in told


def test_what_helps_to_find_a_fault_is_kept(written: io.StringIO) -> None:
    for error in (
        AttributeError("'Order' object has no attribute 'nmae'"),
        ConnectionRefusedError(111, "no"),
    ):
        try:
            raise error
        except Exception:
            logging.getLogger("samspill").exception("broken")
    assert "has no attribute 'nmae'" in written.getvalue()
    assert "ConnectionRefusedError: [Errno 111] no" in written.getvalue()


def test_a_broken_tool_tells_its_name_only(written: io.StringIO) -> None:
    def hours(context: Any) -> None:
        raise ValueError(EVERYTHING)

    take_turn(State(), [Start("opening_hours")], build(), {"workspace.hours": hours})
    assert "tool workspace.hours failed" in written.getvalue()
    assert nothing_personal(written.getvalue())


@pytest.mark.django_db
def test_a_page_that_is_not_there_is_not_told_with_what_was_asked(written: io.StringIO) -> None:
    Client().get("/help/en/search/", {"q": EVERYTHING})
    Client().get(f"/nowhere/{MAIL}/")
    assert nothing_personal(written.getvalue())


def test_the_embedded_database_keeps_statements_out_of_its_own_log() -> None:
    if "samspill-test-" not in settings.DATABASE_URL:
        pytest.skip("the database is not the embedded one of this run")
    with psycopg.connect(settings.DATABASE_URL) as direct:
        told = direct.execute("SHOW log_min_error_statement").fetchone()
        verbosity = direct.execute("SHOW log_error_verbosity").fetchone()
    assert (told, verbosity) == (("panic",), ("terse",))
