"""The app's registration."""

from django.apps import AppConfig


class InsightConfig(AppConfig):
    """Innsikt: indicators counted from what the work leaves behind."""

    name = "tillit.learning.insight"
    label = "insight"
