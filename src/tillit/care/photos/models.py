"""Stored: photos, sealed. The picture is the one we drew ourselves, never the file that came in."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.care.citizens.models import Citizen
from tillit.care.visits.models import Visit
from tillit.foundation.keeping.fields import SealedBytesField
from tillit.foundation.workforce.models import Employee


class PhotoOf(models.TextChoices):
    """What it shows."""

    WOUND = "WOUND", _("Sår")
    FORM = "FORM", _("Skjema på papir")
    OTHER = "OTHER", _("Noe annet")


class Photo(models.Model):
    """A photo (bilde): an entry of the journal, locked from the press that sent it.

    content: a JPEG without anything but the picture, sealed. digest: of the plain content, so that the lock holds it
    while the seal is changed with the keys. Both are empty when it was removed from the journal.
    """

    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="photos")
    visit = models.ForeignKey(Visit, null=True, on_delete=models.PROTECT, related_name="photos")
    of = models.CharField(max_length=8, choices=PhotoOf.choices)
    words = models.CharField(max_length=500, blank=True)
    content = SealedBytesField(purpose="photo")
    digest = models.CharField(max_length=64, blank=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    taken_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()
    press_key = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["citizen", "press_key"], condition=~models.Q(press_key=""), name="photos_pressed_once"
            )
        ]
        indexes = [models.Index(fields=["citizen", "-taken_at"], name="photos_newest")]

    def __str__(self) -> str:
        return f"photo:{self.pk}"
