class Unreadable(ValueError):
    """A file that cannot be taken in: `code` says why, `about` what it is about (a column's name, a size)."""

    def __init__(self, code: str, about: str = "") -> None:
        super().__init__(f"{code}:{about}" if about else code)
        self.code, self.about = code, about


class UnknownIntent(LookupError):
    """There is no intent of this name to learn for."""


class NothingToLearn(ValueError):
    """Nothing is left of the sentence once personal data is taken out."""


class Measures(NothingToLearn):
    """The sentence is in the golden set: it measures and must not be learned from."""


class NotPossible(ValueError):
    """An intent cannot be changed like this: merged into itself, or brought back where it never was."""


class Tampered(RuntimeError):
    """A stored model is not what was once trained; the message says which and what to do."""
