"""The app's registration."""

from django.apps import AppConfig


class AuthorityConfig(AppConfig):
    """Authority: the services, and who may decide them."""

    name = "tillit.foundation.authority"
    label = "authority"
