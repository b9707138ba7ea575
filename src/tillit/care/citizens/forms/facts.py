"""Who a citizen is: names, day of birth, phone, language; and the number that identifies her."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from tillit.care.citizens import queries, rules
from tillit.care.citizens.forms.about import AboutForm


def reason_field() -> forms.ChoiceField:
    """Return a field for why something is corrected."""
    return forms.ChoiceField(
        label=gettext_lazy("Hvorfor rettes det?"),
        choices=[(one.value, one.label) for one in queries.REASONS_PEOPLE_GIVE],
        widget=forms.RadioSelect(),
        error_messages={"required": gettext_lazy("Velg hvorfor det rettes.")},
    )


class FactsForm(AboutForm):
    """What stands about who she is. Blank where nothing is known."""

    field_order = ("given_name", "family_name")

    given_name = forms.CharField(
        label=gettext_lazy("Fornavn"),
        max_length=100,
        error_messages={"required": gettext_lazy("Skriv et navn. Er navnet ukjent, skriv «Ukjent».")},
    )
    family_name = forms.CharField(label=gettext_lazy("Etternavn"), max_length=100, required=False)
    reason = reason_field()
    edition = forms.IntegerField(widget=forms.HiddenInput())

    def facts(self) -> rules.Facts:
        """Return what was written."""
        data = self.cleaned_data
        return rules.Facts(
            given_name=data["given_name"],
            family_name=data["family_name"],
            call_name=data["call_name"],
            born_on=data["born_on"],
            phone=data["phone"],
            language=data["language"],
            needs_interpreter=data["needs_interpreter"],
            lives_alone=data["lives_alone"],
        )

    @staticmethod
    def initial_of(now: queries.FactsNow) -> dict[str, Any]:
        """Return what the form shows first."""
        facts = now.facts
        alone = {True: "true", False: "false", None: ""}[facts.lives_alone]
        return {
            "given_name": facts.given_name,
            "family_name": facts.family_name,
            "call_name": facts.call_name,
            "born_on": facts.born_on,
            "phone": facts.phone,
            "language": facts.language,
            "needs_interpreter": facts.needs_interpreter,
            "lives_alone": alone,
            "edition": now.edition,
        }


class NumberForm(forms.Form):
    """Another number that identifies her."""

    number = forms.CharField(
        label=gettext_lazy("Nytt fødselsnummer eller D-nummer"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
        error_messages={"required": gettext_lazy("Skriv nummeret.")},
    )
    reason = reason_field()
    edition = forms.IntegerField(widget=forms.HiddenInput())
