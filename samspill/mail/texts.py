"""Texts out of the parts of a mail: charset, line ends, flowed and enriched text."""

import re

from samspill.mail.charsets import decode
from samspill.mail.encoded_words import text_of
from samspill.mail.fields import read_fields
from samspill.mail.flowed import unflowed
from samspill.mail.mime import Part

_TAGS = re.compile(r"<(/?)(\w[\w-]*)>")
_LINE_ENDS = re.compile(r"\r+\n?")


def decoded_text(part: Part) -> str:
    """As it was written, in whatever charset."""
    return with_lines(decode(part.content, part.charset))


def plain_of(part: Part, content: bytes | None = None) -> str:
    """A plain text as its author saw it; `content` where some of it was taken out."""
    text = with_lines(decode(part.content if content is None else content, part.charset))
    if part.parameter("format").lower() == "flowed":
        text = unflowed(text, delete_space=part.parameter("delsp").lower() == "yes")
    return text


def with_lines(text: str) -> str:
    """Every kind of line end made one."""
    text = text.replace("\r\n", "\n").replace("\x0c", "\n").replace("\0", "")
    return _LINE_ENDS.sub("\n", text) if "\r" in text else text


def as_html(text: str) -> str:
    """A plain text among HTML."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<div>{escaped.replace(chr(10), '<br>')}</div>" if text else ""


def of_enriched(text: str) -> str:
    """RFC 1896: two line ends are one; `<<` is a sign."""
    joined = re.sub(r"\n(\n*)", lambda found: found[1] or " ", text).replace("<<", "\0")
    return _TAGS.sub("", re.sub(r"<param>[^<]{0,500}</param>", "", joined, flags=re.I)).replace("\0", "<")


def name_of_mail(content: bytes) -> str:
    """A file name from the subject; "" where there is none."""
    fields, _ = read_fields(content[:100_000].lstrip(), 0, 100_000)
    subject = next((text_of(value) for name, value in fields if name == "subject"), "")
    return f"{subject[:100].strip(' .')}.eml" if subject.strip(" .") else ""
