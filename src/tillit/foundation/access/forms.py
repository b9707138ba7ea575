"""What is chosen on «Mine innstillinger»."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _


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
