"""What is written about somebody who is not at home."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.care.citizens.forms.fields import ClockInput, day_field
from tillit.kernel import oslo


class StepForm(forms.Form):
    """What comes next, when, and who does it."""

    words = forms.CharField(
        label=gettext_lazy("Neste steg"),
        max_length=200,
        help_text=gettext_lazy("«Henter nøkkelen», «Møte med datteren»"),
        error_messages={"required": gettext_lazy("Skriv hva neste steg er.")},
    )
    on = day_field(gettext_lazy("Når?"), required=False)
    owner = forms.TypedChoiceField(label=gettext_lazy("Hvem gjør det?"), coerce=int)

    def __init__(self, *args: Any, colleagues: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "owner", colleagues)


class HomeForm(forms.Form):
    """When she comes home, and who takes the first visit."""

    day = day_field(gettext_lazy("Dag"))
    clock = forms.TimeField(
        label=gettext_lazy("Klokka"),
        widget=ClockInput(),
        error_messages={
            "required": gettext_lazy("Skriv når."),
            "invalid": gettext_lazy("Skriv et klokkeslett, som 14.00."),
        },
        input_formats=["%H:%M", "%H.%M"],
    )
    owner = forms.TypedChoiceField(label=gettext_lazy("Hvem har det første besøket?"), coerce=int)
    seen = forms.IntegerField(widget=forms.HiddenInput())

    def __init__(self, *args: Any, colleagues: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "owner", colleagues)

    def home_at(self) -> datetime:
        """Return when she comes home, aware UTC."""
        return oslo.moment(self.cleaned_data["day"], self.cleaned_data["clock"])


class WordForm(forms.Form):
    """What the ward said. It becomes a note in the journal."""

    text = forms.CharField(
        label=gettext_lazy("Hva sa avdelingen?"),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Skriv hva avdelingen sa.")},
    )
    press_key = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput())


class ChangeForm(forms.Form):
    """What is different when she comes home. It goes to the one who answers for her."""

    words = forms.CharField(
        label=gettext_lazy("Hva har endret seg?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Skriv kort hva som har endret seg.")},
    )
    press_key = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput())


def _choices(form: forms.Form, name: str, colleagues: Sequence[tuple[int, str]]) -> None:
    """Whoever nobody has named must be chosen: the first choice is empty then."""
    field = form.fields[name]
    assert isinstance(field, forms.TypedChoiceField)
    nobody = [] if form.initial.get(name) else [("", _("Velg"))]
    field.choices = [*nobody, *((str(number), shown) for number, shown in colleagues)]
    field.error_messages["required"] = str(_("Velg hvem."))
