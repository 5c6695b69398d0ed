"""The text models, real ones, for what needs meaning."""

from tests.knowledge.conftest import model, model_socket, no_model, write

__all__ = ["model", "model_socket", "no_model", "write"]
