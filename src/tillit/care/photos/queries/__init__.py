"""Reads of photos."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from tillit.care.citizens.queries import readable
from tillit.care.photos.models import Photo
from tillit.foundation.access import reading
from tillit.foundation.access.actor import Actor
from tillit.kernel import oslo
from tillit.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class Picture:
    """What is shown: a JPEG, unsealed for this answer."""

    content: bytes
    citizen_id: int


def get_picture(*, actor: Actor, photo_id: int, at: datetime) -> Picture:
    """Return a photo of a citizen the actor reaches at `at`, and note the reading.

    Raises NotFound, also when it was removed.
    """
    rows = Photo.objects.filter(citizen__in=readable(actor, on=oslo.day_of(at))).exclude(digest="")
    row = rows.filter(pk=photo_id).first()
    if row is None:
        raise NotFound(_("Fant ikke bildet."))
    reading.note(row.citizen_id)
    return Picture(bytes(row.content), row.citizen_id)
