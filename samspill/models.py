"""Every table of the product, gathered for Django from the nouns they belong to."""

from samspill.assistant.models import *  # noqa: F403
from samspill.callbacks.models import *  # noqa: F403
from samspill.care.models import *  # noqa: F403
from samspill.channels.models import *  # noqa: F403
from samspill.commerce.models import *  # noqa: F403
from samspill.contacts.models import *  # noqa: F403
from samspill.conversations.models import *  # noqa: F403
from samspill.imports.models import *  # noqa: F403
from samspill.kit.models import *  # noqa: F403
from samspill.knowledge.models import *  # noqa: F403
from samspill.surveys.models import *  # noqa: F403
from samspill.training.models import *  # noqa: F403
from samspill.workspace.models import *  # noqa: F403
