"""The room's registration."""

from django.apps import AppConfig


class StaysConfig(AppConfig):
    """Ikke hjemme: where each one is, what comes next and who has it, her visits meanwhile, and coming home."""

    name = "tillit.pages.stays"
    label = "stays"
