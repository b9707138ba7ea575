"""The app's registration."""

from django.apps import AppConfig


class PersonConfig(AppConfig):
    """All about one person, in one file."""

    name = "tillit.exchange.person"
    label = "person"
