"""The app's registration."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Notices: who is to answer, by when, and what was answered."""

    name = "tillit.care.notices"
    label = "notices"
