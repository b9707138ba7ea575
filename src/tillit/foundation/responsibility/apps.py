"""The app's registration."""

from django.apps import AppConfig


class ResponsibilityConfig(AppConfig):
    """Responsibility: the model as data, duties."""

    name = "tillit.foundation.responsibility"
    label = "responsibility"
