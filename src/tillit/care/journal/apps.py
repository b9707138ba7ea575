"""The app's registration."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """The journal: who wrote what about a citizen, as what, when; corrections; what was removed and why."""

    name = "tillit.care.journal"
    label = "journal"

    def ready(self) -> None:
        """Say how the journal's tables are guarded."""
        from tillit.care.journal import locking
        from tillit.foundation.access import append_only

        append_only.register(locking.TABLES, lock=locking.lock_table, unlock=locking.release_table)
