"""Somebody moves to the municipality: from which day, and the help she has."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.care.citizens.forms.fields import day_field
from tillit.care.citizens.rules.moving import MovesIn
from tillit.ui.clashing import SeenForm


def help_before_field() -> forms.CharField:
    """The help she has, and from whom, in one line."""
    return forms.CharField(
        label=gettext_lazy("Hjelpen før flyttingen, og fra hvem"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("«Hjemmesykepleie morgen og kveld, Alver kommune». Vet du det ikke, kan det vente."),
    )


class MovesInForm(forms.Form):
    """A part of forms where somebody new is written in: a cross, and what then must be said."""

    moves_in = forms.BooleanField(label=gettext_lazy("Flytter hit fra en annen kommune"), required=False)
    moves_on: forms.Field = day_field(gettext_lazy("Den første dagen her"), required=False)
    help_before = help_before_field()

    def clean(self) -> dict[str, Any]:
        """The day, when somebody moves here."""
        said = super().clean() or {}
        if said.get("moves_in") and not said.get("moves_on") and "moves_on" not in self.errors:
            self.add_error("moves_on", _("Skriv den første dagen brukeren bor her."))
        return said

    def move(self) -> MovesIn | None:
        """Return what stands in a valid form; None for somebody who lives here."""
        said = self.cleaned_data
        return MovesIn(said["moves_on"], said["help_before"]) if said["moves_in"] else None


class MoveInForm(SeenForm):
    """Another day for moving here, or the help she had."""

    moves_on = day_field(gettext_lazy("Den første dagen her"))
    help_before = help_before_field()
