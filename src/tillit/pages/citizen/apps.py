"""The room's registration."""

from django.apps import AppConfig


class CitizenConfig(AppConfig):
    """Brukere: the list, the search, the page about one citizen."""

    name = "tillit.pages.citizen"
    label = "citizen"
