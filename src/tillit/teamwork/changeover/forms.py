"""The form of a change of shift."""

from django import forms
from django.utils.translation import gettext_lazy

from tillit.teamwork.changeover.actions import LONGEST


class LineForm(forms.Form):
    """One line."""

    text = forms.CharField(
        label=gettext_lazy("Noe mer til denne vakta?"),
        max_length=LONGEST,
        error_messages={
            "required": gettext_lazy("Skriv én linje."),
            "max_length": gettext_lazy("Linja er for lang. Kort den ned til %(limit_value)s tegn."),
        },
    )
    press_key = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput())
