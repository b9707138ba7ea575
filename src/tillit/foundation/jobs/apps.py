"""The app's registration."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Jobs: long work with progress and cancel."""

    name = "tillit.foundation.jobs"
    label = "jobs"
