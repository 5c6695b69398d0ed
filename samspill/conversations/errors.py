class Collision(Exception):
    """Somebody else did something here that the agent has not seen. Nothing was written."""

    def __init__(self, who: str, kind: str) -> None:
        super().__init__(f"{kind} by {who}")
        self.who, self.kind = who, kind  # kind: "answered", "owns", "closed"
