"""What a callback can be refused for; `code` says it in one word, the pages say it in the reader's language."""


class Refused(Exception):
    """`code`: off, never_call, no_consent, ended, taken, calling, past, closed, forgotten, nobody."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class BadNumber(ValueError):
    """`code`: missing, no_number, not_in_use, costs (a premium number)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
