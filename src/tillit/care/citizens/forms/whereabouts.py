"""Whether a citizen is at home, and what one must know before the door."""

from datetime import date, datetime, time

from django import forms
from django.utils.translation import gettext_lazy

from tillit.care.citizens import queries
from tillit.care.citizens.forms.fields import ClockInput, day_field
from tillit.kernel import oslo


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


class AlertForm(forms.Form):
    """Something to know before the door."""

    kind = forms.ChoiceField(label=gettext_lazy("Hva gjelder det?"), choices=queries.AlertKind.choices)
    text = forms.CharField(
        label=gettext_lazy("Det en må vite"),
        max_length=200,
        help_text=gettext_lazy("Kort: «Penicillin», «Faller lett om natta», «Hund i gangen»"),
        error_messages={"required": gettext_lazy("Skriv det en må vite.")},
    )
