"""HTML mails as plain text that reads well: paragraphs, lists, tables by line, links with their address.

One pass over the tags, never a tree: what a mail nests 100,000 deep takes no longer than ordinary text.
"""

import html
import re
from dataclasses import dataclass, field

LONGEST = 5_000_000
SILENT = frozenset(
    "script style title head template noscript noframes svg math object applet xml select".split()
)
BLOCKS = frozenset(
    "p div section article header footer main aside nav figure figcaption address form fieldset center dl dt dd ul ol"
    " blockquote pre table tbody thead tfoot caption h1 h2 h3 h4 h5 h6 hr body html".split()
)
APART = frozenset("p ul ol blockquote pre table h1 h2 h3 h4 h5 h6 dl".split())
VOID = frozenset("br img hr input meta link wbr col area base embed source track param".split())
_TOKEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<!\[[^\]<>]*\]>|<[!?][^<>]*>|<(/?)([a-zA-Z][a-zA-Z0-9:-]*)([^<>]*)>", re.S
)
_ATTRIBUTE = re.compile(r"([a-zA-Z][\w:-]*)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|(?<![\w-])font-size\s*:\s*0(?![.\d]*[1-9])",
    re.I,
)
_REST_OF_QUOTED = re.compile(r"[^\"<]{0,3000}\"[^<>]{0,3000}>")
_SPACES = re.compile(r"[ \t\r\n\f]+")
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f]+(?=\\s|$)")
_GAPS = re.compile(r"\n{3,}")


def to_text(markup: str) -> str:
    """What a person would read; no styles, scripts and hidden previews. Quotes are marked with ">"."""
    return _written(markup, _Writer())


def words_of(markup: str) -> str:
    """The same without quote marks, for `decide`, which knows more of quotes than how deep they are indented."""
    return _written(markup, _Writer(mark=""))


def _written(markup: str, writer: "_Writer") -> str:
    at = 0
    markup = markup[:LONGEST].replace("\0", "")
    for token in _TOKEN.finditer(markup):
        if token.start() < at:
            continue
        writer.say(markup[at : token.start()])
        at = token.end()
        if token[2]:
            attributes = token[3]
            if attributes.count('"') % 2 and (rest := _REST_OF_QUOTED.match(markup, at)):
                attributes, at = attributes + ">" + rest[0], rest.end()
            writer.tag(token[2].lower(), attributes, closing=bool(token[1]))
    writer.say(markup[at:])
    return writer.text()


