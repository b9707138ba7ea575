"""What one writes on Min side."""

from django import forms
from django.utils.translation import gettext_lazy

from tillit.care.evaluations.models import HowMuch

LONGEST = 2000


class WriteForm(forms.Form):
    """A message to the team."""

    text = forms.CharField(
        label=gettext_lazy("Hva vil du si?"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={
            "required": gettext_lazy("Skriv hva du vil si."),
            "max_length": gettext_lazy("Teksten er for lang. Kort den ned til %(limit_value)s tegn."),
        },
    )
    press_key = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput())


class ThinkForm(forms.Form):
    """Two questions after an evaluation, and room for words."""

    helped = forms.ChoiceField(
        label=gettext_lazy("Gjør hjelpen det lettere å nå målet ditt?"),
        choices=HowMuch.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Velg et svar.")},
    )
    decided = forms.ChoiceField(
        label=gettext_lazy("Fikk du være med og bestemme?"),
        choices=HowMuch.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Velg et svar.")},
    )
    words = forms.CharField(
        label=gettext_lazy("Vil du si noe mer?"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
