"""Forms for documents, lines, acting leaders and templates. People write the last day; the day after is stored."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as now_translated
from django.utils.translation import gettext_lazy as _

from tillit.foundation.access.roles import ROLE_NAMES, Role
from tillit.foundation.authority import words
from tillit.foundation.authority.models import DECIDING_ROLES, LEADING_ROLES, ExtentIn, ServiceGroup
from tillit.foundation.authority.queries import InRole, ServiceLine
from tillit.foundation.organisation.models import Unit, UnitKind
from tillit.ui.clashing import SeenForm
from tillit.ui.fields import DayField

PERSON = "PERSON"
ALL = "0"
_NUMBER = {"inputmode": "numeric", "class": "ti-short"}


def _unit_or_all(value: str) -> int | None:
    """The unit that was chosen; None for the whole municipality."""
    return None if value == ALL else int(value)


class LastDayField(DayField):
    """The last day something holds. Gives the day after, as it is stored."""

    def to_python(self, value: Any) -> date | None:
        """The day after what was written; None when it is empty. Raises ValidationError."""
        last = super().to_python(value)
        return None if last is None else last + timedelta(days=1)


class DelegationForm(forms.Form):
    """A document."""

    reference = forms.CharField(label=_("Nummer"), max_length=40)
    title = forms.CharField(label=_("Hva handler den om?"), max_length=200)
    delegated_by = forms.CharField(
        label=_("Hvem har delegert?"), max_length=100, help_text=_("Stillingen, ikke navnet: Kommunedirektøren")
    )
    valid_from = DayField(label=_("Gjelder fra"))
    valid_to = LastDayField(label=_("Siste dag"), required=False, help_text=_("Tomt: til den blir avsluttet"))


class LineForm(forms.Form):
    """A line: what, who, up to how much, for which cases, from when. The rest is seldom needed."""

    what = forms.ChoiceField(label=_("Hva kan avgjøres?"))
    who = forms.ChoiceField(label=_("Hvem kan avgjøre det?"))
    max_extent = forms.DecimalField(
        label=_("Inntil hvor mye?"),
        required=False,
        localize=True,
        min_value=0,
        max_digits=7,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "ti-short"}),
        help_text=_("Tomt: uten grense. Regnes som tjenesten: timer i uka, døgn eller ganger i uka"),
    )
    within = forms.TypedChoiceField(label=_("For saker i"), coerce=_unit_or_all)
    valid_from = DayField(label=_("Gjelder fra"))
    max_days = forms.IntegerField(
        label=_("Hvor lange vedtak, i dager?"),
        required=False,
        min_value=1,
        widget=forms.TextInput(attrs=_NUMBER),
        help_text=_("Tomt: også vedtak uten sluttdato"),
    )
    four_eyes = forms.BooleanField(label=_("En annen må ha forberedt vedtaket"), required=False)
    valid_to = LastDayField(label=_("Siste dag"), required=False, help_text=_("Tomt: så lenge delegeringen gjelder"))
    number = forms.CharField(
        label=_("Ansattnummer, når en navngitt person kan avgjøre"),
        max_length=40,
        required=False,
    )

    def __init__(
        self, *args: Any, services: Sequence[ServiceLine], places: Sequence[Unit], within: Sequence[Unit],
        may_all: bool, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self._choose(
            "what",
            [
                (
                    str(group.label),
                    [
                        *((f"S{one.service_id}", one.name) for one in services if one.group == group),
                        (f"G{group.value}", now_translated("Alt i gruppa «%(group)s»") % {"group": group.label}),
                    ],
                )
                for group in ServiceGroup
            ],
        )
        self._choose("who", [*_who_may(places), (PERSON, now_translated("En navngitt person"))])
        whole = [(ALL, now_translated("Hele kommunen"))] if may_all else []
        self._choose("within", [*whole, *named(within)])

    def _choose(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A named person needs a number, and a role has none."""
        found = super().clean() or {}
        is_person = found.get("who") == PERSON
        if is_person and not found.get("number"):
            self.add_error("number", now_translated("Skriv ansattnummeret til den som er navngitt."))
        elif not is_person and found.get("number"):
            self.add_error("number", now_translated("Velg «En navngitt person», eller ta bort nummeret."))
        return found

    @property
    def usual(self) -> list[forms.BoundField]:
        """The fields that every line needs."""
        return [bound for bound in self if bound.name not in _SELDOM]

    @property
    def seldom(self) -> list[forms.BoundField]:
        """The fields that few lines need."""
        return [bound for bound in self if bound.name in _SELDOM]

    @property
    def opens(self) -> bool:
        """Whether something stands, or is wrong, among those."""
        return any(bound.value() or bound.errors for bound in self.seldom)

    @property
    def service_id(self) -> int | None:
        """The service, when one is chosen."""
        what: str = self.cleaned_data["what"]
        return int(what[1:]) if what.startswith("S") else None

    @property
    def group(self) -> str:
        """The group, when all of it is chosen."""
        what: str = self.cleaned_data["what"]
        return what[1:] if what.startswith("G") else ""

    @property
    def role(self) -> str:
        """The role; empty for a named person."""
        who: str = self.cleaned_data["who"]
        return "" if who == PERSON else who.partition("@")[0]

    @property
    def unit_id(self) -> int | None:
        """Where the role is held; None is the unit that has the case, or a named person."""
        place = self.cleaned_data["who"].partition("@")[2]
        return int(place) if place else None


