"""The room's registration."""

from django.apps import AppConfig


class MinsideConfig(AppConfig):
    """Min side: who comes, goals, decisions, who has looked, for the citizen and those she lets in."""

    name = "tillit.pages.minside"
    label = "minside"
