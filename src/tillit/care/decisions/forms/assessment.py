"""The form of an assessment. The levels are fields of their own: `n-7` is the seventh variable."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.care.decisions.actions import Written
from tillit.ui.fields import DayField

Choice = tuple[str, str]
LEVEL = "n-"


class AssessmentForm(forms.Form):
    """What was found out, by whom, and how she sees it herself."""

    held_on = DayField(
        label=gettext_lazy("Når dere møttes"), help_text="", error_messages={"required": gettext_lazy("Skriv dagen.")}
    )
    place = forms.CharField(label=gettext_lazy("Hvor"), max_length=100, required=False)
    assessors = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Hvem vurderte"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Velg minst én som vurderte behovet.")},
    )
    conversation = forms.TypedChoiceField(
        label=gettext_lazy("Samtalen det bygger på"), coerce=int, required=False, empty_value=None
    )
    own_view = forms.CharField(
        label=gettext_lazy("Brukerens eget syn"),
        help_text=gettext_lazy("Dette står i brevet. Skriv til brukeren: «Du vil helst …»."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    summary = forms.CharField(
        label=gettext_lazy("Det dere fant ut"),
        help_text=gettext_lazy("Dette står i brevet. Skriv til brukeren: «Du bor alene og …»."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, *args: Any, people: Sequence[Choice], conversations: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("assessors", people), ("conversation", [("", _("Ingen samtale")), *conversations])):
            listed = self.fields[name]
            assert isinstance(listed, forms.ChoiceField)
            listed.choices = list(choices)

    def written(self, levels: Mapping[int, int]) -> Written:
        """What stands in a valid form."""
        said = self.cleaned_data
        return Written(
            held_on=said["held_on"],
            place=said["place"],
            own_view=said["own_view"],
            summary=said["summary"],
            assessor_ids=said["assessors"],
            levels=levels,
            conversation_id=said["conversation"],
        )


def levels_in(posted: Mapping[str, Any]) -> dict[int, int]:
    """Return the levels that were chosen."""
    return {
        int(name.removeprefix(LEVEL)): int(value)
        for name, value in posted.items()
        if name.startswith(LEVEL) and name.removeprefix(LEVEL).isdigit() and str(value).isdigit()
    }
