"""The app's registration."""

from django.apps import AppConfig


class CareplansConfig(AppConfig):
    """Care plans: needs, goals in the citizen's words, interventions and when they happen."""

    name = "tillit.care.careplans"
    label = "careplans"
