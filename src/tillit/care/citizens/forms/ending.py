"""All help ends, or is taken up again."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.care.citizens.forms.fields import Choice, day_field
from tillit.care.citizens.models import EndKind


class DeathForm(forms.Form):
    """When somebody died."""

    died_on = day_field(gettext_lazy("Dødsdato"))
    edition = forms.IntegerField(widget=forms.HiddenInput())


class EndHelpForm(forms.Form):
    """Why, and the last day with help."""

    kind = forms.TypedChoiceField(
        label=gettext_lazy("Hvorfor avsluttes hjelpen?"),
        choices=[
            (EndKind.ENDED.value, gettext_lazy("Trenger ikke hjelp lenger")),
            (EndKind.MOVED.value, gettext_lazy("Flytter til en annen kommune")),
        ],
        required=False,
        empty_value=EndKind.ENDED.value,
        widget=forms.RadioSelect(),
    )
    last_day = day_field(gettext_lazy("Siste dag med hjelp"))
    edition = forms.IntegerField(widget=forms.HiddenInput())


class ResumeForm(forms.Form):
    """Who follows her, and from when."""

    unit = forms.TypedChoiceField(
        label=gettext_lazy("Team som følger brukeren"),
        coerce=int,
        error_messages={"required": gettext_lazy("Velg et team.")},
    )
    valid_from = day_field(gettext_lazy("Fra"))
    edition = forms.IntegerField(widget=forms.HiddenInput())

    def __init__(self, *args: Any, units: list[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit = self.fields["unit"]
        assert isinstance(unit, forms.TypedChoiceField)
        unit.choices = [("", _("Velg")), *units]


class CarryOnForm(forms.Form):
    """Help that was to end goes on."""

    edition = forms.IntegerField(widget=forms.HiddenInput())
