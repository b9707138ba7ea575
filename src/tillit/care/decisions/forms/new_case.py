"""Receiving an application: who it is about, and what is asked."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.care.citizens.forms.moving import MovesInForm
from tillit.care.citizens.rules import HomeText, Numbers
from tillit.care.decisions.actions import Asked, NewApplicant, NewCitizen
from tillit.care.decisions.models import Channel, Origin
from tillit.foundation.authority.queries import ServiceLine
from tillit.ui.fields import DayField

Choice = tuple[str, str]
APPLICATION, CONTACT = "application", "contact"


class AskedForm(MovesInForm):
    """What is asked, by whom, and whether help must begin now."""

    moves_on = DayField(label=gettext_lazy("Den første dagen her"), required=False, help_text="")
    origin = forms.ChoiceField(
        label=gettext_lazy("Hvem spør"), choices=Origin.choices, widget=forms.RadioSelect, initial=Origin.CITIZEN
    )
    applicant = forms.TypedChoiceField(
        label=gettext_lazy("Hvem av brukerens egne folk"), coerce=int, required=False, empty_value=None
    )
    applicant_name = forms.CharField(
        label=gettext_lazy("Navnet til den som spør, når det ikke er brukeren selv"), max_length=100, required=False
    )
    applicant_phone = forms.CharField(label=gettext_lazy("Telefon"), max_length=20, required=False)
    authority_seen_on = DayField(label=gettext_lazy("Dagen du så fullmakten"), required=False, help_text="")
    channel = forms.ChoiceField(label=gettext_lazy("Hvordan det kom"), choices=Channel.choices)
    received_on = DayField(
        label=gettext_lazy("Når det kom"),
        error_messages={"required": gettext_lazy("Skriv dagen det kom.")},
        help_text="",
    )
    words = forms.CharField(
        label=gettext_lazy("Hva det gjelder, med egne ord"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Skriv hva det gjelder, med ordene til den som spør.")},
    )
    services = forms.MultipleChoiceField(
        label=gettext_lazy("Hjelp hjemme"), required=False, widget=forms.CheckboxSelectMultiple
    )
    other_services = forms.MultipleChoiceField(
        label=gettext_lazy("Andre tjenester"), required=False, widget=forms.CheckboxSelectMultiple
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Er det en søknad"),
        choices=[
            (APPLICATION, gettext_lazy("Ja, det er en søknad")),
            (CONTACT, gettext_lazy("Nei, en henvendelse. Vi må snakke med brukeren først")),
        ],
        widget=forms.RadioSelect,
        initial=APPLICATION,
    )
    urgent = forms.BooleanField(label=gettext_lazy("Hjelpen må begynne nå, før vedtaket"), required=False)
    urgent_reason = forms.CharField(label=gettext_lazy("Hvorfor det haster"), max_length=300, required=False)
    receipt_told = forms.BooleanField(
        label=gettext_lazy("Den som spør, har fått vite at det er mottatt, og når svaret kommer"), required=False
    )

    def __init__(self, *args: Any, services: Sequence[ServiceLine], people: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        at_home = [(one.code, one.name) for one in services if one.group == "HOME"]
        others = [(one.code, one.name) for one in services if one.group != "HOME"]
        for name, choices in (("services", at_home), ("other_services", others)):
            listed = self.fields[name]
            assert isinstance(listed, forms.MultipleChoiceField)
            listed.choices = choices
        applicant = self.fields["applicant"]
        assert isinstance(applicant, forms.TypedChoiceField)
        applicant.choices = [("", _("Ingen av disse")), *people]

    def asked(self, *, today: Any) -> Asked:
        """What stands in a valid form."""
        said = self.cleaned_data
        by_others = said["origin"] not in (Origin.CITIZEN, Origin.OWN_INITIATIVE)
        applicant: int | NewApplicant | None = said["applicant"] if by_others else None
        if by_others and applicant is None and said["applicant_name"].strip():
            applicant = NewApplicant(name=said["applicant_name"], phone=said["applicant_phone"])
        return Asked(
            origin=said["origin"],
            channel=said["channel"],
            words=said["words"],
            received_on=said["received_on"],
            service_codes=(*said["services"], *said["other_services"]),
            is_application=said["kind"] == APPLICATION,
            applicant=applicant,
            authority_seen_on=said["authority_seen_on"],
            receipt_told_on=today if said["receipt_told"] else None,
            urgent_from=today if said["urgent"] else None,
            urgent_reason=said["urgent_reason"],
            moves_in=self.move(),
        )


class PersonForm(forms.Form):
    """Somebody who is not known here yet."""

    given_name = forms.CharField(
        label=gettext_lazy("Fornavn"), max_length=100, error_messages={"required": gettext_lazy("Skriv fornavnet.")}
    )
    family_name = forms.CharField(
        label=gettext_lazy("Etternavn"),
        max_length=100,
        error_messages={"required": gettext_lazy("Skriv etternavnet.")},
    )
    number = forms.CharField(
        label=gettext_lazy("Fødselsnummer eller D-nummer"),
        max_length=20,
        required=False,
        help_text=gettext_lazy("Er nummeret kjent fra før, finner vi personen."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    phone = forms.CharField(label=gettext_lazy("Telefon"), max_length=20, required=False)
    street = forms.CharField(
        label=gettext_lazy("Adresse"), max_length=200, error_messages={"required": gettext_lazy("Skriv adressen.")}
    )
    postal_code = forms.RegexField(
        r"^\d{4}$",
        label=gettext_lazy("Postnummer"),
        error_messages={
            "required": gettext_lazy("Skriv postnummeret."),
            "invalid": gettext_lazy("Et postnummer har fire sifre."),
        },
    )
    place = forms.CharField(
        label=gettext_lazy("Poststed"), max_length=100, error_messages={"required": gettext_lazy("Skriv poststedet.")}
    )
    unit = forms.TypedChoiceField(
        label=gettext_lazy("Team"),
        coerce=int,
        required=False,
        empty_value=None,
        help_text=gettext_lazy("Står det tomt, er det teamet for adressen."),
    )

    def __init__(self, *args: Any, units: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit = self.fields["unit"]
        assert isinstance(unit, forms.TypedChoiceField)
        unit.choices = [("", _("Etter adressen")), *units]

    def person(self, *, numbers: Numbers) -> NewCitizen:
        """What stands in a valid form."""
        said = self.cleaned_data
        return NewCitizen(
            given_name=said["given_name"],
            family_name=said["family_name"],
            numbers=numbers,
            number=said["number"],
            phone=said["phone"],
            home=HomeText(street=said["street"], postal_code=said["postal_code"], place=said["place"]),
            unit_id=said["unit"],
        )
