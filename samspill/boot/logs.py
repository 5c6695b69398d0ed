"""Logs say what happened to which id, never what somebody wrote or who somebody is."""

import logging
import re

_PERSONAL = re.compile(
    r"[\w.+-]+@[\w-]+\.[\w.-]+"  # e-mail
    r"|(?<![\w.:-])\+?\d[\d\s()/-]{6,}\d(?![\w.:-])"  # phone, card, national id
)


class NothingPersonal(logging.Filter):
    """Blanks what looks like an address or a long number, in the message and in the traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record in place; nothing is ever dropped."""
        record.msg, record.args = _blank(record.getMessage()), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = _blank(record.exc_text)
        return True


def _blank(text: str) -> str:
    return _PERSONAL.sub("[…]", text)
