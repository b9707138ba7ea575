"""The app's registration."""

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    """Planning: the team's work lists, from draft to published, with proposals from the engine."""

    name = "tillit.teamwork.planning"
    label = "planning"

    def ready(self) -> None:
        """Let the worker know the job that makes proposals."""
        from tillit.teamwork.planning.actions import propose

        assert propose.KIND
