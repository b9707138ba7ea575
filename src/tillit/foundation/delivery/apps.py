"""The app's registration."""

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    """Delivery: what was written without coverage, delivered exactly once."""

    name = "tillit.foundation.delivery"
    label = "delivery"
