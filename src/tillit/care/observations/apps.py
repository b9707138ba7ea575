"""The app's registration."""

from django.apps import AppConfig


class ObservationsConfig(AppConfig):
    """Observations of a citizen, what they ask for, and what became of it."""

    name = "tillit.care.observations"
    label = "observations"
