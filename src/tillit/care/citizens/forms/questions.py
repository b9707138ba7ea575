"""Asking those who can, and answering."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.care.citizens.forms.fields import day_field
from tillit.care.citizens.queries.questions import Expert


class AskForm(forms.Form):
    """A question about a citizen. `to` is «enhet-12» or «person-7»."""

    competence = forms.ChoiceField(label=gettext_lazy("Hva trenger dere?"), required=False)
    to = forms.ChoiceField(
        label=gettext_lazy("Hvem spør dere?"), error_messages={"required": gettext_lazy("Velg hvem dere spør.")}
    )
    words = forms.CharField(
        label=gettext_lazy("Spørsmålet"),
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("Det de trenger for å svare, og ikke mer."),
        error_messages={"required": gettext_lazy("Skriv hva dere lurer på.")},
    )
    answer_by = day_field(gettext_lazy("Svar innen"))

    def __init__(
        self,
        *args: Any,
        competences: Sequence[tuple[str, str]],
        units: Sequence[tuple[int, str]],
        people: Sequence[Expert],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        competence, to = self.fields["competence"], self.fields["to"]
        assert isinstance(competence, forms.ChoiceField)
        assert isinstance(to, forms.ChoiceField)
        competence.choices = [("", _("Noe annet")), *competences]
        to.choices = [
            ("", _("Velg")),
            (_("Personer"), [(f"person-{one.employee_id}", _described(one)) for one in people]),
            (_("Enheter"), [(f"enhet-{unit_id}", name) for unit_id, name in units]),
        ]

    def employee_id(self) -> int | None:
        """Return the person who is asked, if it is one."""
        return self._number("person-")

    def unit_id(self) -> int | None:
        """Return the unit that is asked, if it is one."""
        return self._number("enhet-")

    def _number(self, prefix: str) -> int | None:
        chosen: str = self.cleaned_data["to"]
        return int(chosen.removeprefix(prefix)) if chosen.startswith(prefix) else None


class AnswerForm(forms.Form):
    """An answer."""

    answer = forms.CharField(
        label=gettext_lazy("Svaret"),
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": gettext_lazy("Skriv svaret.")},
    )


def _described(one: Expert) -> str:
    return _("%(name)s, %(unit)s (%(competences)s)") % {
        "name": one.name,
        "unit": one.unit_name,
        "competences": ", ".join(one.competences),
    }
