"""What an outside service may tell us, in words of our own: every messaging channel reads its payloads into these."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Sender:
    """Who wrote. A phone number is the same person everywhere; any other id counts in one inbox only."""

    value: str
    kind: str = "external"  # Identity.Kind
    name: str = ""
    language: str = ""


@dataclass(frozen=True)
class Media:
    """A file that lies with the service: `id` is what it is asked for by, `url` where it lies if that is told."""

    id: str = ""
    url: str = ""
    name: str = ""
    kind: str = ""  # content type as declared

    def kept(self) -> dict[str, str]:
        """As it stands beside the message until the file is here."""
        return {"id": self.id, "url": self.url, "name": self.name, "kind": self.kind, "problem": "expected"}


@dataclass(frozen=True)
class Said:
    """A message. `kind` names what is more than text: location, sticker, contact …, or the service's own name."""

    id: str
    sender: Sender
    text: str = ""
    kind: str = ""
    media: tuple[Media, ...] = ()
    quotes: str = ""  # the id of the message it answers
    value: str = ""  # of the button that was pressed
    extras: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Edited:
    """An earlier message has another text now."""

    id: str
    sender: Sender
    text: str


@dataclass(frozen=True)
class Deleted:
    """An earlier message was taken back."""

    id: str
    sender: Sender


@dataclass(frozen=True)
class Reacted:
    """A face on an earlier message, his or ours; empty when it is taken away."""

    id: str
    sender: Sender
    emoji: str


@dataclass(frozen=True)
class Arrived:
    """What became of messages of ours: sent, delivered, read or failed.

    `ids` names them; or all of what `reader` got `until` a moment (Unix milliseconds) is meant.
    """

    state: str
    ids: tuple[str, ...] = ()
    reader: Sender | None = None
    until: int = 0
    error: str = ""


@dataclass(frozen=True)
class Echoed:
    """Somebody of ours wrote to a contact by the service's own app; or it is our own message that comes back."""

    id: str
    to: Sender
    text: str = ""
    kind: str = ""
    media: tuple[Media, ...] = ()


@dataclass(frozen=True)
class OptedOut:
    """The contact wants no more messages here, or wants them again."""

    said: Said
    given: bool


@dataclass(frozen=True)
class Nothing:
    """Nothing for a conversation; the delivery is kept all the same."""

    about: str = ""


Heard = Said | Edited | Deleted | Reacted | Arrived | Echoed | OptedOut | Nothing
