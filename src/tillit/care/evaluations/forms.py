"""What people write: an evaluation, and the numbers of a scale."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.care.evaluations.actions import Evaluated
from tillit.care.evaluations.models import OutcomeChoice
from tillit.care.evaluations.queries.wording import LEVEL_WORDS
from tillit.care.evaluations.rules import copm, psfs, sppb
from tillit.care.evaluations.rules.activities import MOST_ACTIVITIES
from tillit.care.evaluations.rules.numbers import Measured
from tillit.care.evaluations.rules.outcome import Lack, Less, Outcome
from tillit.ui.fields import DayField

LACK_TEXTS = {
    Lack.NOTHING_SAID: ("own_words", gettext_lazy("Skriv det brukeren sa, eller hvorfor ordene mangler.")),
    Lack.NO_OUTCOME: ("outcome", gettext_lazy("Velg hva dere ble enige om.")),
    Lack.NO_NEXT_DAY: ("next_on", gettext_lazy("Velg når dere ser på målet igjen.")),
    Lack.NEXT_DAY_PASSED: ("next_on", gettext_lazy("Velg en dag fram i tid.")),
    Lack.NEXT_DAY_FAR: ("next_on", gettext_lazy("Velg en dag innen et halvt år.")),
}


class EvaluateForm(forms.Form):
    """Her own words first; then how far, what was agreed, and when it is looked at again."""

    edition = forms.IntegerField(widget=forms.HiddenInput)
    press_key = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    own_words = forms.CharField(
        label=gettext_lazy("Hva sier brukeren selv om målet?"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    why_no_words = forms.CharField(label=gettext_lazy("Hvorfor mangler ordene?"), required=False, max_length=200)
    with_whom = forms.CharField(label=gettext_lazy("Hvem andre var med?"), required=False, max_length=200)
    level = forms.ChoiceField(
        label=gettext_lazy("Hvor langt kom dere?"),
        required=False,
        choices=[(str(level), words) for level, words in LEVEL_WORDS.items()],
        widget=forms.RadioSelect,
    )
    seen = forms.CharField(
        label=gettext_lazy("Hva har vi sett?"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    outcome = forms.ChoiceField(
        label=gettext_lazy("Hva er dere enige om?"),
        required=False,
        choices=OutcomeChoice.choices,
        widget=forms.RadioSelect,
    )
    next_on = DayField(label=gettext_lazy("Når ser dere på målet igjen?"), required=False)
    ask = forms.BooleanField(
        label=gettext_lazy("Spør brukeren etterpå"),
        required=False,
        help_text=gettext_lazy("To korte spørsmål om hva brukeren selv synes."),
    )

    def __init__(
        self, *args: Any, interventions: Iterable[tuple[int, str, Sequence[tuple[str, str]]]] = (), **kwargs: Any
    ) -> None:
        """interventions: (line, what, (code, label) of what may become of it)."""
        super().__init__(*args, **kwargs)
        self.less_names: list[str] = []
        for line, what, ways in interventions:
            name = f"less_{line}"
            self.less_names.append(name)
            self.fields[name] = forms.ChoiceField(label=what, required=False, choices=ways)

    def less_fields(self) -> list[BoundField]:
        """Return the fields of the goal's interventions."""
        return [self[name] for name in self.less_names]

    def facts(self) -> Evaluated:
        """Return what was written. Only after `is_valid()`."""
        data = self.cleaned_data
        return Evaluated(
            outcome=Outcome(data["outcome"]) if data["outcome"] else None,
            own_words=data["own_words"],
            why_no_words=data["why_no_words"],
            with_whom=data["with_whom"],
            seen=data["seen"],
            level=int(data["level"]) if data["level"] else None,
            next_on=data["next_on"],
            less={int(name.removeprefix("less_")): Less(data[name]) for name in self.less_names if data[name]},
            ask=data["ask"],
        )

    def say_lacks(self, found: Iterable[Lack]) -> None:
        """Put each lack by its field."""
        for lack in found:
            name, text = LACK_TEXTS[lack]
            self.add_error(name, str(text))


class MeasureForm(forms.Form):
    """What all scales have: a day. One press is one measure."""

    measured_on = DayField(label=gettext_lazy("Når ble det målt?"))
    press_key = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def measured(self) -> Measured:
        """Return the numbers. Only after `is_valid()`."""
        raise NotImplementedError

    @property
    def rows(self) -> list[list[BoundField]]:
        """Return the fields in rows, as they are drawn."""
        raise NotImplementedError


def _score(label: str, least: int, most: int) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=least,
        max_value=most,
        widget=forms.NumberInput(attrs={"class": "ti-short", "inputmode": "numeric"}),
        error_messages={"invalid": _("Skriv et helt tall.")},
    )


