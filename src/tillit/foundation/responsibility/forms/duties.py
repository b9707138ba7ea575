"""The form that says how a duty goes round."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from tillit.foundation.responsibility.forms.units import WEEKDAYS
from tillit.foundation.responsibility.models import DutyKind
from tillit.foundation.workforce.models import ShiftKind
from tillit.foundation.workforce.queries import Mark
from tillit.ui.clashing import SeenForm


@dataclass(frozen=True, slots=True)
class Place:
    """A colleague and the field for her place on the list."""

    mark: Mark
    bound: BoundField


class DutyForm(SeenForm):
    """Terms and list. A place is a number; an empty one is not on the list; equal numbers keep the names' order."""

    kind = forms.ChoiceField(label=_("Hva slags vakt?"), choices=DutyKind.choices, widget=forms.RadioSelect)
    name = forms.CharField(label=_("Hva kaller dere vakta?"), max_length=60)
    what = forms.CharField(
        label=_("Hva gjør den som har vakta?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    weekdays = forms.MultipleChoiceField(
        label=_("Hvilke dager?"), choices=WEEKDAYS, widget=forms.CheckboxSelectMultiple
    )
    shift_kind = forms.ChoiceField(label=_("På hvilken vakt?"), choices=ShiftKind.choices, widget=forms.RadioSelect)
    needs = forms.TypedChoiceField(label=_("Krever vakta en kompetanse?"), required=False, coerce=int, empty_value=None)
    how = forms.ChoiceField(
        label=_("Hvordan går den?"),
        choices=(
            ("ROTATION", _("På omgang, en dag hver")),
            ("FIXED", _("Fast: den første på lista som er på jobb")),
        ),
        widget=forms.RadioSelect,
    )

    def __init__(
        self, *args: Any, people: Sequence[Mark], competences: Sequence[tuple[int, str]], new: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = people
        if not new:
            del self.fields["kind"]
        self.fields["needs"].choices = [("", _("Nei")), *competences]  # type: ignore[attr-defined]
        for mark in people:
            self.fields[f"place_{mark.employee_id}"] = forms.IntegerField(
                label=mark.name,
                required=False,
                min_value=1,
                max_value=99,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "ds-input ti-short"}),
            )

    @property
    def terms(self) -> list[BoundField]:
        """The fields that are not places."""
        return [bound for bound in self if not bound.name.startswith("place_")]

    @property
    def places(self) -> list[Place]:
        """One field for each in the team."""
        return [Place(mark, self[f"place_{mark.employee_id}"]) for mark in self.people]

    def member_ids(self) -> list[int]:
        """Those with a place, in order."""
        numbered = [
            (self.cleaned_data[f"place_{mark.employee_id}"], order, mark.employee_id)
            for order, mark in enumerate(self.people)
            if self.cleaned_data.get(f"place_{mark.employee_id}") is not None
        ]
        return [employee for _place, _order, employee in sorted(numbered)]
