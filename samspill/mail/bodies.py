"""What the parts of a mail are to its reader: texts, HTML, files, meetings, and how it is protected."""

from dataclasses import dataclass, field

from samspill.mail.charsets import decode
from samspill.mail.encoded_words import text_of
from samspill.mail.invitations import invitations_of
from samspill.mail.mail import File, Invitation
from samspill.mail.mime import Part
from samspill.mail.names import kind_of, name_of
from samspill.mail.plain import words_of
from samspill.mail.protection import inside_of_signed, is_armoured, protection_of
from samspill.mail.texts import as_html, decoded_text, name_of_mail, of_enriched, plain_of, with_lines
from samspill.mail.tnef import unpack
from samspill.mail.transfer import take_uuencoded

RICH = frozenset({"text/enriched", "text/richtext"})
PLAIN = frozenset({"text/plain", "text/markdown", "text/x-markdown", "text/x-plain", "text/unknown"})
ENVELOPES = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})
LEFT_OUT = frozenset({"application/applefile", "text/x-amp-html", "text/watch-html"})


@dataclass
class Piece:
    """One stretch of what was written, as plain text, as HTML, or as both."""

    plain: str | None = None
    html: str | None = None


@dataclass
class Bodies:
    """All that a mail brings."""

    pieces: list[Piece] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    invitations: list[Invitation] = field(default_factory=list)
    protection: str = ""
    problems: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All that was written, in order."""
        texts = (_text_of(piece) for piece in self.pieces)
        return "\n\n".join(text for text in texts if text.strip())

    @property
    def html(self) -> str:
        """The same as HTML; "" where nothing of it was."""
        if not any(piece.html for piece in self.pieces):
            return ""
        return "\n".join(piece.html or as_html(piece.plain or "") for piece in self.pieces)


def bodies_of(root: Part) -> Bodies:
    """Everything in the tree, in the order in which it stands."""
    bodies = Bodies()
    _Gathering(bodies).take(root, alone=True)
    if not bodies.pieces:
        _promote(bodies)
    return bodies


def _promote(bodies: Bodies) -> None:
    """Nothing but a text file was sent: then that is what was written, and it stays a file as well."""
    texts = [file for file in bodies.files if file.kind in {"text/plain", "text/html"}]
    found = next((file for file in texts if file.inline or len(bodies.files) == 1), None)
    if found:
        text = with_lines(decode(found.content))
        bodies.pieces.append(Piece(html=text) if found.kind == "text/html" else Piece(plain=text))


class _Gathering:
    def __init__(self, into: Bodies) -> None:
        self.into = into

    def take(self, part: Part, *, alone: bool = False) -> None:
        """One part and what is in it; a text that stands alone is what was written even if it has a file name."""
        self._notice_protection(part)
        if part.is_multipart and part.children:
            self._take_parts(part)
        elif part.is_multipart:
            self._write(Piece(plain=plain_of(part)))
            self.into.problems.append("A multipart has no parts.")
        elif self._is_body(part, alone=alone):
            self._take_text(part)
        elif part.kind not in LEFT_OUT:
            self._take_file(part)

    def _notice_protection(self, part: Part) -> None:
        self.into.protection = self.into.protection or protection_of(part)

    def _take_parts(self, part: Part) -> None:
        if part.kind == "multipart/alternative":
            self._take_alternatives(part)
        else:
            for number, child in enumerate(part.children):
                self.take(child, alone=part.kind == "multipart/related" and not number)

    def _take_alternatives(self, part: Part) -> None:
        """The same said in several ways: the plainest and the richest are kept, and everybody's files."""
        plains, htmls = [], []
        for child in part.children:
            inside = Bodies()
            _Gathering(inside).take(child, alone=True)
            plains += [piece.plain for piece in inside.pieces if piece.plain and piece.html is None]
            htmls += ["\n".join(piece.html for piece in inside.pieces if piece.html)]
            self._take_rest(inside)
        html = next((html for html in reversed(htmls) if html.strip()), None)
        plain = next((text for text in plains if text.strip()), None)
        if plain is not None or html is not None:
            self._write(Piece(plain, html))

    def _take_rest(self, inside: Bodies) -> None:
        self.into.files += inside.files
        self.into.invitations += [one for one in inside.invitations if one not in self.into.invitations]
        self.into.problems += inside.problems
        self.into.protection = self.into.protection or inside.protection

    def _is_body(self, part: Part, *, alone: bool) -> bool:
        if part.kind not in PLAIN | RICH | {"text/html"} or part.disposition == "attachment":
            return False
        return alone or not part.file_name

    def _take_text(self, part: Part) -> None:
        if part.kind == "text/html":
            self._write(Piece(html=decoded_text(part)))
        elif part.kind in RICH:
            self._write(Piece(plain=of_enriched(plain_of(part))))
        else:
            self._take_plain(part)

    def _take_plain(self, part: Part) -> None:
        packed, rest = take_uuencoded(part.content)
        for name, content in packed:
            self._keep(decode(name), "", content)
        text = plain_of(part, rest)
        self.into.protection = self.into.protection or is_armoured(text)
        self._write(Piece(plain=text))

    def _write(self, piece: Piece) -> None:
        if (piece.plain or "").strip() or (piece.html or "").strip():
            self.into.pieces.append(piece)

    def _take_file(self, part: Part) -> None:
        content, name = part.content, part.file_name
        envelope = part.kind in ENVELOPES or name.lower() == "winmail.dat"
        if envelope and self._take_envelope(content):
            return
        if part.kind == "text/calendar" or name.lower().endswith(".ics"):
            self._take_meetings(decode(content, part.charset))
        if part.kind.startswith("message/") and not name:
            name = name_of_mail(content) if part.kind in {"message/rfc822", "message/global"} else ""
        content_id = text_of(part.first("content-id")).strip("<> ")
        inline = part.disposition != "attachment" and bool(content_id) and part.kind.startswith("image/")
        self._keep(name, part.kind, content, content_id, inline=inline or part.disposition == "inline")
        self._take_signed(part)

    def _take_signed(self, part: Part) -> None:
        """What an opaque signature wraps is readable by everybody; the wrapped whole stays beside it."""
        if inside := inside_of_signed(part):
            self.take(inside)

    def _take_meetings(self, text: str) -> None:
        self.into.invitations += [one for one in invitations_of(text) if one not in self.into.invitations]

    def _take_envelope(self, content: bytes) -> bool:
        files, text, html = unpack(content)
        for file in files:
            self._keep(file.name, file.kind, file.content, file.content_id, inline=bool(file.content_id))
        if not self.into.pieces and (text or html):
            self._write(Piece(with_lines(text) or None, html or None))
        return bool(files or text or html)

    def _keep(
        self, name: str, kind: str, content: bytes, content_id: str = "", *, inline: bool = False
    ) -> None:
        known = kind_of(kind, name, content)
        number = 1 + sum(file.kind == known for file in self.into.files) if not name else 1
        self.into.files.append(File(name_of(name, known, number), known, content, content_id, inline))


def _text_of(piece: Piece) -> str:
    plain = piece.plain or ""
    return plain if plain.strip() or not piece.html else words_of(piece.html)
