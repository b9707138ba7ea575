"""The app's registration."""

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    """Surveys (undersøkelser): instruments, campaigns, anonymous answers, results."""

    name = "tillit.learning.surveys"
    label = "surveys"
