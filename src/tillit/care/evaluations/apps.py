"""The app's registration."""

from django.apps import AppConfig


class EvaluationsConfig(AppConfig):
    """Goals looked at together with the citizen, what follows from it, and measures in numbers."""

    name = "tillit.care.evaluations"
    label = "evaluations"
