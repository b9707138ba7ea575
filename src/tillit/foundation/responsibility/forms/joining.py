"""The form for when a work group shares its team's lists."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.ui.fields import DayField

PARTS = (
    ("EVENING", _("Om kvelden")),
    ("NIGHT", _("Om natta")),
    ("WEEKEND", _("I helger og på helligdager, hele dagen")),
)


class AnyNumber(forms.MultipleChoiceField):
    """Boxes of which none is an answer too: not a field one may skip."""

    def validate(self, value: list[str]) -> None:
        """Only ask whether those that are ticked exist."""
        if value:
            super().validate(value)


class JoiningForm(forms.Form):
    """When lists are shared, from which day."""

    edition = forms.IntegerField(widget=forms.HiddenInput)
    shared = AnyNumber(
        label=_("Når er listene felles med teamet?"),
        choices=PARTS,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("På dagtid på hverdager har arbeidslaget alltid egne lister."),
    )
    valid_from = DayField(label=_("Gjelder fra"), help_text=_("Lister noen har begynt på, blir stående som de er."))
