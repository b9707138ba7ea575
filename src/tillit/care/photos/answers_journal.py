"""What photos answer when the journal asks for an entry: registered at start-up (`config.wiring`)."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.journal.sources import Content
from tillit.care.photos.models import Photo, PhotoOf
from tillit.foundation.access.actor import Actor


class PhotoKeeper:
    """Answers for PHOTO."""

    def contents(self, row_ids: Iterable[int]) -> Mapping[int, Content]:
        """Return what each shows, in one query. The pictures themselves are fetched by their own address."""
        rows = Photo.objects.filter(pk__in=list(row_ids)).values_list("pk", "of", "words", "digest")
        return {
            pk: Content(
                title=_("Bilde: %(of)s") % {"of": str(PhotoOf(of).label).lower()},
                text=words,
                icon="Camera",
                pictures=(reverse("photos:picture", args=[pk]),) if digest else (),
            )
            for pk, of, words, digest in rows
        }

    def citizens_of(self, row_ids: Iterable[int]) -> Mapping[int, int]:
        """Return whom each is of."""
        return dict(Photo.objects.filter(pk__in=list(row_ids)).values_list("pk", "citizen_id"))

    def remove(self, row_id: int, *, at: datetime) -> None:
        """Empty it: the picture is gone, and only the journal's trace is left."""
        Photo.objects.filter(pk=row_id).update(content=b"", digest="", words="")

    def write_again(self, row_id: int, *, text: str, actor: Actor, at: datetime) -> int | None:
        """A photo is corrected by a note, or by another photo."""
        return None