@dataclass
class _Writer:
    lines: list[str] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)  # tags that hide what they hold, outermost first
    lists: list[int] = field(default_factory=list)  # 0 for bullets, else the next number
    quotes: int = 0
    kept: int = 0  # depth of <pre>
    link: tuple[str, int] | None = None
    mark: str = "> "

    def say(self, text: str) -> None:
        if self.silent or not text:
            return
        text = html.unescape(text) if "&" in text else text
        if self.kept:
            self._say_kept(text)
            return
        text = _SPACES.sub(" ", text)
        if not self.line or self.line[-1].endswith((" ", "\t")):
            text = text.lstrip(" ")
        if text:
            self.line.append(text)

    def _say_kept(self, text: str) -> None:
        first, *rest = text.replace("\r\n", "\n").split("\n")
        self.line.append(first)
        for more in rest:
            self.end_line(even_empty=True)
            self.line.append(more)

    def tag(self, name: str, attributes: str, *, closing: bool) -> None:
        if self.silent and not closing and self.silent[0] in {"head", "p"} and name in BLOCKS:
            self.silent = []  # nobody closed it, so this did
        if self.silent:
            if closing and name == self.silent[-1]:
                self.silent.pop()
            elif (
                not closing and name == self.silent[0] and not attributes.endswith("/") and name not in SILENT
            ):
                self.silent.append(name)
            return
        if closing:
            self._close(name)
        elif name in SILENT or self._is_hidden(name, attributes):
            if not attributes.endswith("/") and name not in VOID:
                self.silent.append(name)
        else:
            self._open(name, attributes)

    def _is_hidden(self, name: str, attributes: str) -> bool:
        if "style" not in attributes.lower() and "hidden" not in attributes:
            return False
        given = _given(attributes)
        return bool(_HIDDEN.search(given.get("style", ""))) or bool(
            re.search(r"(?:^|\s)hidden(?:\s|$|=)", attributes)
        )

    def _open(self, name: str, attributes: str) -> None:
        if name == "br":
            self.end_line(even_empty=True)
        elif name == "a":
            self.link = (_given(attributes).get("href", ""), len(self.line))
        elif name == "img":
            self._picture(_given(attributes))
        elif name in {"td", "th"} and self.line and self.line[-1].strip():
            self.line.append("\t")
        elif name == "li":
            self._item()
        elif name == "tr" or name in BLOCKS:
            self._block(name)
        if name == "hr":
            self.line.append("---")
            self.end_line()
        self._nest(name, 1)

    def _close(self, name: str) -> None:
        if name == "a" and self.link:
            self._end_link()
        elif name == "blockquote":
            self._end_quote()
            return
        elif name in BLOCKS or name in {"tr", "li"}:
            self._block(name)
        self._nest(name, -1)

    def _end_quote(self) -> None:
        self.end_line()
        self._nest("blockquote", -1)
        if self.lines and not self.lines[-1].strip("> "):
            self.lines.pop()  # the gap below the quote is not quoted
        self._block("blockquote")

    def _nest(self, name: str, by: int) -> None:
        if name == "blockquote":
            self.quotes = min(20, max(0, self.quotes + by))
        elif name == "pre":
            self.kept = max(0, self.kept + by)
        elif name in {"ul", "ol"} and by > 0:
            self.lists.append(1 if name == "ol" else 0)
        elif name in {"ul", "ol"} and self.lists:
            self.lists.pop()

    def _item(self) -> None:
        self.end_line()
        number = self.lists[-1] if self.lists else 0
        if number:
            self.lists[-1] += 1
        self.line.append("  " * max(0, min(len(self.lists), 10) - 1) + (f"{number}. " if number else "* "))

    def _picture(self, given: dict[str, str]) -> None:
        alt = html.unescape(given.get("alt", "")).strip()
        if alt and given.get("width") != "1" and given.get("height") != "1":
            self.say(f"[{alt}]" if len(alt) < 200 else "")

    def _end_link(self) -> None:
        href, begun = self.link or ("", 0)
        self.link = None
        href = html.unescape(href).strip()
        shown = "".join(self.line[begun:]).strip()
        if not href.lower().startswith(("http://", "https://", "mailto:", "tel:")) or len(href) > 2_000:
            return
        bare = re.sub(r"^(?:mailto:|tel:|https?://)", "", href, flags=re.I).rstrip("/")
        if shown and bare.lower() not in shown.lower().replace(" ", ""):
            self.line.append(f" ({href})")

    def _block(self, name: str) -> None:
        self.end_line()
        if (
            name in APART
            and not (self.lists and name in {"ul", "ol", "p"})
            and self.lines
            and self.lines[-1].strip("> ")
        ):
            self.lines.append((self.mark * self.quotes).rstrip())

    def end_line(self, *, even_empty: bool = False) -> None:
        """Whatever was said so far is a line."""
        text = "".join(self.line).rstrip() if not self.kept else "".join(self.line)
        text = _INVISIBLE.sub("", text).replace("\xa0", " ").rstrip()
        self.line = []
        if self.link:
            self.link = (self.link[0], 0)
        if text or even_empty:
            self.lines.append(f"{self.mark * self.quotes}{text}".rstrip())

    def text(self) -> str:
        self.end_line()
        return _GAPS.sub("\n\n", "\n".join(self.lines)).strip()


def _given(attributes: str) -> dict[str, str]:
    found = _ATTRIBUTE.findall(attributes[:10_000])
    return {name.lower(): double or single or bare for name, double, single, bare in found}
