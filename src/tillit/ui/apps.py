"""The design kit: components, tags and formats. Knows no domain."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Bottom floor of the screens."""

    name = "tillit.ui"
