from contextlib import suppress

from samspill.intelligence.errors import ModelUnavailable
from samspill.kit.jobs import every
from samspill.training.teach_moods import teach_moods


@every("*/2 * * * *")
def teach(timestamp: int) -> None:
    """Corrections of mood and urgency are learned within minutes, and again by a model server that lost them."""
    with suppress(ModelUnavailable):  # the next tick asks again
        teach_moods()
