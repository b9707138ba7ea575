"""What people write about the therapists' cases."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.care.careplans.queries import GoalLine
from tillit.care.therapy.actions import Referral
from tillit.care.therapy.models import GroupProfession, Result, Source
from tillit.care.therapy.queries import GroupLine, Level
from tillit.ui.fields import DayField

_WORDS = forms.Textarea(attrs={"rows": 3})


def level_choices(levels: Sequence[Level]) -> list[tuple[int, str]]:
    """Return the priorities as one chooses among them: how soon, unless the lists differ, and for what."""
    text = _("Prioritet %(priority)d, innen %(days)d dager: %(criteria)s")
    plain = _("Prioritet %(priority)d: %(criteria)s")
    return [
        (
            one.priority,
            (text if one.days else plain) % {"priority": one.priority, "days": one.days, "criteria": one.criteria},
        )
        for one in levels
    ]


class ReferForm(forms.Form):
    """To which list, why, how soon, and who asked."""

    press_key = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    group_id = forms.TypedChoiceField(
        label=gettext_lazy("Hvem trengs?"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Velg hvilken liste det gjelder.")},
    )
    own_words = forms.CharField(
        label=gettext_lazy("Hva sier brukeren selv?"), required=False, max_length=2000, widget=_WORDS
    )
    reason = forms.CharField(
        label=gettext_lazy("Hvorfor?"),
        max_length=2000,
        widget=_WORDS,
        error_messages={"required": gettext_lazy("Skriv hvorfor.")},
    )
    priority = forms.TypedChoiceField(
        label=gettext_lazy("Hvor raskt?"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Velg en prioritet fra 1 til 4.")},
    )
    source = forms.ChoiceField(label=gettext_lazy("Hvem ba om det?"), choices=Source.choices)
    from_whom = forms.CharField(label=gettext_lazy("Navn eller avdeling"), required=False, max_length=100)

    def __init__(self, *args: Any, groups: Sequence[GroupLine], levels: Sequence[Level], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "group_id", [(one.group_id, one.name) for one in groups])
        _choose(self, "priority", level_choices(levels))

    def referral(self) -> Referral:
        """Return what was written. Only after `is_valid()`."""
        data = self.cleaned_data
        names = ("group_id", "reason", "priority", "source", "from_whom", "own_words")
        return Referral(**{name: data[name] for name in names})


class WriteForm(forms.Form):
    """What was done, and what comes next."""

    edition = forms.IntegerField(widget=forms.HiddenInput)
    words = forms.CharField(
        label=gettext_lazy("Hva er gjort?"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    is_interim = forms.BooleanField(label=gettext_lazy("Råd eller hjelpemiddel imens"), required=False)
    next_step = forms.CharField(label=gettext_lazy("Neste steg"), required=False, max_length=200)
    next_on = DayField(label=gettext_lazy("Når"), required=False)

    def __init__(self, *args: Any, waits: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if waits:  # nobody has it: only what is done meanwhile
            for name in ("is_interim", "next_step", "next_on"):
                del self.fields[name]
            self.fields["words"].label = _("Hvilke råd eller hjelpemidler får brukeren imens?")


class WhyForm(forms.Form):
    """Why a case is given back."""

    edition = forms.IntegerField(widget=forms.HiddenInput)
    why = forms.CharField(
        label=gettext_lazy("Hvorfor?"),
        max_length=1000,
        widget=_WORDS,
        error_messages={"required": gettext_lazy("Skriv hvorfor, så den neste vet det.")},
    )


class PriorityForm(forms.Form):
    """How pressing it is, and why that is changed."""

    edition = forms.IntegerField(widget=forms.HiddenInput)
    priority = forms.TypedChoiceField(label=gettext_lazy("Hvor raskt?"), coerce=int, widget=forms.RadioSelect)
    why = forms.CharField(
        label=gettext_lazy("Hvorfor endres den?"),
        max_length=1000,
        widget=_WORDS,
        error_messages={"required": gettext_lazy("Skriv hvorfor.")},
    )

    def __init__(self, *args: Any, levels: Sequence[Level], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "priority", level_choices(levels))


class CloseForm(forms.Form):
    """How it went, and which goals it was about."""

    edition = forms.IntegerField(widget=forms.HiddenInput)
    result = forms.ChoiceField(
        label=gettext_lazy("Hvordan gikk det?"),
        choices=Result.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Velg hvordan det gikk.")},
    )
    words = forms.CharField(
        label=gettext_lazy("Hva kom dere fram til, og hva går videre?"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Skriv hva dere kom fram til. Den som henviste, ser det.")},
    )
    goals = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Hvilke mål gjaldt det?"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, goals: Sequence[GoalLine], waits: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "goals", [(one.goal_id, f"«{one.words}»") for one in goals])
        if not goals:
            del self.fields["goals"]
        if waits:
            last = (Result.OTHERS, Result.NOT_NEEDED)
            _choose(self, "result", [(one.value, str(one.label)) for one in last])


class JoinForm(forms.Form):
    """Which visit, and what to do there together."""

    visit = forms.TypedChoiceField(
        label=gettext_lazy("Hvilket besøk?"),
        coerce=int,
        error_messages={"required": gettext_lazy("Velg et av besøkene som er planlagt.")},
    )
    why = forms.CharField(
        label=gettext_lazy("Hva skal dere gjøre sammen?"),
        max_length=200,
        error_messages={"required": gettext_lazy("Skriv hva dere skal gjøre sammen.")},
    )

    def __init__(self, *args: Any, visits: Sequence[tuple[str, Sequence[tuple[int, str]]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "visit", [("", _("Velg")), *visits])


class TermsForm(forms.Form):
    """How long each priority may wait, and what it is for."""

    edition = forms.IntegerField(widget=forms.HiddenInput)
    valid_from = DayField(label=gettext_lazy("Gjelder fra"))

    def __init__(self, *args: Any, levels: Sequence[Level], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in levels:
            number = {"number": one.priority}
            self.fields[f"days_{one.priority}"] = forms.IntegerField(
                label=_("Prioritet %(number)d: dager") % number, min_value=1, max_value=365, initial=one.days
            )
            self.fields[f"criteria_{one.priority}"] = forms.CharField(
                label=_("Prioritet %(number)d: hva den er for") % number, max_length=300, initial=one.criteria,
                widget=forms.Textarea(attrs={"rows": 2}),
            )  # fmt: skip
        self.order_fields(["edition", *(name for name in self.fields if name != "valid_from"), "valid_from"])

    def levels(self) -> dict[int, tuple[int, str]]:
        """Return what was written. Only after `is_valid()`."""
        data = self.cleaned_data
        return {level: (data[f"days_{level}"], data[f"criteria_{level}"]) for level in (1, 2, 3, 4)}


class GroupForm(forms.Form):
    """A new list: of which profession, under which unit."""

    profession = forms.ChoiceField(label=gettext_lazy("Fag"), choices=GroupProfession.choices)
    unit_id = forms.TypedChoiceField(label=gettext_lazy("For hvem"), coerce=int)

    def __init__(self, *args: Any, units: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "unit_id", list(units))


def _choose(form: forms.Form, name: str, choices: list[Any]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
