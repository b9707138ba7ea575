"""Forms of the journal."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.care.citizens.forms.fields import ClockInput, day_field
from tillit.care.journal.rules.requests import Condition, RequestKind, conditions
from tillit.care.journal.rules.signing import MAY_BE_COUNTERSIGNED
from tillit.foundation.workforce.models import Profession
from tillit.kernel import oslo

NOBODY = "0"
"""The choice that says that nobody knows whose it is, or that it is another's than those shown."""

CONDITION_TEXTS = {
    Condition.CONCERNS_ANOTHER: gettext_lazy("Innholdet gjelder en annen person"),
    Condition.NO_PUBLIC_INTEREST: gettext_lazy("Ingen allmenne hensyn taler mot å slette"),
    Condition.WRONG_OR_NEEDLESS: gettext_lazy(
        "Det er feil eller misvisende og føles belastende, eller det er åpenbart ikke nødvendig for å gi helsehjelp"
    ),
    Condition.UNOBJECTIONABLE: gettext_lazy("Det er forsvarlig for brukeren å slette"),
    Condition.ARCHIVE_ALLOWS: gettext_lazy("Arkivloven hindrer ikke sletting"),
    Condition.IS_WRONG: gettext_lazy("Det som står, er feil, mangelfullt eller utilbørlig"),
}


def _words(label: Any, *, required: bool = True, rows: int = 4, max_length: int = 8000) -> forms.CharField:
    return forms.CharField(
        label=label, required=required, max_length=max_length, widget=forms.Textarea(attrs={"rows": rows})
    )


class NoteForm(forms.Form):
    """A note: what, and when it was."""

    text = _words(gettext_lazy("Hva skjedde?"), rows=8)
    day = day_field(gettext_lazy("Når var det?"))
    clock = forms.TimeField(
        label=gettext_lazy("Klokka"),
        widget=ClockInput(),
        error_messages={"invalid": gettext_lazy("Skriv klokka som 08.15.")},
        input_formats=["%H:%M", "%H.%M"],
    )
    press_key = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput())

    def happened_at(self) -> datetime:
        """Return when it was, aware UTC."""
        return oslo.moment(self.cleaned_data["day"], self.cleaned_data["clock"])


class CorrectForm(forms.Form):
    """What is right."""

    text = _words(gettext_lazy("Hva er riktig?"), rows=6)
    why = forms.CharField(label=gettext_lazy("Hvorfor rettes det?"), required=False, max_length=200)


class WrongPersonForm(forms.Form):
    """Whose it is."""

    right = forms.ChoiceField(
        label=gettext_lazy("Hvem gjelder det?"),
        widget=forms.RadioSelect(),
        error_messages={"required": gettext_lazy("Velg hvem det gjelder, eller at du ikke vet.")},
    )
    words = forms.CharField(label=gettext_lazy("Hva skjedde?"), required=False, max_length=500)

    def __init__(self, *args: Any, people: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        right = self.fields["right"]
        assert isinstance(right, forms.ChoiceField)
        right.choices = [*((str(pk), name) for pk, name in people), (NOBODY, _("Vet ikke, eller ingen av disse"))]

    def right_citizen_id(self) -> int | None:
        """Return whom it concerns, or None when nobody knows."""
        chosen = self.cleaned_data["right"]
        return int(chosen) if chosen != NOBODY else None


class DemandForm(forms.Form):
    """What the citizen demands."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Hva ber brukeren om?"),
        choices=[
            (RequestKind.CORRECT.value, gettext_lazy("At det blir rettet")),
            (RequestKind.DELETE.value, gettext_lazy("At det blir slettet")),
        ],
        widget=forms.RadioSelect(),
        error_messages={"required": gettext_lazy("Velg hva brukeren ber om.")},
    )
    words = _words(gettext_lazy("Hva sier brukeren?"), rows=4, max_length=2000)


class DecideForm(forms.Form):
    """The answer. conditions: what is met; text: the correction, when a correction was asked for."""

    conditions = forms.MultipleChoiceField(
        label=gettext_lazy("Hva har du funnet?"), required=False, widget=forms.CheckboxSelectMultiple()
    )
    text = _words(gettext_lazy("Slik skal det stå"), required=False, rows=6)
    reason = _words(gettext_lazy("Begrunnelse"), required=False, rows=4, max_length=2000)

    def __init__(self, *args: Any, kind: RequestKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = self.fields["conditions"]
        assert isinstance(found, forms.MultipleChoiceField)
        found.choices = [(one.value, CONDITION_TEXTS[one]) for one in conditions(kind)]
        if kind is not RequestKind.CORRECT:
            del self.fields["text"]


class TermsForm(forms.Form):
    """Whose words wait for countersigning, from a day."""

    countersign_for = forms.MultipleChoiceField(
        label=gettext_lazy("Hvem sine notater skal medsigneres?"),
        required=False,
        choices=[(code, Profession(code).label) for code in MAY_BE_COUNTERSIGNED],
        widget=forms.CheckboxSelectMultiple(),
        help_text=gettext_lazy("Besøk som gikk som planlagt uten ord, venter aldri."),
    )
    valid_from = day_field(gettext_lazy("Gjelder fra"))
