"""What the assistant can do, in words a visitor can press."""


def abilities(language: str) -> list[str]:
    """Titles of the flows a visitor can ask for."""
    return []
