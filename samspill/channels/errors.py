"""Why something did not come in or go out. A code each; pages put it into words."""


class Unreadable(Exception):
    """A stored delivery that no retry will make readable; it is kept, marked and can be replayed."""


class Refused(Exception):
    """The outside service will never take this message: wrong address, closed window, no permission."""


class Unreachable(Exception):
    """The outside service cannot be asked now; the same is tried again later."""
