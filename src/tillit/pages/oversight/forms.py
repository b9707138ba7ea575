"""How long something is kept, and the archive's receipt."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.ui.fields import DayField


class RuleForm(forms.Form):
    """A rule from a day on."""

    length = forms.IntegerField(min_value=1)
    valid_from = DayField(label=_("Fra og med"))
    basis = forms.CharField(
        label=_("Hva bygger det på?"),
        max_length=300,
        help_text=_("Et vedtak, arkivplanen eller en lov."),
    )

    def __init__(self, *args: Any, years: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["length"].label = _("Antall år") if years else _("Antall dager")


class ReceiptForm(forms.Form):
    """What the archive has taken over."""

    number = forms.IntegerField(label=_("Nummer"), min_value=1)
    reference = forms.CharField(
        label=_("Arkivets kvittering"),
        max_length=100,
        help_text=_("Arkivets eget nummer. Ikke skriv navn eller fødselsnummer."),
    )
