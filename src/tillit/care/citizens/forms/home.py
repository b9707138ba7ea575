"""Where a citizen lives, the way in, and which team follows her there."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.care.citizens.actions import HomeText
from tillit.care.citizens.forms.fields import Choice, day_field
from tillit.ui.clashing import SeenForm


class HomeForm(forms.Form):
    """An address."""

    street = forms.CharField(
        label=gettext_lazy("Gate og nummer"),
        max_length=200,
        error_messages={"required": gettext_lazy("Skriv gate og nummer.")},
    )
    postal_code = forms.RegexField(
        regex=r"^\d{4}$",
        label=gettext_lazy("Postnummer"),
        error_messages={
            "invalid": gettext_lazy("Et postnummer har fire sifre."),
            "required": gettext_lazy("Skriv postnummeret."),
        },
    )
    place = forms.CharField(
        label=gettext_lazy("Poststed"),
        max_length=60,
        error_messages={"required": gettext_lazy("Skriv poststedet.")},
    )
    floor = forms.CharField(label=gettext_lazy("Etasje eller oppgang"), max_length=60, required=False)
    latitude = forms.FloatField(
        label=gettext_lazy("Breddegrad"), required=False, min_value=-90, max_value=90, widget=forms.TextInput()
    )
    longitude = forms.FloatField(
        label=gettext_lazy("Lengdegrad"), required=False, min_value=-180, max_value=180, widget=forms.TextInput()
    )
    way_in = forms.CharField(
        label=gettext_lazy("Vei inn"), max_length=200, required=False, help_text=gettext_lazy("«Ring på først»")
    )
    door_code = forms.CharField(
        label=gettext_lazy("Dørkode"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("Vises bare når noen ber om den, og det blir skrevet i loggen."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        """Both coordinates or none."""
        data = super().clean() or {}
        if (data.get("latitude") is None) != (data.get("longitude") is None):
            self.add_error("longitude", _("Skriv begge koordinatene, eller ingen."))
        return data

    def text(self) -> HomeText:
        """Return the address as it was written."""
        data = self.cleaned_data
        return HomeText(
            street=data["street"],
            postal_code=data["postal_code"],
            place=data["place"],
            floor=data["floor"],
            latitude=data["latitude"],
            longitude=data["longitude"],
            way_in=data.get("way_in", ""),
            door_code=data.get("door_code", ""),
        )


class MoveForm(HomeForm):
    """A new address from a day. Who has her there is agreed by a hand-over."""

    moves_on = day_field(gettext_lazy("Flytter"), help_text=gettext_lazy("Den første dagen på den nye adressen."))
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput())


class WayInForm(forms.Form):
    """How one gets in."""

    way_in = forms.CharField(
        label=gettext_lazy("Vei inn"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("«Ring på først», «Nøkkelboks ved døra»"),
    )
    key_note = forms.CharField(label=gettext_lazy("Nøkkel"), max_length=200, required=False)
    practical = forms.CharField(
        label=gettext_lazy("Praktisk"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Parkering, hund, trapp."),
    )
    door_code = forms.CharField(
        label=gettext_lazy("Ny dørkode"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("La det stå tomt for å beholde koden som er."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    no_code = forms.BooleanField(label=gettext_lazy("Det er ikke lenger noen kode"), required=False)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput())

    def code(self) -> str | None:
        """Return the new code, "" to take it away, None to leave it."""
        if self.cleaned_data["no_code"]:
            return ""
        return self.cleaned_data["door_code"].strip() or None


class FollowingForm(SeenForm):
    """Which team follows the citizen."""

    unit = forms.TypedChoiceField(
        label=gettext_lazy("Team"), coerce=int, error_messages={"required": gettext_lazy("Velg et team.")}
    )
    part = forms.CharField(
        label=gettext_lazy("Bare en del av hjelpen"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("«Hverdagsrehabilitering». Tomt: teamet overtar hele oppfølgingen."),
    )
    valid_from = day_field(gettext_lazy("Fra"))

    def __init__(self, *args: Any, units: list[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit = self.fields["unit"]
        assert isinstance(unit, forms.TypedChoiceField)
        unit.choices = [("", _("Velg")), *units]
