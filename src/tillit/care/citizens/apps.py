"""The app's registration."""

from django.apps import AppConfig


class CitizensConfig(AppConfig):
    """Citizens: who they are, where they live, who is around them, who follows them."""

    name = "tillit.care.citizens"
    label = "citizens"
