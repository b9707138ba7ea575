"""A photo, what it shows, and one line."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from tillit.care.photos.drawing import LARGEST_FILE
from tillit.care.photos.models import PhotoOf


class PhotoForm(forms.Form):
    """A photo from the camera, or one that is there already."""

    press_key = forms.CharField(max_length=64, widget=forms.HiddenInput())
    visit = forms.IntegerField(required=False, widget=forms.HiddenInput(), min_value=1, max_value=2**62)
    file = forms.FileField(
        label=_("Bilde"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp", "capture": "environment"}),
        error_messages={
            "required": _("Ta eller velg et bilde."),
            "empty": _("Fila er tom. Ta bildet på nytt."),
            "invalid": _("Ta eller velg et bilde."),
            "missing": _("Ta eller velg et bilde."),
        },
    )
    of = forms.ChoiceField(
        label=_("Hva viser bildet?"),
        choices=PhotoOf.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg hva bildet viser.")},
    )
    words = forms.CharField(
        label=_("Med én linje, om du vil"),
        max_length=500,
        required=False,
        error_messages={"max_length": _("Teksten er for lang. Kort den ned til %(limit_value)s tegn.")},
    )

    def clean_file(self) -> Any:
        """Refuse what is too large before it is read."""
        found = self.cleaned_data["file"]
        if isinstance(found, UploadedFile) and (found.size or 0) > LARGEST_FILE:
            raise forms.ValidationError(
                _("Bildet er for stort. Ta det på nytt med vanlig kamera, eller velg et mindre.")
            )
        return found
