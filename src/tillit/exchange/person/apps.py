"""The app's registration."""

from django.apps import AppConfig


class PersonConfig(AppConfig):
    """All about one person, in one file."""

    name = "tillit.exchange.person"
    label = "person"

    def ready(self) -> None:
        """Make the background work known."""
        from tillit.exchange.person import work  # noqa: F401
