"""Subjects without what programs put before them: Re:, AW:, 轉寄:, [External], in any language and number."""

import re

from samspill.mail.words import words

PREFIX = re.compile(
    r"\s*([^\W\d_][^:：\[\]()]{0,24}?)\s?(?:[\[(]\d{1,4}[\])]|\^\d{1,4}|\*\d{1,4}|\d{1,2})?\s*[:：]\s*"
)
TAG = re.compile(
    r"\s*[\[(【<*]{1,3}\s*(?:(?:caution|warning|suspicious|achtung)[ :!-]*)?"
    r"(?:external|ext|extern|externe|esterno|externo|ekstern|ekstern e-post|external e-?mail|external sender|"
    r"externer absender|外部|外部郵件|外部邮件|社外|외부|外寄|spam|\*+spam\*+|suspected spam|bulk)"
    r"\s*[\])】>*]{1,3}\s*[:-]?\s*",
    re.IGNORECASE,
)
MOST = 40  # prefixes before one subject


def plain(subject: str) -> str:
    """The subject itself, in the writer's own letters; list tags such as [orders] are part of it."""
    return _peel(subject)[0]


def is_reply(subject: str) -> bool:
    """Whether the outermost prefix says that this answers something; "VS:" does in Finnish."""
    return _outermost(subject) in words().reply


def is_forward(subject: str) -> bool:
    """Whether the outermost prefix says that this passes something on; "VS:" does in Norwegian."""
    return _outermost(subject) in words().forward


def _outermost(subject: str) -> str:
    return next(iter(_peel(subject)[1]), "")


def _peel(subject: str) -> tuple[str, list[str]]:
    """The subject and its prefixes in small letters, the outermost first."""
    rest = " ".join(subject[:2000].split())
    prefixes: list[str] = []
    for _ in range(MOST):
        tag = TAG.match(rest)
        prefix = PREFIX.match(rest[:80])
        name = _name(prefix[1]) if prefix else ""
        if tag:
            rest = rest[tag.end() :]
        elif prefix and (name in words().reply or name in words().forward):
            prefixes.append(name)
            rest = rest[prefix.end() :]
        else:
            break
    return rest.strip(), prefixes


def _name(prefix: str) -> str:
    return prefix.casefold().replace("i\u0307", "i").strip(" .")  # the Turkish İ folds to two signs
