"""The app's registration."""

from django.apps import AppConfig


class LettersConfig(AppConfig):
    """Letters: templates, what was written and what was sent."""

    name = "tillit.care.letters"
    label = "letters"