class ActivitiesForm(MeasureForm):
    """Up to five activities in the citizen's words, each with its scores. Only rows with words count."""

    scores: tuple[tuple[str, Any, int, int], ...] = ()

    def __init__(self, *args: Any, activities: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, MOST_ACTIVITIES + 1):
            known = activities[number - 1] if number <= len(activities) else ""
            self.fields[f"text_{number}"] = forms.CharField(
                label=_("Aktivitet %(number)d") % {"number": number}, required=False, max_length=100, initial=known
            )
            for name, label, least, most in self.scores:
                self.fields[f"{name}_{number}"] = _score(str(label), least, most)

    @property
    def rows(self) -> list[list[BoundField]]:
        """Return one row for each activity."""
        names = ("text", *(name for name, *_rest in self.scores))
        return [[self[f"{name}_{number}"] for name in names] for number in range(1, MOST_ACTIVITIES + 1)]

    def said(self) -> list[tuple[str, dict[str, int | None]]]:
        """Return the rows in which something stands."""
        found = []
        for number in range(1, MOST_ACTIVITIES + 1):
            text = self.cleaned_data[f"text_{number}"].strip()
            scores = {name: self.cleaned_data[f"{name}_{number}"] for name, *_rest in self.scores}
            if text or any(score is not None for score in scores.values()):
                found.append((text, scores))
        return found


class CopmForm(ActivitiesForm):
    """COPM: numbers and the words of the activity. The form itself is not here."""

    scores = (
        ("importance", gettext_lazy("Betydning"), copm.LEAST, copm.MOST),
        ("performance", gettext_lazy("Utførelse"), copm.LEAST, copm.MOST),
        ("satisfaction", gettext_lazy("Tilfredshet"), copm.LEAST, copm.MOST),
    )

    def measured(self) -> Measured:
        """Return the activities."""
        return tuple(copm.Activity(text, **scores) for text, scores in self.said())


class PsfsForm(ActivitiesForm):
    """PSFS."""

    scores = (("score", gettext_lazy("Hvor godt går det?"), psfs.LEAST, psfs.MOST),)

    def measured(self) -> Measured:
        """Return the activities."""
        return tuple(psfs.Activity(text, scores["score"]) for text, scores in self.said())


class SecondsField(forms.DecimalField):
    """Seconds, with a comma or a point in every language."""

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # the stubs say int
        """Return the seconds; None when nothing stands there."""
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)


def _seconds(label: Any, *, most: Decimal) -> forms.DecimalField:
    return SecondsField(
        label=label,
        required=False,
        min_value=0,
        max_value=most,
        decimal_places=2,
        widget=forms.TextInput(attrs={"class": "ti-short", "inputmode": "decimal", "autocomplete": "off"}),
        error_messages={"invalid": gettext_lazy("Skriv sekunder som 7,5.")},
    )


class SppbForm(MeasureForm):
    """SPPB: seconds; the points are counted."""

    side_by_side = _seconds(gettext_lazy("Føttene samlet"), most=sppb.MOST_HELD)
    semi_tandem = _seconds(gettext_lazy("Den ene foten litt foran"), most=sppb.MOST_HELD)
    tandem = _seconds(gettext_lazy("Hæl mot tå"), most=sppb.MOST_HELD)
    gait = _seconds(gettext_lazy("Gange 4 meter"), most=sppb.MOST_SECONDS)
    gait_unable = forms.BooleanField(label=gettext_lazy("Klarte ikke å gå"), required=False)
    chair = _seconds(gettext_lazy("Reise seg fem ganger"), most=sppb.MOST_SECONDS)
    chair_unable = forms.BooleanField(label=gettext_lazy("Klarte ikke å reise seg"), required=False)

    @property
    def rows(self) -> list[list[BoundField]]:
        """Return balance, walking, rising."""
        names = (("side_by_side", "semi_tandem", "tandem"), ("gait", "gait_unable"), ("chair", "chair_unable"))
        return [[self[name] for name in row] for row in names]

    def measured(self) -> Measured:
        """Return the seconds."""
        data = self.cleaned_data
        return sppb.Tested(
            side_by_side=data["side_by_side"],
            semi_tandem=data["semi_tandem"],
            tandem=data["tandem"],
            gait=None if data["gait_unable"] else data["gait"],
            chair=None if data["chair_unable"] else data["chair"],
            gait_unable=data["gait_unable"],
            chair_unable=data["chair_unable"],
        )


def measure_form(tool: str, data: Any, *, today: date, press_key: str, activities: Sequence[str]) -> MeasureForm:
    """Return the form of a scale. activities: the words from the last time. Raises KeyError for an unknown scale."""
    initial = {"measured_on": today, "press_key": press_key}
    if tool == "SPPB":
        return SppbForm(data, initial=initial)
    return {"COPM": CopmForm, "PSFS": PsfsForm}[tool](data, initial=initial, activities=activities)
