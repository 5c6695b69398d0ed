"""HTML mails made harmless, and as text.

How to embed: `safe()` gives a fragment for a plain `<div class="mail">` of the page, no frame needed. It holds no
script, style, form, frame, id, name or class of the sender, and loads nothing by itself. What styles said that is worth
keeping arrives as class names of ours (`mail-bold`, `mail-center` …, all in `CLASSES`), because the page's content
policy allows no style attribute. A picture from elsewhere has no `src` but `data-remote`, the address to fetch it
through a proxy of ours when the reader asks for it.
"""

import re
from collections.abc import Mapping
from html import escape
from urllib.parse import unquote

import nh3

from samspill.mail.plain import to_text

__all__ = ["CLASSES", "safe", "to_text"]

CLASSES = (
    "mail-bold",
    "mail-italic",
    "mail-underline",
    "mail-strike",
    "mail-center",
    "mail-right",
    "mail-kept",
)
LONGEST, DEEPEST, MOST_WORK = 2_000_000, 400, 2_000_000
TAGS = set(
    "a abbr address article b bdi bdo big blockquote br caption center cite code col colgroup dd del details dfn div dl"
    " dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p pre q s samp"
    " section small span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr".split()
)
WITHOUT_CONTENT = set(
    "script style title head template noscript noframes noembed svg math object applet embed iframe frame frameset"
    " audio video canvas textarea select option button xmp plaintext form dialog portal".split()
) - {"form", "head"}
ATTRIBUTES = {
    "*": {"dir", "lang", "style", "align", "hidden"},
    "a": {"href", "title"},
    "img": {"src", "alt", "width", "height", "title"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "ol": {"start", "type", "reversed"},
    "blockquote": {"type"},
}
_HREF = re.compile(r"(?:https?://|mailto:|tel:)", re.I)
_PICTURE = re.compile(r"data:image/(?:png|gif|jpe?g|webp);base64,[A-Za-z0-9+/=\s]{1,400000}", re.I)
_CONTROLS = re.compile("[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)([^<>]*)>")
_OPENS = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_FLAT = frozenset(
    "br img hr input meta link wbr col area base p li td th tr dt dd option tbody thead tfoot".split()
)
_FORMATS = frozenset("a b big code em font i nobr s small strike strong tt u".split())
_STYLES = (
    (re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I), "mail-hidden"),
    (re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.I), "mail-bold"),
    (re.compile(r"font-style\s*:\s*italic", re.I), "mail-italic"),
    (re.compile(r"text-decoration[^;]*:[^;]*underline", re.I), "mail-underline"),
    (re.compile(r"text-decoration[^;]*:[^;]*line-through", re.I), "mail-strike"),
    (re.compile(r"text-align\s*:\s*center", re.I), "mail-center"),
    (re.compile(r"text-align\s*:\s*right", re.I), "mail-right"),
    (re.compile(r"white-space\s*:\s*pre", re.I), "mail-kept"),
)
_ALIGNED = {"center": "mail-center", "right": "mail-right"}


def safe(html: str, files: Mapping[str, str]) -> str:
    """A fragment that can do nothing but be read; `files` says at which address of ours each content id lies."""
    if len(html) > LONGEST or _is_laborious(html):
        return f'<div class="mail-kept">{escape(to_text(html))}</div>'
    cleaned = nh3.clean(
        html,
        tags=TAGS,
        clean_content_tags=WITHOUT_CONTENT,
        attributes=ATTRIBUTES,
        attribute_filter=lambda tag, name, value: _attribute(tag, name, value, files),
        url_schemes={"http", "https", "mailto", "tel", "cid", "data"},
        url_relative="deny",
        link_rel="noopener noreferrer nofollow",
        set_tag_attribute_values={"a": {"target": "_blank"}},
    )
    return _finished(cleaned)


def _is_laborious(html: str) -> bool:
    """Tags nested so deep, or left open so often, that a tree of them would take minutes."""
    depth = deepest = formats = blocks = 0
    for closing, name in _OPENS.findall(html):
        tag = name.lower()
        if tag in _FORMATS:
            formats += -1 if closing else 1
        elif tag in _FLAT:
            blocks += 1
        else:
            depth += -1 if closing else 1
            blocks += 1
        deepest = max(deepest, depth, formats)
    return deepest > DEEPEST or max(formats, 0) * blocks > MOST_WORK


def _attribute(tag: str, name: str, value: str, files: Mapping[str, str]) -> str | None:
    if name == "style":
        return " ".join(word for pattern, word in _STYLES if pattern.search(value)) or None
    if name == "align":
        return _ALIGNED.get(value.strip().lower())
    if name == "hidden":
        return "mail-hidden"
    if name == "href":
        return value if _HREF.match(_CONTROLS.sub("", value)) else None
    if name == "src":
        return _source(value, files)
    if name in {"width", "height", "colspan", "rowspan", "start"}:
        return value if re.fullmatch(r"\d{1,4}%?", value.strip()) else None
    return value[:2_000]


def _source(value: str, files: Mapping[str, str]) -> str | None:
    """Ours under its own address, small pictures as they are, everything else only on request."""
    bare = _CONTROLS.sub("", value)
    if bare.lower().startswith("cid:"):
        ours = files.get(bare[4:]) or files.get(unquote(bare[4:]))
        return f"ours:{ours}" if ours else None
    if _PICTURE.fullmatch(value.strip()):
        return value
    return f"remote:{bare[:4_000]}" if bare.lower().startswith(("http://", "https://")) else None


def _finished(cleaned: str) -> str:
    """The marks left by `_attribute` become classes; hidden elements and counting pixels go.

    nh3 writes every `<`, `>` and `"` of texts and values as entities, so a tag here is a tag.
    """
    parts: list[str] = []
    at, hidden, inside = 0, "", 0
    for tag in _TAG.finditer(cleaned):
        if not hidden:
            parts.append(cleaned[at : tag.start()])
        at = tag.end()
        closing, name, attributes = tag.groups()
        if hidden:
            inside += (-1 if closing else 1) if name == hidden else 0
            hidden = hidden if inside else ""
        elif "mail-hidden" in attributes and not closing:
            hidden, inside = ("" if name in {"br", "img", "hr", "wbr", "col"} else name), 1
        elif not _is_nothing(name, attributes):
            parts.append(f"<{closing}{name}{_classed(attributes)}>")
    return "".join([*parts, "" if hidden else cleaned[at:]])


def _is_nothing(name: str, attributes: str) -> bool:
    """A pixel that counts readers, or a picture that is not there and has no words either."""
    if name != "img":
        return False
    counts = len(re.findall(r" (?:width|height)=\"[01]\"", attributes)) == 2
    return counts or not (" src=" in attributes or re.search(r' alt="[^"]', attributes))


def _classed(attributes: str) -> str:
    words = re.findall(r' (?:style|align)="([a-z -]*)"', attributes)
    rest = re.sub(r' (?:style|align|hidden)="[^"]*"', "", attributes)
    rest = rest.replace(' src="remote:', ' data-remote="').replace(' src="ours:', ' src="')
    if "data-remote=" in rest:
        words.append("mail-remote")
    return f'{rest} class="{" ".join(words)}"' if words else rest
