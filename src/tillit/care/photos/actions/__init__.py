"""Every change of photos, as named acts."""

from tillit.care.photos.actions.adding import NoPicture, add_photo

__all__ = ["NoPicture", "add_photo"]
