from django.conf import settings

from samspill.assistant.brains.vectors import VectorCache
from samspill.knowledge.vectors import encoder, encoder_name


def vector_cache() -> VectorCache:
    """This installation's encoder, which remembers; each encoder has a file of its own."""
    return VectorCache(encoder(), settings.MODELS_FOLDER, encoder_name())
