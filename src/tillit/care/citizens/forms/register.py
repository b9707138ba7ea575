"""A new citizen."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.care.citizens.forms.about import AboutForm
from tillit.care.citizens.forms.fields import Choice, day_field
from tillit.care.citizens.forms.home import HomeForm
from tillit.care.citizens.forms.moving import MovesInForm


class RegisterForm(MovesInForm, AboutForm, HomeForm):
    """A new citizen."""

    given_name = forms.CharField(
        label=gettext_lazy("Fornavn"), max_length=100, error_messages={"required": gettext_lazy("Skriv fornavnet.")}
    )
    family_name = forms.CharField(
        label=gettext_lazy("Etternavn"),
        max_length=100,
        error_messages={"required": gettext_lazy("Skriv etternavnet.")},
    )
    number = forms.CharField(
        label=gettext_lazy("Fødselsnummer eller D-nummer"),
        max_length=20,
        required=False,
        help_text=gettext_lazy("La det stå tomt hvis identiteten ikke er kjent ennå."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    unit = forms.TypedChoiceField(
        label=gettext_lazy("Team som følger brukeren"),
        coerce=int,
        error_messages={"required": gettext_lazy("Velg et team.")},
    )
    valid_from = day_field(gettext_lazy("Fra"))

    field_order = ("given_name", "family_name", "call_name", "number", "born_on", "phone")

    def __init__(self, *args: Any, units: list[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit = self.fields["unit"]
        assert isinstance(unit, forms.TypedChoiceField)
        unit.choices = [("", _("Velg")), *units] if len(units) > 1 else units
