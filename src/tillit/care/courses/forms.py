"""What people write about a course."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.care.careplans.forms import WEEKDAYS
from tillit.care.citizens.queries import Colleague
from tillit.care.courses.actions import CourseFacts
from tillit.care.courses.actions.weekly import SessionFacts
from tillit.care.courses.models import ResultChoice, WhoChoice
from tillit.care.courses.queries import SessionLine
from tillit.care.courses.rules.course import Result, Who
from tillit.ui.fields import DayField

ROWS = 10
"""So many sessions fit in the form at once; there is always room for some more."""
_SPARE = 3


class CourseForm(forms.Form):
    """What she will manage again, from when, how long, and who is with her."""

    edition = forms.IntegerField(required=False, widget=forms.HiddenInput)
    press_key = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    own_words = forms.CharField(
        label=gettext_lazy("Hva vil brukeren klare igjen?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    starts_on = DayField(label=gettext_lazy("Første dag"))
    weeks = forms.IntegerField(
        label=gettext_lazy("Hvor mange uker?"), min_value=1, max_value=26, widget=forms.NumberInput()
    )
    why = forms.CharField(
        label=gettext_lazy("Hvorfor kortere eller lengre enn vanlig?"), required=False, max_length=200
    )
    trainer_id = forms.TypedChoiceField(
        label=gettext_lazy("Hjemmetrener"), required=False, coerce=int, empty_value=None
    )
    therapist_id = forms.TypedChoiceField(label=gettext_lazy("Terapeut"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, colleagues: Sequence[Colleague], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(one.employee_id, f"{one.name}, {one.profession_name.lower()}") for one in colleagues]
        for name in ("trainer_id", "therapist_id"):
            field = self.fields[name]
            assert isinstance(field, forms.TypedChoiceField)
            field.choices = [("", _("Ingen ennå")), *names]

    def facts(self) -> CourseFacts:
        """Return what was written. Only after `is_valid()`."""
        data = self.cleaned_data
        return CourseFacts(
            own_words=data["own_words"],
            starts_on=data["starts_on"],
            weeks=data["weeks"],
            trainer_id=data["trainer_id"],
            therapist_id=data["therapist_id"],
            why=data["why"],
        )


class WeekForm(forms.Form):
    """The weekly plan, some rows with room for more. An empty row is no session."""

    edition = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, sessions: Sequence[SessionLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.numbers = range(1, max(ROWS, len(sessions) + _SPARE) + 1)
        for number in self.numbers:
            known = sessions[number - 1] if number <= len(sessions) else None
            self.fields[f"weekday_{number}"] = forms.TypedChoiceField(
                label=_("Dag"), required=False, coerce=int, empty_value=None, choices=[("", "–"), *WEEKDAYS],
                initial=known.weekday if known else None,
            )  # fmt: skip
            self.fields[f"what_{number}"] = forms.CharField(
                label=_("Hva brukeren gjør"), required=False, max_length=120, initial=known.what if known else ""
            )
            self.fields[f"who_{number}"] = forms.ChoiceField(
                label=_("Sammen med"), required=False, choices=WhoChoice.choices,
                initial=known.who if known else Who.TRAINER.value,
            )  # fmt: skip

    def rows(self) -> list[list[BoundField]]:
        """Return the rows, as they are drawn."""
        return [[self[f"{name}_{number}"] for name in ("weekday", "what", "who")] for number in self.numbers]

    def clean(self) -> dict[str, Any]:
        """A session has a day and words, or neither."""
        for number in self.numbers:
            weekday, what = self.cleaned_data.get(f"weekday_{number}"), self.cleaned_data.get(f"what_{number}")
            if what and not weekday:
                self.add_error(f"weekday_{number}", _("Velg en dag."))
            if weekday and not what:
                self.add_error(f"what_{number}", _("Skriv hva brukeren gjør."))
        return self.cleaned_data

    def sessions(self) -> list[SessionFacts]:
        """Return the rows in which something stands, by weekday. Only after `is_valid()`."""
        data = self.cleaned_data
        found = [
            SessionFacts(data[f"weekday_{number}"], data[f"what_{number}"], Who(data[f"who_{number}"] or "TRAINER"))
            for number in self.numbers
            if data[f"what_{number}"]
        ]
        return sorted(found, key=lambda one: one.weekday)


class EndForm(forms.Form):
    """Her own words first, then how it went."""

    edition = forms.IntegerField(widget=forms.HiddenInput)
    end_words = forms.CharField(
        label=gettext_lazy("Hva sier brukeren selv?"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    result = forms.ChoiceField(
        label=gettext_lazy("Hvordan gikk det?"),
        choices=ResultChoice.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Velg hvordan det gikk.")},
    )
    result_words = forms.CharField(
        label=gettext_lazy("Hva har vi sett, og hva går videre?"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    ended_on = DayField(label=gettext_lazy("Siste dag"))

    def chosen(self) -> Result:
        """Return how it went. Only after `is_valid()`."""
        return Result(self.cleaned_data["result"])


class TermsForm(forms.Form):
    """How many weeks a course usually is."""

    least_weeks = forms.IntegerField(label=gettext_lazy("Fra og med, uker"), min_value=1, max_value=26)
    most_weeks = forms.IntegerField(label=gettext_lazy("Til og med, uker"), min_value=1, max_value=26)
    valid_from = DayField(label=gettext_lazy("Gjelder fra"))