_SELDOM = frozenset({"max_days", "four_eyes", "valid_to", "number"})


def _who_may(places: Sequence[Unit]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Roles in the unit that has the case, then the roles that decide in offices and above the teams."""
    roles = list(DECIDING_ROLES)
    roles.sort(key=lambda role: role not in LEADING_ROLES)
    found = [(now_translated("I enheten som har saken"), [(role.value, str(ROLE_NAMES[role])) for role in roles])]
    for unit in places:
        held = (Role.TEAM_LEADER, Role.CASE_WORKER) if unit.kind == UnitKind.OFFICE else (Role.DISTRICT_LEADER,)
        said = [
            (
                f"{role.value}@{unit.pk}",
                words.capital(words.place_in_words(InRole(role, unit.pk, unit.name, unit.kind))),
            )
            for role in held
        ]
        found.append((unit.name, said))
    return found


class LastDayForm(forms.Form):
    """When it ends."""

    valid_to = LastDayField(
        label=_("Siste dag den gjelder"), help_text=_("Skriv gårsdagen for å stoppe den med en gang.")
    )


class ActingForm(forms.Form):
    """Who stands in, for how long, on what basis."""

    employee = forms.TypedChoiceField(label=_("Hvem fungerer?"), coerce=int)
    valid_from = DayField(label=_("Første dag"))
    valid_to = LastDayField(label=_("Siste dag"))
    basis = forms.CharField(
        label=_("Hva bygger det på?"),
        max_length=200,
        help_text=_("For eksempel «Ferie, avtalt 12. juni». Ikke skriv noe om helse."),
    )

    def __init__(self, *args: Any, people: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["employee"].choices = [("", ""), *((str(pk), name) for pk, name in people)]  # type: ignore[attr-defined]


class TemplateForm(forms.Form):
    """From when, where, under which number."""

    valid_from = DayField(label=_("Gjelder fra"))
    within = forms.TypedChoiceField(label=_("For saker i"), coerce=_unit_or_all)
    office = forms.TypedChoiceField(label=_("Hvilket kontor har resten?"), coerce=int)
    reference = forms.CharField(label=_("Nummer på delegeringen"), max_length=40)
    delegated_by = forms.CharField(
        label=_("Hvem har delegert?"), max_length=100, help_text=_("Stillingen, ikke navnet: Kommunedirektøren")
    )
    valid_to = LastDayField(label=_("Siste dag"), required=False, help_text=_("Tomt: til den blir avsluttet"))

    def __init__(
        self, *args: Any, within: Sequence[Unit], offices: Sequence[Unit], may_all: bool, needs_office: bool,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        whole = [(ALL, now_translated("Hele kommunen"))] if may_all else []
        self.fields["within"].choices = [*whole, *named(within)]  # type: ignore[attr-defined]
        if needs_office:
            self.fields["office"].choices = named(offices)  # type: ignore[attr-defined]
        else:
            del self.fields["office"]


class ServiceForm(forms.Form):
    """A service of the municipality's own."""

    name = forms.CharField(label=_("Navn"), max_length=100)
    group = forms.ChoiceField(label=_("Hvor hører den til?"), choices=ServiceGroup.choices, widget=forms.RadioSelect)
    extent_in = forms.ChoiceField(label=_("Hva regnes omfanget i?"), choices=ExtentIn.choices, widget=forms.RadioSelect)
    is_health_care = forms.BooleanField(
        label=_("Tjenesten er helsehjelp, så brukeren får pasientjournal"), required=False
    )
    may_be_charged = forms.BooleanField(label=_("Kommunen kan kreve egenandel"), required=False)
    valid_from = DayField(label=_("Kan gis fra"))


class BasisForm(forms.Form):
    """What the municipality's own decisions on a service rest on."""

    cited = forms.CharField(
        label=_("Hva vedtaket bygger på"),
        max_length=200,
        help_text=_("For eksempel «forskrift om TT-kort § 4» eller «kommunestyrets vedtak 12/26 om matombringing»."),
    )
    cited_nn = forms.CharField(
        label=_("På nynorsk"), max_length=200, required=False, help_text=_("Tomt: det samme i begge målformer")
    )
    valid_from = DayField(label=_("Står i brev fra"))


class ActForm(SeenForm):
    """When an act comes into force."""

    valid_from = DayField(label=_("Gjelder fra"))


def named(units: Sequence[Unit]) -> list[tuple[str, str]]:
    """Units as choices."""
    return [(str(unit.pk), unit.name) for unit in units]
