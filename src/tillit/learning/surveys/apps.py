"""The app's registration."""

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    """Surveys (undersøkelser): instruments, own ones too, campaigns, anonymous answers, results."""

    name = "tillit.learning.surveys"
    label = "surveys"

    def ready(self) -> None:
        """Say how an instrument in use is guarded."""
        from tillit.foundation.access import append_only
        from tillit.learning.surveys import locking

        append_only.register(locking.TABLES, lock=locking.lock_table, unlock=locking.release_table)
