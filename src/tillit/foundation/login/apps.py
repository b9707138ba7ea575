"""The app's registration."""

from django.apps import AppConfig


class LoginConfig(AppConfig):
    """Login: who comes in, and how one shows that it is still her."""

    name = "tillit.foundation.login"
    label = "login"
