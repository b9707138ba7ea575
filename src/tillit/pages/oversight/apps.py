"""The room's registration."""

from django.apps import AppConfig


class OversightConfig(AppConfig):
    """Innsyn: who has looked, and who looks after that."""

    name = "tillit.pages.oversight"
    label = "oversight"
