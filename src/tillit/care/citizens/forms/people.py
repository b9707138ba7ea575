"""Who answers for a citizen, her own people, her wishes about helpers."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.care.citizens import queries
from tillit.care.citizens.forms.fields import Choice, day_field


class ResponsibleForm(forms.Form):
    """Who answers for the citizen. One task at a time."""

    employee = forms.TypedChoiceField(coerce=int, required=False, empty_value=None)
    valid_from = day_field(gettext_lazy("Fra"))
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, label: str, colleagues: list[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        employee = self.fields["employee"]
        assert isinstance(employee, forms.TypedChoiceField)
        employee.label = label
        employee.choices = [("", _("Ingen")), *colleagues]


class NetworkForm(forms.Form):
    """One of the citizen's own people."""

    name = forms.CharField(
        label=gettext_lazy("Navn"), max_length=100, error_messages={"required": gettext_lazy("Skriv hvem det er.")}
    )
    kind = forms.ChoiceField(label=gettext_lazy("Hvem er det?"), choices=queries.NetworkKind.choices)
    relation = forms.CharField(
        label=gettext_lazy("Nærmere"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("«Datter», «Nabo, måker og har nøkkel»"),
    )
    phone = forms.CharField(label=gettext_lazy("Telefon"), max_length=20, required=False)
    is_next_of_kin = forms.BooleanField(label=gettext_lazy("Nærmeste pårørende"), required=False)
    note = forms.CharField(
        label=gettext_lazy("Å huske på"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("«Handler lørdager», «Ring etter kl. 16»"),
    )


class WishForm(forms.Form):
    """A wish about helpers."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Hva ønsker brukeren?"),
        choices=queries.WishKind.choices,
        widget=forms.RadioSelect(),
        error_messages={"required": gettext_lazy("Velg hva brukeren ønsker.")},
    )
    about = forms.ChoiceField(
        label=gettext_lazy("Om hvem?"), error_messages={"required": gettext_lazy("Velg hvem det gjelder.")}
    )
    reason = forms.CharField(
        label=gettext_lazy("Hvorfor"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Bare hvis brukeren vil at teamet skal vite det."),
    )

    def __init__(self, *args: Any, colleagues: list[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        about = self.fields["about"]
        assert isinstance(about, forms.ChoiceField)
        about.choices = [
            ("", _("Velg")),
            (_("Kvinne eller mann"), [("K", _("Kvinner")), ("M", _("Menn"))]),
            (_("Kollega"), colleagues),
        ]

    def employee_id(self) -> int | None:
        """Return the colleague, if the wish is about one."""
        about: str = self.cleaned_data["about"]
        return int(about) if about.isdigit() else None

    def gender(self) -> str:
        """Return K or M, if the wish is about gender."""
        about: str = self.cleaned_data["about"]
        return "" if about.isdigit() else about
