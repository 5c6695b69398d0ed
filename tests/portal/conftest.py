"""The same articles as for the knowledge tests."""

from tests.knowledge.conftest import write

__all__ = ["write"]
