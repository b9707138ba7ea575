"""The definition of an own indicator: choices from one fact, and what people shall read."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.learning.insight.queries.own import Owner, OwnLine
from tillit.learning.insight.rules.indicators import Better, Step
from tillit.learning.insight.rules.own import FACTS, LEAST, MOST_LEAST, Recipe, Said, Way
from tillit.learning.insight.words import own as words
from tillit.ui.clashing import SeenForm

_TOO_LONG = {"max_length": _("Skriv det kortere: høyst %(limit_value)s tegn.")}
_CHOOSE = {"required": _("Velg en av dem."), "invalid_choice": _("Velg en av dem som står her.")}
_LEAST = {
    "required": _("Skriv et tall."),
    "invalid": _("Skriv et helt tall, for eksempel 5."),
    "min_value": _("Minste gruppe kan ikke være under %(limit_value)s."),
    "max_value": _("Minste gruppe kan ikke være over %(limit_value)s."),
}


class OwnForm(SeenForm):
    """An own indicator. Nothing in it is an expression: how, which rows and how often are choices of the fact."""

    press_key = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput())
    name = forms.CharField(
        label=_("Hva heter tallet?"),
        max_length=80,
        help_text=_("Med vanlige ord, for eksempel «Fall» eller «Avlyste besøk»."),
        error_messages=_TOO_LONG,
    )
    way = forms.ChoiceField(label=_("Hvordan skal det telles?"), error_messages=_CHOOSE)
    only = forms.ChoiceField(label=_("Hvilke skal være med?"), required=False, error_messages=_CHOOSE)
    step = forms.ChoiceField(label=_("Hvor ofte?"), error_messages=_CHOOSE)
    better = forms.ChoiceField(
        label=_("Hvilken vei er bedre?"),
        choices=[
            (Better.DOWN.value, _("Lavere er bedre")),
            (Better.UP.value, _("Høyere er bedre")),
            (Better.NEITHER.value, _("Ingen av dem. Tallet beskriver")),
        ],
        error_messages=_CHOOSE,
    )
    why = forms.CharField(
        label=_("Hvorfor teller dere dette?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("En setning alle forstår. Ikke skriv navn på personer."),
        error_messages=_TOO_LONG,
    )
    target = forms.CharField(
        label=_("Hva vil dere nå?"),
        max_length=120,
        required=False,
        help_text=_("For eksempel «Under 20 i måneden innen sommeren»."),
        error_messages=_TOO_LONG,
    )
    least = forms.IntegerField(label=_("Minste gruppe"), min_value=LEAST, max_value=MOST_LEAST, error_messages=_LEAST)
    owner = forms.ChoiceField(
        label=_("Hvem eier tallet?"),
        help_text=_("Den som svarer for at det telles riktig. Sidene viser rollen, ikke navnet."),
        error_messages=_CHOOSE,
    )

    def __init__(self, *args: Any, fact: str, owners: Sequence[Owner], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fact = fact
        one = FACTS[fact]
        steps = {Step.WEEK: _("Hver uke"), Step.MONTH: _("Hver måned")}
        self._choices("way", words.ways(fact))
        self._choices("only", words.filters(fact))
        self._choices("step", [(step.value, steps[step]) for step in one.steps])
        self._choices("owner", [(str(each.employee_id), f"{each.name}, {words.role(each.role)}") for each in owners])
        least = max(one.least, LEAST)
        self.fields["least"].help_text = _(
            "Bygger tallet på færre, vises det ikke. Minst %(least)s for dette. For andeler kan det kreves flere."
        ) % {"least": least}
        if len(words.filters(fact)) == 1:
            del self.fields["only"]

    def _choices(self, name: str, choices: Sequence[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(choices)

    def said(self) -> Said:
        """Return what the form says."""
        data = self.cleaned_data
        way, _colon, named = data["way"].partition(":")
        column, _equals, value = data.get("only", "").partition("=")
        is_rate = way == Way.PER_100
        recipe = Recipe(
            fact=self.fact,
            way=Way(way),
            step=Step(data["step"]),
            column="" if is_rate else named,
            other=named if is_rate else "",
            only_column=column,
            only_value=value,
        )
        return Said(
            recipe=recipe,
            name=data["name"],
            why=data["why"],
            target=data["target"],
            better=Better(data["better"]),
            least=data["least"],
            owner_id=int(data["owner"]),
        )


def initial_of(line: OwnLine) -> dict[str, object]:
    """Return what stands, as the form has it."""
    one, recipe = line.own.indicator, line.own.recipe
    named = recipe.column or recipe.other
    return {
        "name": one.name, "why": one.why, "target": one.target, "better": one.better.value, "least": one.least,
        "way": f"{recipe.way}:{named}" if named else recipe.way.value, "step": recipe.step.value,
        "only": f"{recipe.only_column}={recipe.only_value}" if recipe.only_column else "",
        "owner": str(line.owner_id), "edition": one.version,
    }  # fmt: skip
