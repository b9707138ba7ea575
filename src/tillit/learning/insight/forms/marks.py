"""What is written on the time line."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.learning.insight.actions.marks import LONGEST
from tillit.learning.insight.models import MarkKind
from tillit.ui.fields import DayField


class MarkForm(forms.Form):
    """Something that happened and may matter for the numbers."""

    press_key = forms.CharField(max_length=64, widget=forms.HiddenInput())
    on = DayField(label=_("Når skjedde det?"))
    kind = forms.ChoiceField(
        label=_("Hva slags hendelse var det?"),
        choices=MarkKind.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Velg hva slags hendelse det var."),
            "invalid_choice": _("Velg hva slags hendelse det var."),
        },
    )
    text = forms.CharField(
        label=_("Hva skjedde?"),
        max_length=LONGEST,
        help_text=_("Noen få ord, uten navn på personer. De står på tidslinja for enheten og de under."),
        error_messages={
            "max_length": _("Skriv det kortere: høyst %(limit_value)s tegn."),
        },
    )
