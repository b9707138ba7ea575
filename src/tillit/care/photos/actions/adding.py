"""Put a photo in a citizen's journal. Takes bytes and a press key, so that a phone's queue can send it too."""

import hashlib
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.citizens.queries import get_citizen, scope_of
from tillit.care.journal.actions import sign
from tillit.care.journal.models import EntryKind
from tillit.care.photos.drawing import NotAPicture, TooLarge, draw_anew
from tillit.care.photos.models import Photo, PhotoOf
from tillit.care.photos.permissions import ADD_PHOTO
from tillit.care.visits.queries import get_visit
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import require
from tillit.kernel import oslo
from tillit.kernel.errors import ActionRefused, NotFound


class NoPicture(ActionRefused):
    """The file is no picture we can read, or too large."""


@transaction.atomic
def add_photo(
    *,
    actor: Actor,
    citizen_id: int,
    file: bytes,
    of: str,
    words: str,
    press_key: str,
    at: datetime,
    visit_id: int | None = None,
) -> Photo:
    """Draw the picture anew, seal it, and sign it as an entry of the journal.

    file: as it came; it is not kept. press_key: the same key again returns the first one, without reading the file.
    Raises NotFound, NotAllowed, NoPicture, ActionRefused.
    """
    citizen = get_citizen(actor=actor, citizen_id=citizen_id, at=at, lock=True)
    scope = scope_of(citizen.pk, on=oslo.day_of(at))
    require(actor, ADD_PHOTO, scope)
    if press_key and (known := citizen.photos.filter(press_key=press_key).first()):
        return known
    if of not in PhotoOf.values:
        raise ActionRefused(_("Velg hva bildet viser."))
    if len(words) > 500:
        raise ActionRefused(_("Kort teksten ned til én linje."))
    if visit_id is not None and get_visit(actor=actor, visit_id=visit_id, at=at).citizen_id != citizen.pk:
        raise NotFound(_("Fant ikke besøket."))
    try:
        drawn = draw_anew(file)
    except TooLarge:
        raise NoPicture(_("Bildet er for stort. Ta det på nytt med vanlig kamera, eller velg et mindre.")) from None
    except NotAPicture:
        raise NoPicture(_("Vi kan ikke lese bildet. Velg et bilde som JPEG, PNG eller WebP.")) from None
    found = Photo.objects.create(
        citizen=citizen,
        visit_id=visit_id,
        of=of,
        words=" ".join(words.split()),
        content=drawn.content,
        digest=hashlib.sha256(drawn.content).hexdigest(),
        width=drawn.width,
        height=drawn.height,
        taken_by_id=actor.employee_id,
        taken_at=at,
        press_key=press_key,
    )
    sign(actor=actor, kind=EntryKind.PHOTO, row_id=found.pk, citizen_id=citizen.pk, scope=scope, happened_at=at, at=at)
    audit.record(actor, ADD_PHOTO, str(found), scope, at=at, change={"of": of, "visit": visit_id})
    return found
