"""The app's registration."""

from importlib import import_module

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Access: who may see and do what, and who did."""

    name = "tillit.foundation.access"
    label = "access"

    def ready(self) -> None:
        """Let `check`, and so every start, refuse an address that nobody has decided on."""
        import_module("tillit.foundation.access.addresses")
