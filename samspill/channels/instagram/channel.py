"""The messages of an Instagram account."""

from samspill.channels.meta.page import PageMessaging
from samspill.channels.port import register


class Instagram(PageMessaging):
    """An Instagram account that is written to."""

    kind = "instagram"
    longest = 1000
    fields = "name,username"

    def measure(self, text: str) -> int:
        """Instagram counts bytes."""
        return len(text.encode())


register(Instagram())
