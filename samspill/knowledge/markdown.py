"""Articles are written in Markdown; what a browser gets is clean, whatever the author pasted."""

import re

import nh3
from markdown_it import MarkdownIt

TAGS = {
    "a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "hr", "img", "li", "ol", "p", "pre", "s",
    "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {"a": {"href", "title"}, "img": {"src", "alt", "title"}, "ol": {"start"}}
_HEADING = re.compile(r"<(h[234])>(.*?)</\1>", re.S)
_ANY_TAG = re.compile(r"<[^>]+>")
_reader = MarkdownIt("commonmark", {"html": False, "linkify": False, "typographer": False})
_reader.enable(["table", "strikethrough"])


def html(markdown: str) -> str:
    """Safe HTML of an article's text. The page's own title is the only first-level heading."""
    made = _reader.render(markdown).replace("<h1>", "<h2>").replace("</h1>", "</h2>")
    return nh3.clean(made, tags=TAGS, attributes=ATTRIBUTES, url_schemes={"http", "https", "mailto", "tel"})


def with_anchors(text: str) -> tuple[str, list[tuple[str, str]]]:
    """HTML whose second-level headings can be linked to, and the pairs of (anchor, words)."""
    found: list[tuple[str, str]] = []

    def anchored(match: re.Match[str]) -> str:
        tag, inside = match.groups()
        if tag != "h2":
            return match.group()
        found.append((f"s{len(found) + 1}", _ANY_TAG.sub("", inside)))
        return f'<h2 id="{found[-1][0]}">{inside}</h2>'

    return _HEADING.sub(anchored, text), found
