"""A benefit of a pilot, and finance's word on it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.learning.improvement.actions import Said
from tillit.learning.improvement.models import Benefit
from tillit.learning.improvement.rules.benefits import Kind
from tillit.learning.improvement.rules.goals import Goal
from tillit.learning.improvement.wording import GOALS, KINDS
from tillit.learning.insight.rules.indicators import Indicator, Unit
from tillit.ui.clashing import SeenForm
from tillit.ui.fields import DayField

_TOO_LONG = _("Teksten er for lang. Kort den ned til %(limit_value)s tegn.")
_NUMBER = {
    "invalid": _("Skriv et tall, for eksempel 12,5."),
    "min_value": _("Tallet kan ikke være under null."),
    "max_value": _("Tallet er for stort."),
}
_MOST = 1_000_000_000


def _number(label: Any, help_text: Any = "") -> forms.FloatField:
    return forms.FloatField(
        label=label, help_text=help_text, required=False, min_value=0, max_value=_MOST, localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}), error_messages=_NUMBER,
    )  # fmt: skip


class BenefitForm(SeenForm):
    """What gets better, how it is measured, whose it is. Shares are written in per cent."""

    words = forms.CharField(
        label=_("Hva blir bedre?"), max_length=200, error_messages={"max_length": _TOO_LONG},
    )  # fmt: skip
    goal = forms.ChoiceField(
        label=_("Hvilket effektmål hører det til?"), choices=[(one.value, GOALS[one]) for one in Goal]
    )
    kind = forms.ChoiceField(
        label=_("Hva slags gevinst er det?"), choices=[(one.value, KINDS[one]) for one in Kind],
        help_text=_("Budsjettvirkning er penger som kan flyttes. De tre slagene legges aldri sammen."),
    )  # fmt: skip
    code = forms.ChoiceField(
        label=_("Hvilke tall viser det?"), required=False,
        error_messages={"invalid_choice": _("Velg en indikator på lista.")},
    )  # fmt: skip
    asked = forms.CharField(
        label=_("Eller: hva spør dere om?"), max_length=100, required=False,
        help_text=_("Når ingen tall fra driften viser det: hvilken undersøkelse, og hvem som svarer."),
        error_messages={"max_length": _TOO_LONG},
    )  # fmt: skip
    baseline = _number(_("Nullpunkt"), _("La det stå tomt når nullpunktet fryses i piloten. Andeler i prosent."))
    target = _number(_("Mål"), _("Andeler i prosent."))
    now = _number(_("Målt nå"), _("Bare når dere spør folk. Andre tall hentes av seg selv."))
    due_on = DayField(label=_("Innen hvilken dag?"), required=False)
    owner = forms.CharField(
        label=_("Hvem eier gevinsten?"), max_length=60, required=False, help_text=_("En rolle, ikke et navn."),
        error_messages={"max_length": _TOO_LONG},
    )  # fmt: skip
    amount = _number(_("Hvor mye i året?"), _("Kroner for budsjettvirkning, timer for frigjort tid."))
    used_for = forms.CharField(
        label=_("Hva blir tida brukt til?"), max_length=100, required=False, error_messages={"max_length": _TOO_LONG},
    )  # fmt: skip
    cost = forms.IntegerField(
        label=_("Hva koster det, i kroner?"), required=False, min_value=0, max_value=_MOST, localize=True,
        help_text=_("Opplæring, overlapp, møter og prosjekt, én gang."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}), error_messages=_NUMBER,
    )  # fmt: skip

    def __init__(self, *args: Any, indicators: Sequence[Indicator], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._known = {one.code: one for one in indicators}
        field = self.fields["code"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Ikke med tall fra driften")), *((one.code, one.name) for one in indicators)]

    def said(self) -> Said:
        """Return what was said, with shares as 0–1. Only after `is_valid()`."""
        data = self.cleaned_data
        factor = factor_of(self._known.get(data["code"]))
        return Said(
            goal=Goal(data["goal"]), kind=Kind(data["kind"]), words=" ".join(data["words"].split()), code=data["code"],
            asked=data["asked"].strip(), baseline=_divided(data["baseline"], factor),
            target=_divided(data["target"], factor), now=data["now"] if not data["code"] else None,
            due_on=data["due_on"], owner=data["owner"].strip(), amount=data["amount"],
            used_for=data["used_for"].strip(), cost=data["cost"],
        )  # fmt: skip


class ConfirmForm(SeenForm):
    """Who in finance has looked at it."""

    words = forms.CharField(
        label=_("Hvem i økonomi har sett på det, og hva så de på?"), max_length=200,
        help_text=_("En rolle, ikke et navn."), error_messages={"max_length": _TOO_LONG},
    )  # fmt: skip


def factor_of(indicator: Indicator | None) -> int:
    """Return what a value is multiplied by when it is written: 100 for shares."""
    return 100 if indicator is not None and indicator.unit is Unit.SHARE else 1


def initial_of(found: Benefit, indicators: Sequence[Indicator]) -> dict[str, Any]:
    """Return a benefit as the form begins with it."""
    factor = factor_of({one.code: one for one in indicators}.get(found.code))
    return {
        "words": found.words, "goal": found.goal, "kind": found.kind, "code": found.code, "asked": found.asked,
        "baseline": _times(found.baseline, factor), "target": _times(found.target, factor), "now": found.now,
        "due_on": found.due_on, "owner": found.owner, "amount": found.amount, "used_for": found.used_for,
        "cost": found.cost,
    }  # fmt: skip


def _divided(value: float | None, factor: int) -> float | None:
    return None if value is None else value / factor


def _times(value: float | None, factor: int) -> float | None:
    return None if value is None else round(value * factor, 6)
