"""What the forms about citizens hold. Rules that must hold everywhere are in the actions."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.care.citizens import queries
from tillit.care.citizens.actions import HomeText
from tillit.kernel import oslo

Choice = tuple[str, Any]


class DayInput(forms.DateInput):
    """A day, picked by the browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class ClockInput(forms.TimeInput):
    """A clock time, picked by the browser."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


def day_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    """Return a field for a day."""
    return forms.DateField(
        label=label,
        required=required,
        widget=DayInput(),
        help_text=help_text,
        error_messages={
            "invalid": gettext_lazy("Skriv en dato som finnes, som 24.11.2026."),
            "required": gettext_lazy("Velg en dato."),
        },
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
    )


class HomeForm(forms.Form):
    """An address."""

    street = forms.CharField(
        label=gettext_lazy("Gate og nummer"),
        max_length=200,
        error_messages={"required": gettext_lazy("Skriv gate og nummer.")},
    )
    postal_code = forms.RegexField(
        regex=r"^\d{4}$",
        label=gettext_lazy("Postnummer"),
        error_messages={
            "invalid": gettext_lazy("Et postnummer har fire sifre."),
            "required": gettext_lazy("Skriv postnummeret."),
        },
    )
    place = forms.CharField(
        label=gettext_lazy("Poststed"),
        max_length=60,
        error_messages={"required": gettext_lazy("Skriv poststedet.")},
    )
    floor = forms.CharField(label=gettext_lazy("Etasje eller oppgang"), max_length=60, required=False)
    latitude = forms.FloatField(
        label=gettext_lazy("Breddegrad"), required=False, min_value=-90, max_value=90, widget=forms.TextInput()
    )
    longitude = forms.FloatField(
        label=gettext_lazy("Lengdegrad"), required=False, min_value=-180, max_value=180, widget=forms.TextInput()
    )
    way_in = forms.CharField(
        label=gettext_lazy("Vei inn"), max_length=200, required=False, help_text=gettext_lazy("«Ring på først»")
    )
    door_code = forms.CharField(
        label=gettext_lazy("Dørkode"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("Vises bare når noen ber om den, og det blir skrevet i loggen."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        """Both coordinates or none."""
        data = super().clean() or {}
        if (data.get("latitude") is None) != (data.get("longitude") is None):
            self.add_error("longitude", _("Skriv begge koordinatene, eller ingen."))
        return data

    def text(self) -> HomeText:
        """Return the address as it was written."""
        data = self.cleaned_data
        return HomeText(
            street=data["street"],
            postal_code=data["postal_code"],
            place=data["place"],
            floor=data["floor"],
            latitude=data["latitude"],
            longitude=data["longitude"],
            way_in=data.get("way_in", ""),
            door_code=data.get("door_code", ""),
        )


class RegisterForm(HomeForm):
    """A new citizen."""

    given_name = forms.CharField(
        label=gettext_lazy("Fornavn"), max_length=100, error_messages={"required": gettext_lazy("Skriv fornavnet.")}
    )
    family_name = forms.CharField(
        label=gettext_lazy("Etternavn"),
        max_length=100,
        error_messages={"required": gettext_lazy("Skriv etternavnet.")},
    )
    call_name = forms.CharField(label=gettext_lazy("Vil bli kalt"), max_length=100, required=False)
    number = forms.CharField(
        label=gettext_lazy("Fødselsnummer eller D-nummer"),
        max_length=20,
        required=False,
        help_text=gettext_lazy("La det stå tomt hvis identiteten ikke er kjent ennå."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    born_on = day_field(gettext_lazy("Fødselsdato"), required=False)
    phone = forms.CharField(label=gettext_lazy("Telefon"), max_length=20, required=False)
    language = forms.CharField(
        label=gettext_lazy("Språk"), max_length=40, required=False, help_text=gettext_lazy("Hvis ikke norsk.")
    )
    needs_interpreter = forms.BooleanField(label=gettext_lazy("Trenger tolk"), required=False)
    lives_alone = forms.NullBooleanField(
        label=gettext_lazy("Bor alene"),
        widget=forms.Select(
            choices=[("", gettext_lazy("Vet ikke")), ("true", gettext_lazy("Ja")), ("false", gettext_lazy("Nei"))]
        ),
    )
    unit = forms.TypedChoiceField(
        label=gettext_lazy("Team som følger brukeren"),
        coerce=int,
        error_messages={"required": gettext_lazy("Velg et team.")},
    )
    valid_from = day_field(gettext_lazy("Fra"))

    field_order = ("given_name", "family_name", "call_name", "number", "born_on", "phone")

    def __init__(self, *args: Any, units: list[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit = self.fields["unit"]
        assert isinstance(unit, forms.TypedChoiceField)
        unit.choices = [("", _("Velg")), *units] if len(units) > 1 else units


class MoveForm(HomeForm):
    """A new address from a day, and who follows her there."""

    moves_on = day_field(gettext_lazy("Flytter"), help_text=gettext_lazy("Den første dagen på den nye adressen."))
    unit = forms.TypedChoiceField(
        label=gettext_lazy("Team som følger brukeren der"), coerce=int, required=False, empty_value=None
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, units: list[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit = self.fields["unit"]
        assert isinstance(unit, forms.TypedChoiceField)
        unit.choices = [("", _("Samme team som nå")), *units]


class WayInForm(forms.Form):
    """How one gets in."""

    way_in = forms.CharField(
        label=gettext_lazy("Vei inn"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("«Ring på først», «Nøkkelboks ved døra»"),
    )
    key_note = forms.CharField(label=gettext_lazy("Nøkkel"), max_length=200, required=False)
    practical = forms.CharField(
        label=gettext_lazy("Praktisk"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Parkering, hund, trapp."),
    )
    door_code = forms.CharField(
        label=gettext_lazy("Ny dørkode"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("La det stå tomt for å beholde koden som er."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    no_code = forms.BooleanField(label=gettext_lazy("Det er ikke lenger noen kode"), required=False)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput())

    def code(self) -> str | None:
        """Return the new code, "" to take it away, None to leave it."""
        if self.cleaned_data["no_code"]:
            return ""
        return self.cleaned_data["door_code"].strip() or None


class ResponsibleForm(forms.Form):
    """Who answers for the citizen. One task at a time."""

    employee = forms.TypedChoiceField(coerce=int, required=False, empty_value=None)
    valid_from = day_field(gettext_lazy("Fra"))
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, label: str, colleagues: list[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        employee = self.fields["employee"]
        assert isinstance(employee, forms.TypedChoiceField)
        employee.label = label
        employee.choices = [("", _("Ingen")), *colleagues]


class AwayForm(forms.Form):
    """Where the citizen is when not at home."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Hvor er brukeren?"),
        choices=queries.WhereaboutsKind.choices,
        widget=forms.RadioSelect(),
        error_messages={"required": gettext_lazy("Velg hvor brukeren er.")},
    )
    place = forms.CharField(
        label=gettext_lazy("Stedet"), max_length=100, required=False, help_text=gettext_lazy("Avdeling eller navn.")
    )
    from_day = day_field(gettext_lazy("Fra"))
    from_clock = forms.TimeField(
        label=gettext_lazy("Klokka"),
        widget=ClockInput(),
        error_messages={
            "required": gettext_lazy("Skriv når."),
            "invalid": gettext_lazy("Skriv et klokkeslett, som 08.15."),
        },
        input_formats=["%H:%M", "%H.%M"],
    )
    to_day = day_field(
        gettext_lazy("Kommer hjem"), required=False, help_text=gettext_lazy("La det stå tomt hvis ingen vet det ennå.")
    )
    to_clock = forms.TimeField(
        label=gettext_lazy("Klokka"), widget=ClockInput(), required=False, input_formats=["%H:%M", "%H.%M"]
    )
    next_step = forms.CharField(
        label=gettext_lazy("Neste steg"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("«Ringer avdelingen onsdag»"),
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput())

    def from_at(self) -> datetime:
        """Return when she left."""
        return oslo.moment(self.cleaned_data["from_day"], self.cleaned_data["from_clock"])

    def to_at(self) -> datetime | None:
        """Return when she comes home: at noon when only the day is known."""
        day: date | None = self.cleaned_data["to_day"]
        if day is None:
            return None
        return oslo.moment(day, self.cleaned_data["to_clock"] or time(12))


class NetworkForm(forms.Form):
    """One of the citizen's own people."""

    name = forms.CharField(
        label=gettext_lazy("Navn"), max_length=100, error_messages={"required": gettext_lazy("Skriv hvem det er.")}
    )
    kind = forms.ChoiceField(label=gettext_lazy("Hvem er det?"), choices=queries.NetworkKind.choices)
    relation = forms.CharField(
        label=gettext_lazy("Nærmere"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("«Datter», «Nabo, måker og har nøkkel»"),
    )
    phone = forms.CharField(label=gettext_lazy("Telefon"), max_length=20, required=False)
    is_next_of_kin = forms.BooleanField(label=gettext_lazy("Nærmeste pårørende"), required=False)
    note = forms.CharField(
        label=gettext_lazy("Å huske på"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("«Handler lørdager», «Ring etter kl. 16»"),
    )


class WishForm(forms.Form):
    """A wish about helpers."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Hva ønsker brukeren?"),
        choices=queries.WishKind.choices,
        widget=forms.RadioSelect(),
        error_messages={"required": gettext_lazy("Velg hva brukeren ønsker.")},
    )
    about = forms.ChoiceField(
        label=gettext_lazy("Om hvem?"), error_messages={"required": gettext_lazy("Velg hvem det gjelder.")}
    )
    reason = forms.CharField(
        label=gettext_lazy("Hvorfor"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Bare hvis brukeren vil at teamet skal vite det."),
    )

    def __init__(self, *args: Any, colleagues: list[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        about = self.fields["about"]
        assert isinstance(about, forms.ChoiceField)
        about.choices = [
            ("", _("Velg")),
            (_("Kvinne eller mann"), [("K", _("Kvinner")), ("M", _("Menn"))]),
            (_("Kollega"), colleagues),
        ]

    def employee_id(self) -> int | None:
        """Return the colleague, if the wish is about one."""
        about: str = self.cleaned_data["about"]
        return int(about) if about.isdigit() else None

    def gender(self) -> str:
        """Return K or M, if the wish is about gender."""
        about: str = self.cleaned_data["about"]
        return "" if about.isdigit() else about


class AlertForm(forms.Form):
    """Something to know before the door."""

    kind = forms.ChoiceField(label=gettext_lazy("Hva gjelder det?"), choices=queries.AlertKind.choices)
    text = forms.CharField(
        label=gettext_lazy("Det en må vite"),
        max_length=200,
        help_text=gettext_lazy("Kort: «Penicillin», «Faller lett om natta», «Hund i gangen»"),
        error_messages={"required": gettext_lazy("Skriv det en må vite.")},
    )


class FollowingForm(forms.Form):
    """Which team follows the citizen."""

    unit = forms.TypedChoiceField(
        label=gettext_lazy("Team"), coerce=int, error_messages={"required": gettext_lazy("Velg et team.")}
    )
    part = forms.CharField(
        label=gettext_lazy("Bare en del av hjelpen"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("«Hverdagsrehabilitering». Tomt: teamet overtar hele oppfølgingen."),
    )
    valid_from = day_field(gettext_lazy("Fra"))

    def __init__(self, *args: Any, units: list[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit = self.fields["unit"]
        assert isinstance(unit, forms.TypedChoiceField)
        unit.choices = [("", _("Velg")), *units]
