"""What is written of gatherings."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.learning.surveys.rules.themes import LONGEST_THEME, MOST_CHARACTERS, MOST_PEOPLE
from tillit.ui.fields import DayField

_TOO_LONG = _("Teksten er for lang. Kort den ned til %(limit_value)s tegn.")


class GatheringForm(forms.Form):
    """Where, when and how many. campaign: the survey it was about; empty: none."""

    unit = forms.TypedChoiceField(
        label=_("Hvilket team?"),
        coerce=int,
        error_messages={"required": _("Velg team."), "invalid_choice": _("Velg team fra lista.")},
    )
    held_on = DayField(label=_("Hvilken dag?"), error_messages={"required": _("Skriv hvilken dag det var.")})
    people = forms.IntegerField(
        label=_("Hvor mange var der?"),
        min_value=1,
        max_value=MOST_PEOPLE,
        help_text=_("Uten deg som ledet. Er det færre enn fem, ser bare du det som ble sagt."),
        error_messages={
            "required": _("Skriv hvor mange som var der."),
            "invalid": _("Skriv et helt tall."),
            "min_value": _("Skriv minst %(limit_value)s."),
            "max_value": _("Skriv høyst %(limit_value)s."),
        },
    )
    campaign = forms.TypedChoiceField(
        label=_("Handlet det om en undersøkelse?"),
        coerce=int,
        required=False,
        empty_value=None,
        error_messages={"invalid_choice": _("Velg fra lista.")},
    )

    def __init__(
        self, *args: Any, units: list[tuple[int, str]], campaigns: list[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        teams, about = self.fields["unit"], self.fields["campaign"]
        assert isinstance(teams, forms.ChoiceField) and isinstance(about, forms.ChoiceField)
        teams.choices, about.choices = units, [("", _("Nei")), *campaigns]


class StatementForm(forms.Form):
    """One thing that was said, and what it was about. corrects: of what it stands instead; sure: names are no names."""

    corrects = forms.IntegerField(required=False, widget=forms.HiddenInput(), min_value=1, max_value=2**62)
    words = forms.CharField(
        label=_("Hva ble sagt?"),
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Én ting, kort, uten navn på noen."),
        error_messages={"required": _("Skriv hva som ble sagt."), "max_length": _TOO_LONG},
    )
    themes = forms.MultipleChoiceField(
        label=_("Hva handlet det om?"),
        required=False,
        help_text=_("Velg ett til tre, eller skriv et eget under."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Velg fra lista.")},
    )
    own_theme = forms.CharField(
        label=_("Et annet tema"),
        required=False,
        max_length=LONGEST_THEME,
        help_text=_("Med egne ord, ett eller to."),
        error_messages={"max_length": _TOO_LONG},
    )
    sure = forms.BooleanField(label=_("Jeg har sett på ordene. Ingen kan kjennes igjen."), required=False)

    def __init__(self, *args: Any, themes: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["themes"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = [(name, name) for name in themes]
