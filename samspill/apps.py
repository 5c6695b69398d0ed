from django.apps import AppConfig


class SamspillConfig(AppConfig):
    """The one Django app: one label, one migrations folder, plain packages inside."""

    name = "samspill"
    label = "samspill"
    verbose_name = "Samspill"

    def ready(self) -> None:
        """Subscribe the jobs; earlier there is no app they could belong to."""
        from samspill.boot.wiring import connect

        connect()
