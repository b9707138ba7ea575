"""The app's registration."""

from django.apps import AppConfig


class CoursesConfig(AppConfig):
    """Courses of everyday rehabilitation: measured at the start and the end, week by week, with a result."""

    name = "tillit.care.courses"
    label = "courses"
