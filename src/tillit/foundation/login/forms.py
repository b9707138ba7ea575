"""What is typed on the way in, on the lock and on «Innlogging og sikkerhet»."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.foundation.access.roles import ROLE_NAMES
from tillit.foundation.login.rules import pins


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


_DIGITS = {"inputmode": "numeric", "autocomplete": "one-time-code", "spellcheck": "false"}


class StepForm(forms.Form):
    """The code of the second step: from the app, or from paper."""

    code = forms.CharField(
        label=_("Kode"),
        max_length=40,
        help_text=_("De seks sifrene i kodeappen. Har du ikke telefonen, skriver du en reservekode."),
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "spellcheck": "false", "autocapitalize": "none"}
        ),
    )


class AppCodeForm(forms.Form):
    """The first code from an app that is being put into use."""

    code = forms.CharField(label=_("Koden appen viser"), max_length=12, widget=forms.TextInput(attrs=_DIGITS))


class PasskeyNameForm(forms.Form):
    """What one calls a passkey."""

    name = forms.CharField(label=_("Navn"), max_length=60, help_text=_("For eksempel «Telefonen min»."))


_PIN = {"inputmode": "numeric", "autocomplete": "off", "maxlength": str(pins.LONGEST)}


class UnlockForm(forms.Form):
    """A PIN or a password. Empty is for the demo's people, who have neither."""

    pin = forms.CharField(
        label=_("PIN"), required=False, strip=True, max_length=12, widget=forms.PasswordInput(attrs=_PIN)
    )
    password = forms.CharField(
        label=_("Passord"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class PinForm(forms.Form):
    """A new PIN, typed once: a wrong one is soon chosen anew."""

    pin = forms.CharField(
        label=_("PIN"),
        max_length=12,
        help_text=_("4 til 8 sifre. Ikke like, og ikke på rad."),
        widget=forms.TextInput(attrs={**_PIN, "class": "ti-hidden-digits"}),
    )


class PolicyForm(forms.Form):
    """The municipality's rules."""

    edition = forms.IntegerField(widget=forms.HiddenInput)
    shared_phone_minutes = forms.IntegerField(label=_("Telefon flere deler på: minutter"), min_value=1, max_value=15)
    own_phone_minutes = forms.IntegerField(label=_("Telefon bare én bruker: minutter"), min_value=1, max_value=60)
    office_minutes = forms.IntegerField(label=_("PC på kontoret: minutter"), min_value=1, max_value=60)
    idle_hours = forms.IntegerField(label=_("Logg ut etter så mange timer uten bruk"), min_value=1, max_value=12)
    roles = forms.MultipleChoiceField(
        label=_("Disse rollene må ha et andre steg"),
        required=False,
        choices=[(role.value, name) for role, name in ROLE_NAMES.items()],
        widget=forms.CheckboxSelectMultiple,
    )
