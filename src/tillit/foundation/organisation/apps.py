"""The app's registration."""

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    """Organisation: units and areas."""

    name = "tillit.foundation.organisation"
    label = "organisation"
