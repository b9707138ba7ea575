"""What people type about a visit that is added on the day."""

from collections.abc import Sequence
from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.ui.fields import TimeField

_PARTS = (
    (time(5), "NIGHT"),
    (time(11), "MORNING"),
    (time(14), "MIDDAY"),
    (time(17), "AFTERNOON"),
    (time(22), "EVENING"),
)
"""A start before this clock lies in this part of the day; later than all of them is the night's."""


class AddVisitForm(forms.Form):
    """An urgent visit: with whom, what, when, for how long, and what it takes."""

    citizen = forms.TypedChoiceField(label=_("Hvem skal ha besøk?"), coerce=int)
    what = forms.CharField(label=_("Hva skal gjøres?"), max_length=120)
    earliest = TimeField(label=_("Kan tidligst begynne kl."))
    latest = TimeField(label=_("Må senest begynne kl."))
    minutes = forms.IntegerField(label=_("Hvor mange minutter tar det?"), min_value=5, max_value=480, initial=30)
    level = forms.TypedChoiceField(
        label=_("Hvem kan gjøre det?"),
        coerce=int,
        widget=forms.RadioSelect,
        initial=1,
        choices=[
            (0, _("Alle i teamet")),
            (1, _("Helsefagarbeider eller sykepleier")),
            (2, _("Bare sykepleier")),
        ],
    )
    priority = forms.TypedChoiceField(
        label=_("Hvor mye haster det?"),
        coerce=int,
        widget=forms.RadioSelect,
        initial=1,
        choices=[(1, _("Må gjøres til tida")), (2, _("Bør gjøres i dag")), (3, _("Kan vente til en annen dag"))],
    )

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["citizen"].choices = [("", _("Velg")), *people]  # type: ignore[attr-defined]

    @property
    def part_of_day(self) -> str:
        """The part of the day it begins in."""
        begins: time = self.cleaned_data["earliest"]
        return next((part for before, part in _PARTS if begins < before), "NIGHT")

    def clean(self) -> dict[str, Any]:
        """Refuse a latest start before the earliest one; a night may go past midnight."""
        found: dict[str, Any] = super().clean() or {}
        earliest, latest = found.get("earliest"), found.get("latest")
        if earliest and latest and latest < earliest and self.part_of_day not in ("EVENING", "NIGHT"):
            self.add_error("latest", _("Det siste klokkeslettet er før det første."))
        return found
