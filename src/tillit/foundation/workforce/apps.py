"""The app's registration."""

from django.apps import AppConfig


class WorkforceConfig(AppConfig):
    """Workforce: who works and can what."""

    name = "tillit.foundation.workforce"
    label = "workforce"
