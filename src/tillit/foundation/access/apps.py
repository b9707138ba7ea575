"""The app's registration."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Access: who may see and do what, and who did."""

    name = "tillit.foundation.access"
    label = "access"
