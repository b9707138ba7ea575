"""The app's registration."""

from django.apps import AppConfig


class ConsentsConfig(AppConfig):
    """Whom a citizen lets in to her own page (Min side), and to which parts of it."""

    name = "tillit.care.consents"
    label = "consents"
