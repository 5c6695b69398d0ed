from typing import Any

from django.db import transaction

from samspill.commerce.models import OrderSettings
from samspill.kit import crypto
from samspill.kit.events import emit


@transaction.atomic
def configure(*, source: str, settings: dict[str, Any], key: str, by: str) -> None:
    """Read orders from `source` from now on; an empty key leaves the present one."""
    OrderSettings.objects.get_or_create(pk=1)
    kept = OrderSettings.objects.select_for_update().get(pk=1)
    kept.source, kept.settings = source, settings
    if key:
        kept.key_sealed = crypto.seal(key)
    kept.save()
    emit("orders.configured", actor=by, source=source)
