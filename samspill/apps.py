from django.apps import AppConfig


class SamspillConfig(AppConfig):
    """The one Django app: one label, one migrations folder, plain packages inside."""

    name = "samspill"
    label = "samspill"
    verbose_name = "Samspill"
