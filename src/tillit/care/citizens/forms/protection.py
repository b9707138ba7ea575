"""Who is kept away from a citizen, who is asked in, who may know her address; emergency access and its review."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.care.citizens.forms.fields import Choice, day_field
from tillit.care.citizens.models import BarKind, EmergencyReason, Verdict
from tillit.ui.clashing import SeenForm

_WHO = {"required": gettext_lazy("Velg hvem det gjelder.")}


class _AboutSomebody(forms.Form):
    employee = forms.TypedChoiceField(label=gettext_lazy("Hvem?"), coerce=int, error_messages=_WHO)

    def __init__(self, *args: Any, people: list[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        employee = self.fields["employee"]
        assert isinstance(employee, forms.TypedChoiceField)
        employee.choices = [("", _("Velg")), *people]


class BarForm(_AboutSomebody):
    """Keep somebody away."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Hvorfor?"),
        choices=BarKind.choices,
        widget=forms.RadioSelect(),
        error_messages={"required": gettext_lazy("Velg hvorfor.")},
    )
    asked_by = forms.CharField(
        label=gettext_lazy("Hvem sier det?"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("Brukeren selv, eller en som kan svare for brukeren. Må skrives når noen sier nei."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Begrunnelse"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Ingen må begrunne et nei. En vurdering dere gjør selv, må begrunnes."),
    )


class AskInForm(_AboutSomebody):
    """Ask a specialist to read."""

    purpose = forms.CharField(
        label=gettext_lazy("Hva vil dere ha hjelp til?"),
        max_length=200,
        error_messages={"required": gettext_lazy("Skriv hva dere vil ha hjelp til.")},
    )
    last_day = day_field(gettext_lazy("Til og med"))


class TrustForm(_AboutSomebody):
    """Let somebody know the address."""


class EmergencyForm(forms.Form):
    """Who one stands before, and why. Posted, so that no name and no number stands in an address or a log."""

    name = forms.CharField(
        label=gettext_lazy("Navn"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Hele navnet, slik det er registrert."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    born_on = day_field(gettext_lazy("Fødselsdato"), required=False)
    number = forms.CharField(
        label=gettext_lazy("Eller fødselsnummer"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("Hvorfor trenger du å se?"),
        choices=EmergencyReason.choices,
        widget=forms.RadioSelect(),
        error_messages={"required": gettext_lazy("Velg hvorfor.")},
    )
    words = forms.CharField(
        label=gettext_lazy("Hva har skjedd?"),
        max_length=200,
        help_text=gettext_lazy("Én linje. Lederne ser den med en gang."),
        error_messages={"required": gettext_lazy("Skriv kort hva som har skjedd.")},
    )


class ReviewForm(forms.Form):
    """What the leader found."""

    verdict = forms.ChoiceField(
        label=gettext_lazy("Hva kom du til?"),
        choices=Verdict.choices,
        widget=forms.RadioSelect(),
        error_messages={"required": gettext_lazy("Velg hva du kom til.")},
    )
    words = forms.CharField(
        label=gettext_lazy("Med ord"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("Må skrives når det ikke var i orden, eller må følges opp."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class TermsForm(SeenForm):
    """How long doors stay open."""

    clinical_days = forms.IntegerField(
        label=gettext_lazy("Sykepleier og terapeut: dager etter at hjelpen er slutt"), min_value=0, max_value=365
    )
    case_worker_days = forms.IntegerField(
        label=gettext_lazy("Saksbehandler: dager etter at hjelpen er slutt"), min_value=0, max_value=365
    )
    leader_days = forms.IntegerField(
        label=gettext_lazy("Leder: dager etter at hjelpen er slutt"), min_value=0, max_value=365
    )
    emergency_hours = forms.IntegerField(
        label=gettext_lazy("Nødtilgang: timer før den lukker seg selv"), min_value=1, max_value=24
    )
    valid_from = day_field(gettext_lazy("Gjelder fra"))
