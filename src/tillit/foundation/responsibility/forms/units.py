"""Forms about a unit: what is said of it, meetings, model."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.foundation.organisation.models import UnitPurpose
from tillit.kernel.geo import Place
from tillit.ui.fields import TimeField

WEEKDAYS = (
    ("1", _("Mandag")),
    ("2", _("Tirsdag")),
    ("3", _("Onsdag")),
    ("4", _("Torsdag")),
    ("5", _("Fredag")),
    ("6", _("Lørdag")),
    ("7", _("Søndag")),
)


class UnitForm(forms.Form):
    """What is said of a unit."""

    edition = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.CharField(label=_("Navn"), max_length=100)
    phone = forms.CharField(label=_("Telefon"), max_length=20, required=False)
    base_name = forms.CharField(
        label=_("Base"), max_length=100, required=False, help_text=_("Der arbeidsdagen starter og slutter")
    )
    base_street = forms.CharField(label=_("Adresse til basen"), max_length=200, required=False)
    latitude = forms.FloatField(
        label=_("Breddegrad"),
        required=False,
        localize=True,
        min_value=-90,
        max_value=90,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        help_text=_("For eksempel 61,90. Brukes til å regne ut kjøretid."),
    )
    longitude = forms.FloatField(
        label=_("Lengdegrad"),
        required=False,
        localize=True,
        min_value=-180,
        max_value=180,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        help_text=_("For eksempel 6,00"),
    )
    purpose = forms.ChoiceField(
        label=_("Hva er enheten til for?"),
        choices=(("", _("Ikke noe bestemt, som de fleste team")), *UnitPurpose.choices),
        required=False,
        help_text=_("Modellene legger ansvar hit. Endrer du dette, går nye søknader og oppgaver et annet sted."),
    )
    allocate = forms.ChoiceField(
        label=_("Hvem kan lage arbeidslister?"),
        choices=(("ALLOCATORS", _("Bare de som er fordelere")), ("EVERYONE", _("Alle i teamet"))),
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, sets_purpose: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not sets_purpose:
            del self.fields["purpose"]

    def clean(self) -> dict[str, Any]:
        """A base needs both numbers, or none."""
        found = super().clean() or {}
        if (found.get("latitude") is None) != (found.get("longitude") is None) and not self.errors:
            self.add_error("longitude", _("Skriv både breddegrad og lengdegrad, eller ingen av dem."))
        return found

    @property
    def base(self) -> Place | None:
        """Where the base is, when both numbers are given."""
        latitude, longitude = self.cleaned_data["latitude"], self.cleaned_data["longitude"]
        return None if latitude is None or longitude is None else Place(latitude, longitude)


class MeetingForm(forms.Form):
    """A fixed meeting."""

    name = forms.CharField(label=_("Hva heter møtet?"), max_length=100)
    weekdays = forms.MultipleChoiceField(
        label=_("Hvilke dager?"), choices=WEEKDAYS, widget=forms.CheckboxSelectMultiple
    )
    starts = TimeField(label=_("Starter kl."))
    minutes = forms.IntegerField(
        label=_("Hvor mange minutter varer det?"),
        min_value=5,
        max_value=480,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
