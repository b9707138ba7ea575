"""What people type about absence."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.foundation.workforce import rules
from tillit.foundation.workforce.models import AbsenceKind
from tillit.ui.fields import DayField


class AbsenceForm(forms.Form):
    """Who is away, why, and when. One who reports only for herself is not asked who."""

    employee = forms.TypedChoiceField(label=_("Hvem er borte?"), coerce=int)
    kind = forms.ChoiceField(
        label=_("Hva slags fravær er det?"),
        widget=forms.RadioSelect,
        help_text=_("Bare du og lederen ser dette. Kollegene ser at du er borte."),
    )
    first = DayField(label=_("Første dag borte"))
    last = DayField(
        label=_("Siste dag borte"), required=False, help_text=_("La feltet stå tomt hvis du ikke vet det ennå.")
    )

    def __init__(
        self, *args: Any, people: Sequence[tuple[int, str]], own_only: bool, today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if own_only:
            del self.fields["employee"]
            kinds = [(kind, AbsenceKind(kind).label) for kind in rules.OWN_ABSENCES]
        else:
            self.fields["employee"].choices = [("", _("Velg")), *people]  # type: ignore[attr-defined]
            kinds = list(AbsenceKind.choices)
            self.fields["kind"].help_text = _("Kollegene ser bare at den det gjelder, er borte.")
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        self.fields["first"].initial = today

    @property
    def valid_to(self) -> date | None:
        """The first day back; None until further notice."""
        return day_after(self.cleaned_data["last"])


class EndForm(forms.Form):
    """When an absence ends."""

    last = DayField(
        label=_("Siste dag borte"), required=False, help_text=_("La feltet stå tomt hvis det gjelder til videre.")
    )

    @property
    def valid_to(self) -> date | None:
        """The first day back; None until further notice."""
        return day_after(self.cleaned_data["last"])


def day_after(last: date | None) -> date | None:
    """Return the first day back after the last day away."""
    return None if last is None else last + timedelta(days=1)
