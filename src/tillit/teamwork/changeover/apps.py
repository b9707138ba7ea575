"""The app's registration."""

from django.apps import AppConfig


class ChangeoverConfig(AppConfig):
    """The change of shift: what the coming shift must know, and who has read it."""

    name = "tillit.teamwork.changeover"
    label = "changeover"
