"""The next step for somebody who is not at home."""

from django import forms
from django.utils.translation import gettext_lazy

from tillit.care.citizens.forms.fields import day_field


class NextStepForm(forms.Form):
    """What comes next, and when."""

    words = forms.CharField(
        label=gettext_lazy("Neste steg"),
        max_length=200,
        help_text=gettext_lazy("«Ringer avdelingen», «Møte om utskriving»"),
        error_messages={"required": gettext_lazy("Skriv hva neste steg er.")},
    )
    on = day_field(gettext_lazy("Når?"), required=False)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput())
