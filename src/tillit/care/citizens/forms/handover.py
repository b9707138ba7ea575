"""Offering a citizen to another unit, and sending her back."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.care.citizens.forms.fields import day_field
from tillit.care.citizens.models import HandoverReason


class OfferForm(forms.Form):
    """Offer a citizen to another unit."""

    unit = forms.TypedChoiceField(
        label=gettext_lazy("Hvem skal ta over?"),
        coerce=int,
        error_messages={"required": gettext_lazy("Velg hvem som skal ta over.")},
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("Hvorfor?"), error_messages={"required": gettext_lazy("Velg hvorfor.")}
    )
    from_on = day_field(gettext_lazy("Fra og med"))
    words = forms.CharField(
        label=gettext_lazy("Det de må vite"),
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=gettext_lazy("Fylt ut med det som står om brukeren. Rett, stryk og legg til."),
        error_messages={"required": gettext_lazy("Skriv det de som tar over, må vite.")},
    )
    part = forms.CharField(
        label=gettext_lazy("Bare en del av hjelpen"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("«Hverdagsrehabilitering». Tomt: de tar over alt dere har."),
    )

    def __init__(self, *args: Any, units: Sequence[tuple[int, str]], first: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit, reason = self.fields["unit"], self.fields["reason"]
        assert isinstance(unit, forms.TypedChoiceField)
        assert isinstance(reason, forms.ChoiceField)
        unit.choices = [("", _("Velg")), *units]
        reason.choices = [("", _("Velg")), *HandoverReason.choices]
        self.fields["from_on"].initial = first


class SendBackForm(forms.Form):
    """Say no, with words."""

    answer = forms.CharField(
        label=gettext_lazy("Hva mangler, eller hvorfor kan dere ikke ta over?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Skriv hvorfor, så de som tilbød, vet hva som mangler.")},
    )
