"""What a pilot is measured by, the freezing, and the reason why not."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.learning.improvement.rules.goals import USUAL, Goal
from tillit.learning.improvement.rules.windows import MONTHS_USUAL
from tillit.learning.improvement.wording import GOALS
from tillit.learning.insight.rules.indicators import Indicator
from tillit.ui.clashing import SeenForm


class IndicatorsForm(SeenForm):
    """One indicator for each effect goal; those that balance it come by themselves."""

    def __init__(self, *args: Any, indicators: Sequence[Indicator], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._known = {one.code: one for one in indicators}
        for goal in Goal:
            usual = [self._known[code] for code in USUAL[goal] if code in self._known]
            others = [one for one in indicators if one not in usual]
            groups: list[Any] = [("", _("Ikke med tall fra driften"))]
            if usual:
                groups.append((_("Svarer på målet"), [(one.code, one.name) for one in usual]))
            if others:
                groups.append((_("Andre"), [(one.code, one.name) for one in others]))
            self.fields[goal.value] = forms.ChoiceField(
                label=str(GOALS[goal]), choices=groups, required=False,
                error_messages={"invalid_choice": _("Velg en indikator på lista.")},
            )  # fmt: skip

    def chosen(self) -> dict[Goal, tuple[str, ...]]:
        """Return each goal's primary indicator and those that balance it, each code once. Only after `is_valid()`."""
        primary = {goal: self.cleaned_data[goal.value] for goal in Goal if self.cleaned_data[goal.value]}
        taken = set(primary.values())
        found: dict[Goal, tuple[str, ...]] = {}
        for goal, code in primary.items():
            balancing = [one for one in self._known[code].balanced_by if one in self._known and one not in taken]
            taken.update(balancing)
            found[goal] = (code, *balancing)
        return found


class FreezeForm(SeenForm):
    """How many months the baseline covers; and a caveat, where some of it was brought in."""

    months = forms.TypedChoiceField(
        label=_("Hvor mange måneder?"), coerce=int, initial=MONTHS_USUAL,
        choices=[(3, _("3 måneder, det minste")), (6, _("6 måneder, det vanlige")), (12, _("12 måneder"))],
        error_messages={"invalid_choice": _("Velg 3, 6 eller 12 måneder.")},
    )  # fmt: skip
    caveat = forms.CharField(
        label=_("Noen tall er hentet inn. Hvorfor kan de brukes likevel?"), max_length=300, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For eksempel at de ble talt på samme måte. Forbeholdet står overalt der nullpunktet brukes."),
        error_messages={
            "max_length": _("Teksten er for lang. Kort den ned til %(limit_value)s tegn."),
        },
    )  # fmt: skip


class WithoutForm(SeenForm):
    """Why there is no baseline."""

    reason = forms.CharField(
        label=_("Uten nullpunkt, fordi"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Det står overalt der tallene til piloten vises."),
        error_messages={
            "max_length": _("Teksten er for lang. Kort den ned til %(limit_value)s tegn."),
        },
    )  # fmt: skip
