"""What is written of deviations: what happened, and the answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.teamwork.deviations.models import DeviationAbout, DeviationKind

_TOO_LONG = _("Teksten er for lang. Kort den ned til %(limit_value)s tegn.")


class ReportForm(forms.Form):
    """What happened: the pressed button says the kind, and sends it. citizen, visit, team: where it was pressed."""

    press_key = forms.CharField(max_length=64, widget=forms.HiddenInput())
    citizen = forms.IntegerField(required=False, widget=forms.HiddenInput(), min_value=1, max_value=2**62)
    visit = forms.IntegerField(required=False, widget=forms.HiddenInput(), min_value=1, max_value=2**62)
    team = forms.IntegerField(required=False, widget=forms.HiddenInput(), min_value=1, max_value=2**62)
    about = forms.ChoiceField(
        label=_("Hvem gjelder det?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg hvem det gjelder.")},
    )
    words = forms.CharField(
        label=_("Med én linje, om du vil"),
        max_length=500,
        required=False,
        error_messages={"max_length": _TOO_LONG},
    )
    kind = forms.ChoiceField(
        label=_("Hva skjedde?"),
        choices=DeviationKind.choices,
        error_messages={"required": _("Trykk på det som skjedde."), "invalid_choice": _("Trykk på det som skjedde.")},
    )

    def __init__(self, *args: Any, has_citizen: bool, citizen_name: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        about = self.fields["about"]
        assert isinstance(about, forms.ChoiceField)
        about.choices = [
            (one.value, citizen_name or one.label if one is DeviationAbout.CITIZEN else one.label)
            for one in DeviationAbout
            if has_citizen or one is not DeviationAbout.CITIZEN
        ]


class AnswerForm(forms.Form):
    """The answer to the one who told, and what the team does otherwise from now."""

    answer = forms.CharField(
        label=_("Svar til den som meldte"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Skriv hva dere gjør med det."), "max_length": _TOO_LONG},
    )
    learned = forms.CharField(
        label=_("Hva gjør dere annerledes fra nå?"),
        max_length=200,
        required=False,
        error_messages={"max_length": _TOO_LONG},
    )
