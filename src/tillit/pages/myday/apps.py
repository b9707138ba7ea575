"""The room's registration."""

from django.apps import AppConfig


class MyDayConfig(AppConfig):
    """Min dag: today's visits, one visit, something has changed, what waits for me."""

    name = "tillit.pages.myday"
    label = "myday"
