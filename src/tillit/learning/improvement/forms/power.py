"""What one means to do, to see what it can show."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.learning.insight.rules.indicators import Indicator

_NUMBER = {
    "invalid": _("Skriv et helt tall."),
    "min_value": _("Tallet må være minst %(limit_value)s."),
    "max_value": _("Tallet kan ikke være over %(limit_value)s."),
    "required": _("Skriv et helt tall."),
}


def _count(label: Any, least: int, most: int) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=least, max_value=most, error_messages=_NUMBER,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip


class PowerForm(forms.Form):
    """Which figure, how many teams, how long. Sent as a question: nothing is stored."""

    tall = forms.ChoiceField(
        label=_("Hva vil dere se en endring i?"), error_messages={"invalid_choice": _("Velg en indikator på lista.")}
    )
    team = _count(_("Hvor mange team prøver noe nytt?"), 1, 200)
    mot = _count(_("Hvor mange team arbeider som før?"), 0, 200)
    maneder = _count(_("Hvor mange måneder varer det?"), 1, 60)

    def __init__(self, *args: Any, indicators: Sequence[Indicator], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["tall"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one.code, one.name) for one in indicators]
