"""A pilot, its teams, its end, and a line of its log."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.learning.improvement.models import Disturbance, LogKind, Outcome, Variant
from tillit.ui.clashing import SeenForm
from tillit.ui.fields import DayField

_TOO_LONG = _("Teksten er for lang. Kort den ned til %(limit_value)s tegn.")
Options = Sequence[tuple[int | str, str]]


def _choose(form: forms.Form, name: str, choices: Options) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)


class _Told(SeenForm):
    """What a pilot is called, and what is tried."""

    name = forms.CharField(
        label=_("Hva heter piloten?"), max_length=100,
        error_messages={"max_length": _TOO_LONG},
    )  # fmt: skip
    tries = forms.CharField(
        label=_("Hva prøver dere?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _TOO_LONG},
    )  # fmt: skip
    is_order_drawn = forms.BooleanField(
        label=_("Rekkefølgen teamene begynner i, er trukket ut"), required=False,
        help_text=_("Da kan dere si mer om virkningen etterpå. Det koster ingenting."),
    )  # fmt: skip


class _Trying(forms.Form):
    """What a team tries, from which day."""

    variant = forms.ChoiceField(
        label=_("Hva prøver teamet?"), choices=Variant.choices, required=False,
        help_text=_("Team i ordinær drift er med for å sammenlikne."),
    )  # fmt: skip
    own_words = forms.CharField(
        label=_("Hva heter det, når det er noe annet?"), max_length=60, required=False,
        error_messages={"max_length": _TOO_LONG},
    )  # fmt: skip
    joined_on = DayField(
        label=_("Fra hvilken dag?"),
        required=False,
    )


class PilotForm(_Told, _Trying):
    """A new pilot, with its first teams."""

    unit = forms.TypedChoiceField(
        label=_("Hvem har piloten?"), coerce=int,
        error_messages={"invalid_choice": _("Velg en enhet på lista.")},
    )  # fmt: skip
    teams = forms.TypedMultipleChoiceField(
        label=_("Hvilke team er med?"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Flere team kan bli med senere, på en annen dag."),
        error_messages={"invalid_choice": _("Velg team på lista.")},
    )  # fmt: skip
    field_order = ("edition", "name", "tries", "unit", "teams", "variant", "own_words", "joined_on", "is_order_drawn")

    def __init__(self, *args: Any, units: Options, teams: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "unit", units)
        _choose(self, "teams", teams)
        if len(units) == 1:
            self.fields["unit"].widget = forms.HiddenInput()
            self.fields["unit"].initial = units[0][0]


class EditPilotForm(_Told):
    """What is said of a pilot."""


class TeamForm(SeenForm, _Trying):
    """A team that joins. teams: None when it is in the pilot already."""

    unit = forms.TypedChoiceField(
        label=_("Hvilket team?"), coerce=int,
        error_messages={"invalid_choice": _("Velg et team på lista.")},
    )  # fmt: skip
    field_order = ("edition", "unit", "variant", "own_words", "joined_on")

    def __init__(self, *args: Any, teams: Options | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["joined_on"].required = self.fields["variant"].required = True
        if teams is None:
            del self.fields["unit"]
        else:
            _choose(self, "unit", teams)


class EndForm(SeenForm):
    """How a pilot ends."""

    outcome = forms.ChoiceField(
        label=_("Hva skjer videre?"), choices=Outcome.choices, widget=forms.RadioSelect,
    )  # fmt: skip
    words = forms.CharField(
        label=_("Hvorfor, og hvem tar det videre?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _TOO_LONG},
    )  # fmt: skip


class LogForm(forms.Form):
    """A line of the log."""

    kind = forms.ChoiceField(
        label=_("Hva vil du skrive om?"), choices=LogKind.choices, widget=forms.RadioSelect,
    )  # fmt: skip
    disturbance = forms.ChoiceField(
        label=_("Hva kan forstyrre tallene?"), required=False, choices=[("", "–"), *Disturbance.choices],
        help_text=_("Det står ved siden av alle resultatene, så ingen tror at modellen er hele forklaringen."),
    )  # fmt: skip
    team = forms.TypedChoiceField(label=_("Hvem gjelder det?"), coerce=int, required=False, empty_value=None)
    happened_on = DayField(label=_("Hvilken dag?"))
    words = forms.CharField(
        label=_("Med egne ord, uten navn på folk"), max_length=300, required=False,
        widget=forms.Textarea(attrs={"rows": 2}), error_messages={"max_length": _TOO_LONG},
    )  # fmt: skip

    def __init__(self, *args: Any, teams: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "team", [("", _("Hele piloten")), *teams])  # type: ignore[list-item]

    def clean(self) -> dict[str, Any]:
        """Say at the field what is missing. The action asks again."""
        said = super().clean() or {}
        kind, disturbance = said.get("kind"), said.get("disturbance", "")
        if kind == LogKind.DISTURBED and not disturbance:
            self.add_error("disturbance", _("Velg hva som kan forstyrre tallene."))
        wanted = kind != LogKind.DISTURBED or disturbance == Disturbance.OTHER
        if wanted and "words" in said and not said["words"].strip():
            self.add_error("words", _("Skriv én linje om hva det er."))
        return said
