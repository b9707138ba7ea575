"""What stands about a citizen besides her name: asked when she is new, and when it is corrected."""

from django import forms
from django.utils.translation import gettext_lazy

from tillit.care.citizens.forms.fields import day_field


class AboutForm(forms.Form):
    """Day of birth, phone, language and home. Blank where nothing is known."""

    call_name = forms.CharField(label=gettext_lazy("Vil bli kalt"), max_length=100, required=False)
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
