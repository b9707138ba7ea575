"""The app's registration."""

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    """Decisions: cases, decisions, deadlines and appeals."""

    name = "tillit.care.decisions"
    label = "decisions"
