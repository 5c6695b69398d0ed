"""How mail programs mark quotes and signatures in HTML: ids, classes, names and styles of their own."""

import re
from collections.abc import Mapping
from enum import Enum

ATTRIBUTE = re.compile(r"([a-zA-Z][\w:-]{0,40})\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
LONGEST = 4000  # of one tag's attributes


class Mark(Enum):
    """What an element holds; REST: everything from here to the end of the mail is quoted."""

    NONE = "none"
    QUOTE = "quote"
    HEAD = "head"  # the line above a quote, or the head of a mail passed on
    REST = "rest"
    SIGNATURE = "signature"
    SILENT = "silent"
    PRE = "pre"


# whole ids, classes or names, in small letters and without the x_ that Outlook puts before those of others
NAMED: Mapping[str, Mark] = {
    **dict.fromkeys(
        "gmail_attr moz-cite-prefix reply-intro airmail_on protonmail_quote_header".split(), Mark.HEAD
    ),
    **dict.fromkeys(
        "yahoo_quoted protonmail_quote tutanota_quote zmail_extra isreplycontent ntes-mailmaster-quote qmquote"
        " front-blockquote history_container sh-quoted-content missive_quote freshdesk_quote blockquote_zmail"
        " messagereplysection mail-quote-collapse hey-quote quoted-text spark_quote edo_quote hs_reply_quote"
        " __quoted_text__ mail-editor-reference-message-container skype-quote wps_quotion ntes_quote"
        " quote quoted-content oriented-quote zimbra_quote mailbird-quote em-quote intercom-quote".split(),
        Mark.QUOTE,
    ),
    **dict.fromkeys(
        "divrplyfwdmsg appendonsend zwchr stopspelling originalmessage outlookmessageheader".split(),
        Mark.REST,
    ),
    **dict.fromkeys(
        "gmail_signature gmail_signature_prefix moz-signature ms-outlook-mobile-signature protonmail_signature_block"
        " messagesignaturesection front-signature ntes-pcmail-signature ntes-mailmaster-signature k9mail-signature"
        " -x-evo-signature-wrapper -x-evo-signature mailbird-signature sh-signature tutanota_signature signature"
        " mobile-signature zm_signature yahoo-signature edo_signature missive_signature ydpsignature"
        " spark_signature mail_signature emclient_signature android_signature".split(),
        Mark.SIGNATURE,
    ),
}
BEGINNING: tuple[tuple[str, Mark], ...] = (
    ("yahoo_quoted", Mark.QUOTE),
    ("yqt", Mark.QUOTE),
    ("tutanota_quote", Mark.QUOTE),
    ("bloop_sign", Mark.SIGNATURE),
)
# Outlook and Windows Mail draw a line above the header block
LINE_ABOVE = re.compile(
    r"border-top\s*:\s*solid\s+#?(?:e1e1e1|b5c4df|c0c0c0|b5c4df)\b|border-top-color\s*:\s*rgb\(181, ?196, ?223\)"
)
INDENTED = re.compile(r"border(?:-left)?\s*:\s*(?:none|0)")
EDGE = re.compile(r"border-left\s*:\s*[^;]*solid")
HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all|visibility\s*:\s*hidden")
SILENT = frozenset(
    "script style title head template noscript svg math object applet xml select textarea".split()
)


def given(attributes: str) -> dict[str, str]:
    """Attributes of a tag by name in small letters."""
    found = ATTRIBUTE.findall(attributes[:LONGEST])
    return {name.lower(): (double or single or bare).strip() for name, double, single, bare in found}


def mark(name: str, attributes: str) -> Mark:
    """What the element that this tag opens holds."""
    if name in SILENT:
        return Mark.SILENT
    if name == "pre":
        return Mark.SIGNATURE if "moz-signature" in attributes else Mark.PRE
    if not attributes and name != "blockquote":
        return Mark.NONE
    values = given(attributes)
    style = values.get("style", "").lower()
    if style and HIDDEN.search(style):
        return Mark.SILENT
    if name == "blockquote":
        return _of_blockquote(values, style)
    named = _named(values)
    if named is Mark.NONE and style and LINE_ABOVE.search(style):
        return Mark.REST
    return named


def _of_blockquote(values: Mapping[str, str], style: str) -> Mark:
    """Quoted, unless it is only the way an editor indents a paragraph."""
    if "type" in values or "cite" in values or "class" in values or EDGE.search(style):
        return Mark.QUOTE
    return Mark.NONE if INDENTED.search(style) else Mark.QUOTE


def _named(values: Mapping[str, str]) -> Mark:
    for key in ("id", "class", "name", "data-marker", "fairemail"):
        for word in values.get(key, "").lower().split()[:12]:
            word = word.removeprefix("x_").removeprefix("ecx")
            if word in NAMED:
                return NAMED[word]
            for beginning, found in BEGINNING:
                if word.startswith(beginning):
                    return found
    return Mark.NONE
