"""What is typed on the login page and on «Mine innstillinger»."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class LoginForm(forms.Form):
    """Username and password. What is wrong with the pair is said by the action, not here."""

    username = forms.CharField(
        label=_("Brukernavn"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("Passord"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class CodeForm(forms.Form):
    """The code of an invitation, from the link or typed."""

    code = forms.CharField(
        label=_("Koden du fikk"),
        max_length=60,
        help_text=_("20 bokstaver og tall. Strekene kan du droppe."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class NewPasswordForm(forms.Form):
    """A password, twice, with the code it is chosen by."""

    code = forms.CharField(max_length=60, widget=forms.HiddenInput)
    password = forms.CharField(
        label=_("Nytt passord"),
        strip=False,
        help_text=_("Minst 12 tegn. Tre–fire ord etter hverandre er lett å huske og vanskelig å gjette."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Skriv passordet en gang til"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_again(self) -> str:
        """The two must be the same."""
        again: str = self.cleaned_data["again"]
        if "password" in self.cleaned_data and again != self.cleaned_data["password"]:
            raise forms.ValidationError(_("De to passordene er ulike. Skriv det samme to ganger."))
        return again


class PreferencesForm(forms.Form):
    """Language and colours."""

    language = forms.ChoiceField(
        label=_("Språk"),
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg et språk."), "invalid_choice": _("Velg et språk fra lista.")},
    )
    colour_scheme = forms.ChoiceField(
        label=_("Lyst eller mørkt"),
        choices=[
            ("light", _("Lyst")),
            ("dark", _("Mørkt, godt om kvelden og natta")),
            ("auto", _("Som telefonen eller maskinen")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg farger."), "invalid_choice": _("Velg farger fra lista.")},
    )
