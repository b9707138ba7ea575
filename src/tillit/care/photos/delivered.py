"""A photo taken without coverage, delivered: into the journal through the same action as the page, as its author.

The phone has made it smaller before it was sealed; here it is drawn anew as any other. A press is one photo however
it comes in: `add_photo` knows its key.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.care.citizens.models import Citizen
from tillit.care.citizens.queries import get_citizen
from tillit.care.photos.actions import add_photo
from tillit.care.photos.drawing import NotAPicture, TooLarge, draw_anew
from tillit.care.photos.models import Photo, PhotoOf
from tillit.care.visits.models import Visit
from tillit.foundation.access.actor import Actor
from tillit.foundation.delivery import written
from tillit.foundation.delivery.acts import Done, Line, Order, Version
from tillit.kernel.errors import NotFound

Fields = Mapping[str, Any]


class PhotoAct:
    """`photo.add`: citizen_id, perhaps visit_id, what it is `of`, `words`, and the picture in `file` as base64url."""

    title = gettext_lazy("Bilde til journalen")
    words = "words"

    def citizen_of(self, fields: Fields) -> int | None:
        """Return whose it is: of a visit the one it is to, whatever the phone says besides."""
        visit_id = written.number(fields.get("visit_id"))
        if visit_id:
            return Visit.objects.filter(pk=visit_id).values_list("citizen_id", flat=True).first()
        return (
            Citizen.objects.filter(pk=written.number(fields.get("citizen_id")) or 0)
            .values_list("pk", flat=True)
            .first()
        )

    def apply(self, *, actor: Actor, order: Order) -> Done:
        """Put it in the journal. It adds to what is there, so that two never meet."""
        fields = order.fields
        citizen_id = self.citizen_of(fields)
        if citizen_id is None:
            raise NotFound(_("Fant ikke brukeren."))
        known = Photo.objects.filter(citizen_id=citizen_id, press_key=order.press_key).exists()
        photo = add_photo(
            actor=actor,
            citizen_id=citizen_id,
            file=written.file(fields, "file"),
            of=written.code(fields.get("of")),
            words=written.text(fields.get("words")),
            press_key=order.press_key,
            at=order.at,
            visit_id=written.number(fields.get("visit_id")) or None,
        )
        return Done(_href(photo.visit_id, citizen_id), already=known)

    def mine(self, fields: Fields) -> Version:
        """Return what she said of it. The picture itself is shown beside."""
        kinds: dict[str, Any] = dict(PhotoOf.choices)
        said = (
            (_("Hva viser bildet?"), str(kinds.get(written.code(fields.get("of")), ""))),
            (_("Med én linje"), str(fields.get("words") or "")),
        )
        return Version(lines=tuple(Line(label, text) for label, text in said if text), title=str(self.title))

    def stands(self, *, actor: Actor, fields: Fields, at: datetime) -> Version | None:
        """Return whose journal it was meant for: nothing stands against a photo."""
        citizen_id = self.citizen_of(fields)
        if citizen_id is None:
            return None
        citizen = get_citizen(actor=actor, citizen_id=citizen_id, at=at)
        return Version(lines=(), title=citizen.name, href=_href(written.number(fields.get("visit_id")), citizen_id))

    def picture(self, fields: Fields) -> bytes:
        """Return it drawn anew; empty when it cannot be read."""
        try:
            return draw_anew(written.file(fields, "file")).content
        except (NotAPicture, TooLarge):
            return b""


def _href(visit_id: int | None, citizen_id: int) -> str:
    return reverse("myday:visit", args=[visit_id]) if visit_id else reverse("citizens:page", args=[citizen_id])
