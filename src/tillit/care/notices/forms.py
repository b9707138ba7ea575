"""Forms of notices."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.care.notices.rules.due import Answer

TEAM = "team"
LONGEST = 4000
WHEN: tuple[tuple[str, Any], ...] = (
    (Answer.HOUR.value, gettext_lazy("Innen en time")),
    (Answer.TODAY.value, gettext_lazy("I dag")),
    (Answer.TOMORROW.value, gettext_lazy("I morgen")),
    (Answer.WEEK.value, gettext_lazy("Innen en uke")),
)

Choices = Sequence[tuple[str, str]]


class NoticeForm(forms.Form):
    """A notice: what, to whom, when an answer is needed, and about whom."""

    text = forms.CharField(
        label=gettext_lazy("Hva gjelder det?"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": gettext_lazy("Skriv hva det gjelder."),
            "max_length": gettext_lazy("Teksten er for lang. Kort den ned til %(limit_value)s tegn."),
        },
    )
    to = forms.ChoiceField(label=gettext_lazy("Til hvem?"))
    by = forms.ChoiceField(label=gettext_lazy("Når trenger du svar?"), choices=WHEN)
    citizen = forms.TypedChoiceField(label=gettext_lazy("Om hvem?"), coerce=int, empty_value=None, required=False)
    press_key = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput())

    def __init__(
        self, *args: Any, duties: Choices, people: Choices, citizens: Iterable[tuple[str, str]] | None, **kwargs: Any
    ) -> None:
        """citizens: None when whom it is about is given."""
        super().__init__(*args, **kwargs)
        choices: list[tuple[str, Any]] = [(TEAM, _("Teamet"))]
        if duties:
            choices.append((_("Den som har vakta"), [(f"duty-{pk}", name) for pk, name in duties]))
        if people:
            choices.append((_("En kollega"), [(f"person-{pk}", name) for pk, name in people]))
        _choice(self, "to").choices = choices
        if citizens is None:
            del self.fields["citizen"]
        else:
            _choice(self, "citizen").choices = [("", _("Ingen bestemt bruker")), *citizens]

    def receiver(self) -> tuple[int | None, int | None]:
        """Return the duty and the person it is to; None and None is the team."""
        kind, _dash, number = self.cleaned_data["to"].partition("-")
        return (int(number) if kind == "duty" else None, int(number) if kind == "person" else None)


class ReplyForm(forms.Form):
    """The answer, which closes it."""

    answer = forms.CharField(
        label=gettext_lazy("Svar"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": gettext_lazy("Skriv et kort svar. Da ser den som spurte at det er tatt hånd om."),
            "max_length": gettext_lazy("Teksten er for lang. Kort den ned til %(limit_value)s tegn."),
        },
    )


def _choice(form: forms.Form, name: str) -> forms.ChoiceField:
    found = form.fields[name]
    assert isinstance(found, forms.ChoiceField)
    return found
