"""What people type about absence and extra shifts."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.foundation.workforce import rules
from tillit.foundation.workforce.models import AbsenceKind, ShiftKind
from tillit.kernel import oslo
from tillit.ui.clashing import SeenForm
from tillit.ui.fields import DayField, TimeField


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


class ShiftForm(forms.Form):
    """One extra shift. A shift that ends before it starts ends next day."""

    employee = forms.TypedChoiceField(label=_("Hvem tar vakta?"), coerce=int)
    on = DayField(label=_("Hvilken dag?"))
    kind = forms.ChoiceField(label=_("Hvilken vakt?"), choices=ShiftKind.choices, widget=forms.RadioSelect)
    starts = TimeField(label=_("Starter kl."))
    ends = TimeField(label=_("Slutter kl."), help_text=_("Er klokkeslettet før starten, slutter vakta neste dag."))
    office = forms.BooleanField(
        label=_("På kontoret"), required=False, help_text=_("Den som er på kontoret, får ingen besøk.")
    )

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["employee"].choices = [("", _("Velg")), *people]  # type: ignore[attr-defined]

    @property
    def starts_at(self) -> datetime:
        """When it starts, aware UTC."""
        return oslo.moment(self.cleaned_data["on"], self.cleaned_data["starts"])

    @property
    def ends_at(self) -> datetime:
        """When it ends, aware UTC: the same day, or the next when the clock says less."""
        on, starts, ends = (self.cleaned_data[name] for name in ("on", "starts", "ends"))
        return oslo.moment(on if ends > starts else on + timedelta(days=1), ends)


class EndForm(SeenForm):
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
