from django.db import transaction

from samspill.assistant.models import AssistantSettings
from samspill.kit import crypto
from samspill.kit.events import emit


@transaction.atomic
def configure(*, name: str, brain: str, llm_url: str, llm_model: str, llm_key: str, by: str) -> None:
    """Keep the assistant's name and brain; an empty key leaves the present one."""
    kept = AssistantSettings.objects.select_for_update().get_or_create(pk=1)[0]
    kept.name, kept.brain, kept.llm_url, kept.llm_model = name, brain, llm_url, llm_model
    if llm_key:
        kept.llm_key_sealed = crypto.seal(llm_key)
    kept.save()
    emit("assistant.configured", actor=by, brain=brain)
