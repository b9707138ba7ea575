"""Forms for the municipality's own targets and rates."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.care.decisions.actions.practising import LABELS, LIMITS
from tillit.ui.fields import DayField


class PracticeForm(forms.Form):
    """The municipality's own targets from a day."""

    valid_from = DayField(label=_("Gjelder fra"))
    provider_choice = forms.BooleanField(label=_("Brukeren velger selv hvem som gir praktisk hjelp"), required=False)

    def __init__(self, *args: Any, now: dict[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in LABELS.items():
            least, most = LIMITS[name]
            self.fields[name] = forms.IntegerField(
                label=str(label),
                min_value=least,
                max_value=most,
                initial=now[name],
                widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "ti-short"}),
            )
        self.order_fields(["valid_from", *LABELS, "provider_choice"])

    @property
    def numbers(self) -> dict[str, int]:
        """Every target as it was written."""
        return {name: self.cleaned_data[name] for name in LIMITS}


class RateForm(forms.Form):
    """What a service costs the citizen from a day."""

    words = forms.CharField(
        label=_("Hva betaler brukeren?"),
        help_text=_("Slik det skal stå i brevet, for eksempel «Inntil 241 kroner i måneden»"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    source = forms.CharField(
        label=_("Hvor er det bestemt?"),
        help_text=_("For eksempel kommunestyret 12.12.2026"),
        max_length=200,
        required=False,
    )
    valid_from = DayField(label=_("Gjelder fra"))

    def __init__(self, *args: Any, first: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["valid_from"].initial = first
