"""What people write in a plan: needs, goals, interventions, how it goes. Few fields first, the rest under «Mer»."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tillit.care.careplans.actions import GoalFacts, InterventionFacts
from tillit.care.careplans.models import Basis, InterventionKind, OnHolidays, PartOfDay, Priority
from tillit.care.careplans.queries import GoalLine, InterventionLine
from tillit.care.careplans.rules.recurrence import Recurrence, TimeOfDay, weekdays_of
from tillit.foundation.workforce.models import Profession
from tillit.ui.fields import DayField, TimeField, TimeInput

Choice = tuple[str, Any]

WEEKDAYS: tuple[Choice, ...] = (
    ("1", _("Ma")),
    ("2", _("Ti")),
    ("3", _("On")),
    ("4", _("To")),
    ("5", _("Fr")),
    ("6", _("Lø")),
    ("7", _("Sø")),
)

USUAL_TIMES: dict[str, tuple[time, time]] = {
    "MORNING": (time(8), time(10)),
    "MIDDAY": (time(11, 30), time(13, 30)),
    "AFTERNOON": (time(15, 30), time(17)),
    "EVENING": (time(19), time(21, 30)),
    "NIGHT": (time(23), time(2)),
}
"""What stands in the fields until the writer says otherwise."""

EVERY_WEEKS: tuple[Choice, ...] = (
    ("1", _("Hver uke")),
    ("2", _("Hver andre uke")),
    ("3", _("Hver tredje uke")),
    ("4", _("Hver fjerde uke")),
    ("6", _("Hver sjette uke")),
    ("8", _("Hver åttende uke")),
    ("12", _("Hver tolvte uke")),
)


class EditedForm(forms.Form):
    """A form in a draft: it knows which edition the writer has seen."""

    edition = forms.IntegerField(widget=forms.HiddenInput)


class NeedForm(EditedForm):
    """What is difficult."""

    text = forms.CharField(
        label=_("Hva er vanskelig?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For eksempel: «Hun er redd for å falle i trappa.»"),
        error_messages={"required": _("Skriv hva som er vanskelig.")},
    )


class GoalForm(EditedForm):
    """A goal in the citizen's own words."""

    words = forms.CharField(
        label=_("Målet, med brukerens egne ord"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Skriv målet med brukerens egne ord.")},
    )
    evaluate_on = DayField(
        label=_("Når ser dere på målet sammen?"),
        required=False,
        help_text=_("For eksempel 15.01.2027. Trengs før planen tas i bruk."),
    )
    responsible_id = forms.TypedChoiceField(
        label=_("Hvem følger med på hvordan det går?"), coerce=int, empty_value=None, required=False
    )
    from_matters = forms.BooleanField(label=_("Målet kommer av det som er viktig for brukeren"), required=False)
    need_id = forms.TypedChoiceField(
        label=_("Hvilket behov gjelder det?"), coerce=int, empty_value=None, required=False
    )
    agreed = forms.CharField(
        label=_("Hvordan vet vi at målet er nådd?"),
        max_length=200,
        required=False,
        help_text=_("For eksempel: «Går til postkassa tre dager på rad.»"),
    )
    start_words = forms.CharField(
        label=_("Slik er det nå"), max_length=60, required=False, help_text=_("For eksempel: «10 meter»")
    )
    target_words = forms.CharField(
        label=_("Dit vil vi"), max_length=60, required=False, help_text=_("For eksempel: «120 meter»")
    )
    start_value = forms.DecimalField(
        label=_("Nå, som tall"), max_digits=8, decimal_places=2, required=False, localize=True
    )
    target_value = forms.DecimalField(
        label=_("Mål, som tall"), max_digits=8, decimal_places=2, required=False, localize=True
    )
    unit_of_measure = forms.CharField(
        label=_("Tallet er i"), max_length=40, required=False, help_text=_("Meter, netter i uka, minutter")
    )

    def __init__(
        self,
        data: Any = None,
        *,
        needs: Sequence[Choice],
        colleagues: Sequence[Choice],
        matters_id: int | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self.matters_id = matters_id
        _set_choices(self, "need_id", [("", _("Ikke knyttet til noe behov")), *needs])
        _set_choices(self, "responsible_id", [("", _("Velg en kollega")), *colleagues])
        if matters_id is None:
            del self.fields["from_matters"]
        if not needs:
            del self.fields["need_id"]

    def facts(self) -> GoalFacts:
        """What was written, for the action. Only after `is_valid()`."""
        data = self.cleaned_data
        return GoalFacts(
            words=data["words"],
            need_id=data.get("need_id"),
            matters_id=self.matters_id if data.get("from_matters") else None,
            agreed=data["agreed"],
            unit_of_measure=data["unit_of_measure"],
            start_value=data["start_value"],
            target_value=data["target_value"],
            start_words=data["start_words"],
            target_words=data["target_words"],
            evaluate_on=data["evaluate_on"],
            responsible_id=data["responsible_id"],
        )

    @staticmethod
    def initial_of(goal: GoalLine) -> dict[str, Any]:
        """What stands in the fields for a stored goal."""
        return {
            "words": goal.words,
            "evaluate_on": goal.evaluate_on,
            "responsible_id": goal.responsible_id,
            "from_matters": goal.matters_id is not None,
            "need_id": goal.need_id,
            "agreed": goal.agreed,
            "start_words": goal.start_words,
            "target_words": goal.target_words,
            "start_value": goal.start_value,
            "target_value": goal.target_value,
            "unit_of_measure": goal.unit_of_measure,
        }


@dataclass(frozen=True, slots=True)
class TimeRow:
    """One part of the day in the form: whether it is chosen, and between which times it may start."""

    part: str
    label: str
    chosen: BoundField
    earliest: BoundField
    latest: BoundField
    wished: BoundField

    @property
    def errors(self) -> list[str]:
        """What is wrong in the row."""
        return [
            str(error) for bound in (self.chosen, self.earliest, self.latest, self.wished) for error in bound.errors
        ]


class InterventionForm(EditedForm):
    """What we do, when in the day, which days, how long; the rest under «Mer»."""

    title = forms.CharField(
        label=_("Hva gjør vi?"), max_length=100, error_messages={"required": _("Skriv hva vi gjør.")}
    )
    weekdays = forms.MultipleChoiceField(
        label=_("Hvilke dager?"),
        choices=WEEKDAYS,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "ds-input"}),
        error_messages={"required": _("Velg minst én dag.")},
    )
    minutes = forms.IntegerField(
        label=_("Hvor mange minutter tar det?"),
        min_value=1,
        max_value=480,
        help_text=_("Et overslag holder. Siden lærer vi av besøkene."),
        error_messages={
            "required": _("Skriv omtrent hvor mange minutter det tar."),
            "min_value": _("Skriv hvor lang tid det tar, mellom 1 og 480 minutter."),
            "max_value": _("Skriv hvor lang tid det tar, mellom 1 og 480 minutter."),
            "invalid": _("Skriv minuttene som et tall, for eksempel 20."),
        },
    )
    belongs = forms.ChoiceField(label=_("Hva er det for?"))
    unit_id = forms.TypedChoiceField(
        label=_("Hvem gjør dette?"),
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Teamet følger ikke brukeren. Velg et av dem som gjør det.")},
    )
    how = forms.CharField(
        label=_("Slik vil brukeren ha det"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For eksempel: «La henne gå foran. Stol ved trappa.»"),
    )
    kind = forms.ChoiceField(label=_("Hva slags hjelp er det?"), choices=InterventionKind.choices)
    every_weeks = forms.TypedChoiceField(label=_("Hvor ofte?"), choices=EVERY_WEEKS, coerce=int)
    starts_on = DayField(label=_("Første dag"))
    ends_on = DayField(label=_("Siste dag"), required=False, help_text=_("Tom: inntil videre"))
    on_holidays = forms.ChoiceField(label=_("På helligdager"), choices=OnHolidays.choices)
    helpers = forms.TypedChoiceField(
        label=_("Hvor mange må være der samtidig?"),
        choices=[("1", _("Én")), ("2", pgettext_lazy("number", "To"))],
        coerce=int,
    )
    competence_id = forms.TypedChoiceField(
        label=_("Kompetanse som trengs"), coerce=int, empty_value=None, required=False
    )
    responsible_profession = forms.ChoiceField(
        label=_("Faglig ansvar"), choices=[("", _("Ikke bestemt")), *Profession.choices], required=False
    )
    priority = forms.TypedChoiceField(label=_("Hvis vi ikke rekker alt"), choices=Priority.choices, coerce=int)
    separate_visit = forms.BooleanField(label=_("Eget besøk, ikke sammen med annen hjelp"), required=False)
    least_minutes = forms.IntegerField(
        label=_("Minst så mange minutter mellom"),
        min_value=1,
        max_value=1440,
        required=False,
        help_text=_("Mellom to ganger samme dag. 360 er seks timer."),
    )
    most_minutes = forms.IntegerField(
        label=_("Høyst så mange minutter mellom"), min_value=1, max_value=1440, required=False
    )

    MORE = (
        "how", "kind", "every_weeks", "starts_on", "ends_on", "on_holidays", "helpers", "competence_id",
        "responsible_profession", "priority", "separate_visit", "least_minutes", "most_minutes",
    )  # fmt: skip

    def __init__(
        self,
        data: Any = None,
        *,
        goals: Sequence[Choice],
        competences: Sequence[Choice],
        units: Sequence[Choice] = (),
        **kwargs: Any,
    ) -> None:
        """units: who may carry it out, the main unit first with an empty value; none when only one follows her."""
        super().__init__(data, **kwargs)
        for part in PartOfDay:
            earliest, latest = USUAL_TIMES[part.value]
            self.fields[f"at_{part.value}"] = forms.BooleanField(
                label=part.label, required=False, widget=forms.CheckboxInput(attrs={"class": "ds-input"})
            )
            for name, usual in (("from", earliest), ("to", latest), ("wish", None)):
                self.fields[f"{name}_{part.value}"] = TimeField(
                    label=_TIME_LABELS[name],
                    required=False,
                    initial=usual,
                    help_text="",
                    widget=TimeInput({"class": "ds-input"}),
                )
        _set_choices(
            self,
            "belongs",
            [
                *goals,
                (Basis.SAFETY.value, Basis.SAFETY.label),
                (Basis.LAW.value, Basis.LAW.label),
                ("", _("Vet ikke ennå")),
            ],
        )
        self.fields["belongs"].required = False
        _set_choices(self, "competence_id", [("", _("Alle kan gjøre det")), *competences])
        _set_choices(self, "unit_id", units)
        if not units:
            del self.fields["unit_id"]
        elif str(self.initial.get("unit_id")) not in {value for value, _name in units}:
            self.initial["unit_id"] = ""  # the main unit, also when the one named follows her no longer

    @property
    def time_rows(self) -> list[TimeRow]:
        """The parts of the day, in order."""
        return [
            TimeRow(
                part=part.value,
                label=str(part.label),
                chosen=self[f"at_{part.value}"],
                earliest=self[f"from_{part.value}"],
                latest=self[f"to_{part.value}"],
                wished=self[f"wish_{part.value}"],
            )
            for part in PartOfDay
        ]

    @property
    def more_has_errors(self) -> bool:
        """Whether something under «Mer» must be mended: then it stands open."""
        wishes = (f"wish_{part.value}" for part in PartOfDay)
        return any(name in self.errors for name in (*self.MORE, *wishes))

    def clean(self) -> dict[str, Any]:
        """See that each chosen part of the day has both times, in order."""
        data = super().clean() or self.cleaned_data
        for part in PartOfDay:
            earliest, latest = data.get(f"from_{part.value}"), data.get(f"to_{part.value}")
            if (
                not data.get(f"at_{part.value}")
                or f"from_{part.value}" in self.errors
                or f"to_{part.value}" in self.errors
            ):
                continue
            if earliest is None or latest is None:
                name = "from" if earliest is None else "to"
                self.add_error(f"{name}_{part.value}", _("Skriv mellom hvilke klokkeslett det kan begynne."))
            elif latest < earliest and part is not PartOfDay.NIGHT:
                self.add_error(f"to_{part.value}", _("Senest er før tidligst. Bytt om."))
        return data

    def times(self) -> tuple[TimeOfDay, ...]:
        """The chosen times of the day. Only after `is_valid()`, or `read` of what is typed so far."""
        data = self.cleaned_data
        return tuple(
            TimeOfDay(
                part.value,
                data[f"from_{part.value}"],
                data[f"to_{part.value}"],
                wished=data.get(f"wish_{part.value}"),
            )
            for part in PartOfDay
            if data.get(f"at_{part.value}") and data.get(f"from_{part.value}") and data.get(f"to_{part.value}")
        )

    def facts(self) -> InterventionFacts:
        """What was written, for the action. Only after `is_valid()`."""
        data = self.cleaned_data
        belongs = str(data["belongs"])
        return InterventionFacts(
            title=data["title"],
            minutes=data["minutes"],
            starts_on=data["starts_on"],
            times=self.times(),
            kind=data["kind"],
            goal_id=int(belongs) if belongs.isdigit() else None,
            basis=belongs if belongs in (Basis.SAFETY, Basis.LAW) else Basis.GOAL.value,
            how=data["how"],
            helpers=data["helpers"],
            competence_id=data["competence_id"],
            responsible_profession=data["responsible_profession"],
            separate_visit=data["separate_visit"],
            priority=data["priority"],
            weekdays="".join(data["weekdays"]),
            every_weeks=data["every_weeks"],
            on_holidays=data["on_holidays"],
            ends_on=data["ends_on"],
            least_minutes=data["least_minutes"],
            most_minutes=data["most_minutes"],
            unit_id=data.get("unit_id"),
        )

    def recurrence(self) -> Recurrence | None:
        """The days chosen so far, or None while they say nothing. After `full_clean`."""
        data = self.cleaned_data
        if not data.get("weekdays") or not data.get("starts_on"):
            return None
        return Recurrence(
            weekdays=weekdays_of("".join(data["weekdays"])),
            starts_on=data["starts_on"],
            every_weeks=data.get("every_weeks") or 1,
            ends_on=data.get("ends_on"),
            skip_holidays=data.get("on_holidays") == OnHolidays.SKIP.value,
        )

    @staticmethod
    def initial_of(one: InterventionLine) -> dict[str, Any]:
        """What stands in the fields for a stored intervention."""
        found: dict[str, Any] = {
            "title": one.title,
            "weekdays": list(one.weekdays),
            "minutes": one.minutes,
            "belongs": str(one.goal_id) if one.goal_id else ("" if one.basis == Basis.GOAL.value else one.basis),
            "how": one.how,
            "kind": one.kind,
            "every_weeks": one.every_weeks,
            "starts_on": one.starts_on,
            "ends_on": one.ends_on,
            "on_holidays": one.on_holidays,
            "helpers": one.helpers,
            "competence_id": one.competence_id,
            "responsible_profession": one.responsible_profession,
            "priority": one.priority,
            "separate_visit": one.separate_visit,
            "least_minutes": one.least_minutes,
            "most_minutes": one.most_minutes,
            "unit_id": one.unit_id,
        }
        return found | times_initial(one.times)

    @staticmethod
    def initial_new(*, today: date, parts: Iterable[str] = ()) -> dict[str, Any]:
        """What stands in the fields of a new intervention."""
        return {
            "weekdays": list("1234567"),
            "kind": InterventionKind.OTHER.value,
            "every_weeks": 1,
            "starts_on": today,
            "on_holidays": OnHolidays.AS_USUAL.value,
            "helpers": 1,
            "priority": Priority.SHOULD.value,
        } | {f"at_{part}": True for part in parts}


class ProgressForm(forms.Form):
    """How far the citizen has come with a goal."""

    on = DayField(label=_("Hvilken dag?"))
    words = forms.CharField(
        label=_("Slik er det nå"), max_length=60, required=False, help_text=_("For eksempel: «60 meter»")
    )
    value = forms.DecimalField(label=_("Som tall"), max_digits=8, decimal_places=2, required=False, localize=True)


def times_initial(times: Iterable[TimeOfDay]) -> dict[str, Any]:
    """What stands in the time fields for these times."""
    found: dict[str, Any] = {}
    for one in times:
        found |= {
            f"at_{one.part}": True,
            f"from_{one.part}": one.earliest,
            f"to_{one.part}": one.latest,
            f"wish_{one.part}": one.wished,
        }
    return found


def _set_choices(form: forms.Form, name: str, choices: Sequence[Choice]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


_TIME_LABELS: dict[str, Any] = {"from": _("Tidligst"), "to": _("Senest"), "wish": _("Helst")}
