"""The app's registration."""

from django.apps import AppConfig


class VisitsConfig(AppConfig):
    """Visits: planned from care plans, moved, cancelled, carried out; what was different."""

    name = "tillit.care.visits"
    label = "visits"
