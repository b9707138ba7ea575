"""The app's registration."""

from django.apps import AppConfig


class KeepingConfig(AppConfig):
    """Keeping: sealed columns and their keys."""

    name = "tillit.foundation.keeping"
    label = "keeping"

    def ready(self) -> None:
        """Let the workers know the job that changes keys."""
        from tillit.foundation.keeping import rotating

        assert rotating.ROTATE
