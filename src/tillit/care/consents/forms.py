"""The form of a consent."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from tillit.care.consents.models import BasisChoice, PartChoice


class ConsentForm(forms.Form):
    """Who is let in, by what, to which parts, until when."""

    name = forms.CharField(
        label=gettext_lazy("Hvem slippes inn?"),
        max_length=100,
        error_messages={"required": gettext_lazy("Skriv hvem det er.")},
    )
    relation = forms.CharField(
        label=gettext_lazy("Hvem er det for brukeren?"),
        max_length=100,
        help_text=gettext_lazy("«Datter», «Verge»"),
        error_messages={"required": gettext_lazy("Skriv hvem personen er for brukeren.")},
    )
    parts = forms.MultipleChoiceField(
        label=gettext_lazy("Til hva?"),
        choices=PartChoice.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Velg minst én del.")},
    )
    basis = forms.ChoiceField(
        label=gettext_lazy("Hva bygger det på?"), choices=BasisChoice.choices, widget=forms.RadioSelect
    )
    basis_words = forms.CharField(
        label=gettext_lazy("Når ble det sagt, eller hvilket dokument er det?"),
        max_length=300,
        error_messages={"required": gettext_lazy("Skriv når brukeren sa det, eller hvilket dokument det er.")},
    )
    number = forms.CharField(
        label=gettext_lazy("Fødselsnummer"),
        help_text=gettext_lazy("Så kan personen logge inn. Nummeret blir ikke lagret. Det kan skrives senere."),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    valid_to = forms.DateField(label=gettext_lazy("Til og med"), required=False)

    def __init__(self, *args: Any, asks_number: bool, **kwargs: Any) -> None:
        """asks_number: a login service here recognises people by it."""
        super().__init__(*args, **kwargs)
        if not asks_number:
            del self.fields["number"]


class GiveForm(forms.Form):
    """One part more, and how it was said."""

    part = forms.ChoiceField(
        label=gettext_lazy("Til hva?"), error_messages={"invalid_choice": gettext_lazy("Velg minst én del.")}
    )
    words = forms.CharField(
        label=gettext_lazy("Når ble det sagt, eller hvilket dokument er det?"),
        max_length=300,
        error_messages={"required": gettext_lazy("Skriv når brukeren sa det, eller hvilket dokument det er.")},
    )

    def __init__(self, consent_id: int, missing: Sequence[tuple[str, str]], data: QueryDict | None = None) -> None:
        """missing: the parts that can be given, code and words."""
        super().__init__(data, auto_id=f"id_{consent_id}_%s")
        self.consent_id = consent_id
        part = self.fields["part"]
        assert isinstance(part, forms.ChoiceField)
        part.choices = list(missing)
