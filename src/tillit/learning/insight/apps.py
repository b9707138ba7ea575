"""The app's registration."""

from django.apps import AppConfig


class InsightConfig(AppConfig):
    """Innsikt: indicators counted from what the work leaves behind."""

    name = "tillit.learning.insight"
    label = "insight"

    def ready(self) -> None:
        """Make the background work known."""
        from tillit.learning.insight.actions import count_job  # noqa: F401
