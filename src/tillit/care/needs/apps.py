"""The app's registration."""

from django.apps import AppConfig


class NeedsConfig(AppConfig):
    """Needs: the conversation about what matters, and what the citizen said."""

    name = "tillit.care.needs"
    label = "needs"
