"""Forms about models: a variant's name, a cell, a change put into force, principles."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.foundation.responsibility.models import HolderKind, Stance
from tillit.ui.clashing import SeenForm
from tillit.ui.fields import DayField


class VariantForm(SeenForm):
    """A variant's name, and whose it is."""

    name = forms.CharField(label=_("Hva skal varianten hete?"), max_length=100)
    description = forms.CharField(
        label=_("Hva er annerledes?"), max_length=200, required=False, help_text=_("Én linje. Den står over kolonnen.")
    )
    owner = forms.TypedChoiceField(
        label=_("Hvem er den for?"),
        coerce=int,
        help_text=_("Lederne der kan endre den. Alle kan se den og følge den."),
    )

    def __init__(self, *args: Any, owners: Sequence[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if owners:
            self.fields["owner"].choices = owners  # type: ignore[attr-defined]
        if len(owners) == 1:
            self.fields["owner"].widget = forms.HiddenInput()
        if not owners:
            del self.fields["owner"]


class CellForm(forms.Form):
    """Who holds one responsibility, on which terms. edition and seen: what the page showed."""

    holder = forms.ChoiceField(choices=HolderKind.choices)
    note = forms.CharField(max_length=200, required=False)
    weeks = forms.IntegerField(required=False, min_value=1, max_value=104)
    edition = forms.IntegerField(min_value=1)
    seen = forms.IntegerField(min_value=0, required=False)


class EnactForm(forms.Form):
    """Which teams, from when; what was looked at; free words. Principles are read by `stances`."""

    team = forms.TypedMultipleChoiceField(coerce=int, required=False)
    valid_from = DayField(label=_("Gjelder fra"))
    seen = forms.CharField(required=False)
    edition = forms.IntegerField(required=False)
    words = forms.CharField(
        label=_("Hvorfor gjør vi dette?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Med egne ord. Det blir stående i historien til modellen."),
    )

    def __init__(self, *args: Any, units: Sequence[int] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].choices = [(unit_id, str(unit_id)) for unit_id in units]  # type: ignore[attr-defined]


def stances(data: Mapping[str, Any]) -> dict[int, str]:
    """Return principle id → SERVES or STRAINS, as pressed. Anything else is left out."""
    found: dict[int, str] = {}
    for name, value in data.items():
        head, _dash, tail = name.partition("-")
        if head == "prinsipp" and tail.isascii() and tail.isdecimal() and len(tail) < 16 and value in Stance.values:
            found[int(tail)] = str(value)
    return found


class PrinciplesForm(forms.Form):
    """The principles in order: a title and a text each, with a few empty places; and where they come from."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    source = forms.CharField(
        label=_("Hvor kommer de fra?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Hvem har vedtatt dem, og hvem sine ord er det?"),
    )

    def __init__(self, *args: Any, places: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = places
        for number in range(1, places + 1):
            self.fields[f"title_{number}"] = forms.CharField(
                label=_("Prinsipp %(number)s") % {"number": number}, max_length=120, required=False
            )
            self.fields[f"text_{number}"] = forms.CharField(
                label=_("Hva det betyr hos oss"), required=False, widget=forms.Textarea(attrs={"rows": 2})
            )

    @property
    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The places, for the template."""
        return [(self[f"title_{number}"], self[f"text_{number}"]) for number in range(1, self.places + 1)]

    @property
    def entries(self) -> list[tuple[str, str]]:
        """What was written, in order."""
        return [
            (self.cleaned_data[f"title_{number}"], self.cleaned_data[f"text_{number}"])
            for number in range(1, self.places + 1)
        ]
