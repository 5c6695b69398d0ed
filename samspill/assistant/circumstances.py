from dataclasses import dataclass, field

from samspill.contacts.models import Identity
from samspill.conversations.models import Conversation, Message
from samspill.intelligence.encoder import Vectors
from samspill.knowledge.answer import Answer


@dataclass
class Circumstances:
    """The turn a tool is used in, and what the tools left behind for the record of the turn."""

    conversation: Conversation
    message: Message
    language: str
    vector: Vectors | None
    answers: list[Answer] = field(default_factory=list)
    handed_over: bool = False

    @property
    def visitor(self) -> Identity:
        """Who writes."""
        return self.conversation.identity

    @property
    def outcome(self) -> str:
        """In one word what became of the turn."""
        if self.handed_over:
            return "handed_over"
        if self.answers:
            return "answered" if any(self.answers) else "unknown"
        return "flow"

    def confidence(self, of_brain: float | None) -> float | None:
        """How sure the answer was, or the brain where nothing was looked up."""
        return max((answer.confidence for answer in self.answers), default=of_brain)
