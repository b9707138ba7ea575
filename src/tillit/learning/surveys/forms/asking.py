"""What is written of surveys: the launch, and what the team does next."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.learning.surveys.rules.cards import MOST_CARDS
from tillit.learning.surveys.rules.joining import LEAST
from tillit.ui.fields import DayField

_TOO_LONG = _("Teksten er for lang. Kort den ned til %(limit_value)s tegn.")


class AskForm(forms.Form):
    """Which questions, to which teams, until when. title: empty gives the questions' own name and the month."""

    instrument = forms.ChoiceField(
        label=_("Hva vil dere spørre om?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg spørsmål."), "invalid_choice": _("Velg spørsmål fra lista.")},
    )
    units = forms.TypedMultipleChoiceField(
        label=_("Hvilke team?"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Velg minst ett team."), "invalid_choice": _("Velg team fra lista.")},
    )
    closes_on = DayField(label=_("Siste dag å svare"), error_messages={"required": _("Skriv siste dag å svare.")})
    cards = forms.IntegerField(
        label=_("Hvor mange kort deler hvert team ut?"),
        required=False,
        min_value=LEAST,
        max_value=MOST_CARDS,
        help_text=_("For brukere, pårørende og samlinger. De svarer med kort, uten innlogging."),
        error_messages={
            "invalid": _("Skriv et helt tall."),
            "min_value": _("Skriv minst %(limit_value)s."),
            "max_value": _("Skriv høyst %(limit_value)s."),
        },
    )
    pairs = forms.BooleanField(
        label=_("La dem som vil, lage en kode"),
        required=False,
        help_text=_(
            "Da kan endringen vises hos de samme fra runde til runde, uten at teamet eller lederne vet hvem."
            " Ikke for pulsen."
        ),
    )
    title = forms.CharField(
        label=_("Navn"),
        max_length=120,
        required=False,
        error_messages={"max_length": _TOO_LONG},
        help_text=_("Tomt felt gir navnet på spørsmålene og måneden."),
    )

    def __init__(
        self, *args: Any, instruments: list[tuple[str, str]], units: list[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        asked, teams = self.fields["instrument"], self.fields["units"]
        assert isinstance(asked, forms.ChoiceField) and isinstance(teams, forms.ChoiceField)
        asked.choices, teams.choices = instruments, units


class NextStepForm(forms.Form):
    """What the team does next, and when it looks again."""

    unit = forms.IntegerField(widget=forms.HiddenInput(), min_value=1, max_value=2**62)
    words = forms.CharField(
        label=_("Hva gjør vi videre?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Skriv hva dere gjør videre."), "max_length": _TOO_LONG},
    )
    look_again_on = DayField(label=_("Se på det igjen"), required=False)
