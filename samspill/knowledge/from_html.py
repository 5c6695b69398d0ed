"""An HTML page as Markdown: its main text, without navigation, scripts and styles."""

import re
from html.parser import HTMLParser

SILENT = {
    "script",
    "style",
    "nav",
    "header",
    "footer",
    "aside",
    "noscript",
    "template",
    "form",
    "svg",
    "button",
}
BLOCKS = {
    "p",
    "div",
    "section",
    "article",
    "main",
    "ul",
    "ol",
    "table",
    "blockquote",
    "figure",
    "dl",
    "dt",
    "dd",
}
HEADINGS = {f"h{level}": "#" * level + " " for level in range(1, 7)}
SIGNS = {"strong": "**", "b": "**", "em": "*", "i": "*", "code": "`"}
_GAPS = re.compile(r"\n{3,}")
_SPACES = re.compile(r"[ \t\r\n]+")


def markdown_of(page: str) -> tuple[str, str, str]:
    """Title, language and Markdown text of a page; '' for what it does not say."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    body = "".join(reader.main or reader.parts)
    lines = "\n".join(line.strip() for line in body.splitlines())
    return reader.title.strip(), reader.language, _GAPS.sub("\n\n", lines).strip()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.title, self.language = "", ""
        self.parts: list[str] = []
        self.main: list[str] = []
        self._silent, self._in_title, self._in_main = 0, False, 0
        self._lists: list[int | None] = []
        self._links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in SILENT:
            self._silent += 1
        elif tag == "html":
            self.language = given.get("lang", "")
        elif tag == "title":
            self._in_title = True
        elif tag == "a":
            self._links.append(given.get("href", ""))
            self._say("[")
        else:
            self._open(tag)

    def _open(self, tag: str) -> None:
        if tag in {"main", "article"}:
            self._in_main += 1
        if tag in {"ul", "ol"}:
            self._lists.append(1 if tag == "ol" else None)
        if tag == "li":
            self._item()
        elif tag in HEADINGS:
            self._say("\n\n" + HEADINGS[tag])
        elif tag in BLOCKS:
            self._say("\n\n")
        elif tag in {"br", "tr"}:
            self._say("\n")
        elif tag in {"td", "th"}:
            self._say(" ")
        else:
            self._say(SIGNS.get(tag, ""))

    def _item(self) -> None:
        number = self._lists[-1] if self._lists else None
        self._say("\n- " if number is None else f"\n{number}. ")
        if number is not None:
            self._lists[-1] = number + 1

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag == "title":
            self._in_title = False
        elif tag == "a" and self._links:
            address = self._links.pop()
            self._say(f"]({address})" if address.startswith(("http", "mailto:", "tel:", "/")) else "]")
        else:
            self._close(tag)

    def _close(self, tag: str) -> None:
        if tag in {"ul", "ol"} and self._lists:
            self._lists.pop()
        self._say("\n\n" if tag in BLOCKS or tag in HEADINGS else SIGNS.get(tag, ""))
        if tag in {"main", "article"}:
            self._in_main = max(0, self._in_main - 1)

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data
        elif not self._silent:
            self._say(_SPACES.sub(" ", data))

    def _say(self, words: str) -> None:
        if not self._silent:
            (self.main if self._in_main else self.parts).append(words)
