"""Logs say what happened to which id, never what somebody wrote or who somebody is."""

import logging
import re
import traceback

import psycopg
from django.db import OperationalError

_PERSONAL = re.compile(
    r"[^\s@<>\"'(\[]+@[^\s@<>\"')\]]+"  # e-mail, in any alphabet
    r"|(?<![\w.:-])\+?\d[\d\s()/-]{6,}\d(?![\w.:-])"  # phone, card, national id
)
_OF_A_TRACE = re.compile(r"\s+\S|Traceback ")  # a place in the code, or the code there
_NUMBER_OR_WORD = re.compile(
    r"\d{4}|@|\d[\s.-]\d|[A-Za-z]{3,} \d|(?i:nam|navn|hei|mr|fr|herr|regards|hilsen|this is)"
)
# their messages name parts of the program or of the network; those of all others may quote what people wrote
_OUR_WORDS = (AttributeError, ImportError, NameError, TypeError, OSError, OperationalError)


class NothingPersonal(logging.Filter):
    """Keeps what an error is and where it happened; blanks what it quotes, addresses and long numbers."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record in place; nothing is ever dropped."""
        record.msg, record.args = _blank(_told(record)), ()
        if record.exc_info and record.exc_info[1] is not None:
            record.exc_text = _blank(_trace(record.exc_info[1]))
        elif record.exc_text:
            record.exc_text = _blank(record.exc_text)
        record.exc_info = None
        return True


def _told(record: logging.LogRecord) -> str:
    """The message, with every error in it told by its kind."""
    if isinstance(record.msg, BaseException):
        return _kind(record.msg)
    given = record.args
    if isinstance(given, tuple):
        record.args = tuple(_kind(one) if isinstance(one, BaseException) else one for one in given)
    return record.getMessage()


def _trace(error: BaseException) -> str:
    told = traceback.TracebackException.from_exception(error, lookup_lines=True)
    lines = ["Traceback (most recent call last):\n"]
    for link, one in _chain(error, told):
        lines += [*one.stack.format(), _kind(link) + "\n"]
    return "".join(lines).rstrip()


def _chain(
    error: BaseException, told: traceback.TracebackException
) -> list[tuple[BaseException, traceback.TracebackException]]:
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    told_before = told.__cause__ or told.__context__
    earlier = _chain(before, told_before) if before is not None and told_before is not None else []
    return [*earlier, (error, told)]


def _kind(error: BaseException) -> str:
    """An error without the words it quotes."""
    name = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    if isinstance(error, psycopg.Error) and error.sqlstate:
        return " ".join(
            filter(None, [name, error.sqlstate, error.diag.table_name, error.diag.constraint_name])
        )
    return f"{name}: {error}" if isinstance(error, _OUR_WORDS) else name


def _blank(text: str) -> str:
    """Whatever reads like a person's data; sentences are read line by line, paths and code are none."""
    text = _PERSONAL.sub("[…]", text)
    if text.isascii() and not _NUMBER_OR_WORD.search(text):
        return text
    return "\n".join(_blank_line(line) for line in text.split("\n"))


def _blank_line(line: str) -> str:
    # loaded late: the processes that only watch others write no such lines
    from samspill.intelligence import pii

    found = pii.find_numbers(line) if _OF_A_TRACE.match(line) else pii.find(line)
    for one in reversed(found):
        line = f"{line[: one.start]}[…]{line[one.end :]}"
    return line
