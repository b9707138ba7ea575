"""The app's registration."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Spreadsheets in and out."""

    name = "tillit.exchange.files"
    label = "files"

    def ready(self) -> None:
        """Make the background work known."""
        from tillit.exchange.files import work  # noqa: F401
