"""Start-up: wire the house together once all apps are loaded."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Runs `wiring.connect` when Django is ready."""

    name = "tillit.config"
    label = "config"

    def ready(self) -> None:
        """Connect the floors."""
        from tillit.config import wiring

        wiring.connect()
