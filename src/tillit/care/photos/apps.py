"""The app's registration."""

from django.apps import AppConfig


class PhotosConfig(AppConfig):
    """Photos taken at a citizen's: entries of her journal, sealed where they lie."""

    name = "tillit.care.photos"
    label = "photos"
