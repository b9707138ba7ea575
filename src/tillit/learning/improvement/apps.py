"""The app's registration."""

from django.apps import AppConfig


class ImprovementConfig(AppConfig):
    """Pilots with a baseline, the benefits plan, comparison and the estimate before a pilot (R38, R41, R42, R46)."""

    name = "tillit.learning.improvement"
    label = "improvement"

    def ready(self) -> None:
        """Say how a frozen baseline is guarded."""
        from tillit.foundation.access import append_only
        from tillit.learning.improvement import locking

        append_only.register(locking.TABLES, lock=locking.lock_table, unlock=locking.release_table)
