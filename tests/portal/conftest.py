"""The same articles and the same missing model as for the knowledge tests."""

from tests.knowledge.conftest import model, model_socket, no_model, write

__all__ = ["model", "model_socket", "no_model", "write"]
