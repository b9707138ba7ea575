"""The room's registration."""

from django.apps import AppConfig


class TeamBoardConfig(AppConfig):
    """Teamtavla: who is at work, what lacks somebody, what waits, capacity, the meeting, the rest of the week."""

    name = "tillit.pages.teamboard"
    label = "teamboard"
