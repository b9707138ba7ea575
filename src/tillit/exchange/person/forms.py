"""Who asks to see what is stored, and why; what is held back, and by which law."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.exchange.person.models import Asker, Exemption


class AskForm(forms.Form):
    """Take out all about somebody."""

    asker = forms.ChoiceField(
        label=_("Hvem ber om det?"), choices=Asker.choices, initial=Asker.SELF, widget=forms.RadioSelect()
    )
    why = forms.CharField(
        label=_("Hvorfor?"),
        max_length=200,
        help_text=_("Én linje, som «Bad om innsyn i møte 20. november»."),
    )


#: The fields stand beside the texts that are ticked off, outside the form's own element.
_OF_THE_PAGE = {"form": "hold"}


class HoldBackForm(forms.Form):
    """Hold rows back."""

    exemption = forms.ChoiceField(
        label=_("Hva bygger dere på?"),
        choices=Exemption.choices,
        widget=forms.RadioSelect(attrs=_OF_THE_PAGE),
    )
    words = forms.CharField(
        label=_("Begrunnelse"),
        max_length=300,
        widget=forms.TextInput(attrs=_OF_THE_PAGE),
    )
