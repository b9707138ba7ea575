"""The app's registration."""

from django.apps import AppConfig


class DeviationsConfig(AppConfig):
    """Deviations (avvik): told by anybody, answered by who answers for it; kept apart from the journal."""

    name = "tillit.teamwork.deviations"
    label = "deviations"
