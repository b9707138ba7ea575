"""The app's registration."""

from django.apps import AppConfig


class TherapyConfig(AppConfig):
    """Occupational therapists and physiotherapists: their waiting lists and their own cases, across teams."""

    name = "tillit.care.therapy"
    label = "therapy"
