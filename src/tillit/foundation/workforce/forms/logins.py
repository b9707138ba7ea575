"""What is typed when somebody gets a login or a role."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.foundation.access.roles import Role
from tillit.ui.fields import DayField


class UsernameForm(forms.Form):
    """The name somebody logs in with."""

    username = forms.CharField(
        label=_("Brukernavn"),
        max_length=150,
        help_text=_("Det medarbeideren skriver når hun logger inn. For eksempel kari.nilsen."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )


class RoleForm(forms.Form):
    """A role in a unit, from a day to a day."""

    role = forms.TypedChoiceField(label=_("Rolle"), coerce=Role)
    unit = forms.TypedChoiceField(label=_("Enhet"), coerce=int, help_text=_("Rollen gjelder der og i alt under."))
    valid_from = DayField(label=_("Første dag"))
    last = DayField(
        label=_("Siste dag"), required=False, help_text=_("La feltet stå tomt hvis rollen gjelder til videre.")
    )

    def __init__(
        self, *args: Any, roles: Sequence[tuple[str, str]], units: Sequence[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = roles  # type: ignore[attr-defined]
        self.fields["unit"].choices = units  # type: ignore[attr-defined]

    @property
    def valid_to(self) -> date | None:
        """The first day it is not held; None until further notice."""
        last: date | None = self.cleaned_data["last"]
        return None if last is None else last + timedelta(days=1)
