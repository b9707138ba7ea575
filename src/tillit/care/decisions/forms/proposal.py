"""The form of a proposal: one for each service, and what they have in common."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.care.decisions.actions import LineDraft, ProposalDraft
from tillit.care.decisions.rules.states import Outcome
from tillit.ui.fields import DayField

Choice = tuple[str, str]


class AmountField(forms.Field):
    """An amount as it is written: «9,5»."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "ti-short", "autocomplete": "off"})

    def to_python(self, value: Any) -> Decimal | None:
        """The number, or None. Raises ValidationError."""
        text = str(value or "").strip().replace(",", ".").replace(" ", "")
        if not text:
            return None
        try:
            found = Decimal(text)
        except InvalidOperation:
            raise ValidationError(_("Skriv et tall, for eksempel 9,5.")) from None
        if not found.is_finite() or found < 0 or found >= 100000:
            raise ValidationError(_("Skriv et tall fra 0 og opp."))
        return found.quantize(Decimal("0.01"))


class LineForm(forms.Form):
    """What is proposed for one service."""

    outcome = forms.ChoiceField(label=gettext_lazy("Forslag"), required=False)
    content = forms.CharField(
        label=gettext_lazy("Hva hjelpen er, slik det skal stå i brevet"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    extent = AmountField(label=gettext_lazy("Hvor mye"), required=False)
    span_percent = forms.TypedChoiceField(
        label=gettext_lazy("Akkurat, eller en ramme"), coerce=int, required=False, empty_value=None
    )
    starts_on = DayField(label=gettext_lazy("Fra"), required=False, help_text="")
    ends_on = DayField(label=gettext_lazy("Til og med"), required=False, help_text="")
    reasons = forms.CharField(
        label=gettext_lazy("Begrunnelse for denne tjenesten"),
        help_text=gettext_lazy("Dette står i brevet. Skriv til brukeren: «du»."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    dropped = forms.BooleanField(label=gettext_lazy("Ikke lenger aktuelt"), required=False)

    def __init__(self, *args: Any, outcomes: Sequence[Choice], spans: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        outcome, span = self.fields["outcome"], self.fields["span_percent"]
        assert isinstance(outcome, forms.ChoiceField)
        assert isinstance(span, forms.TypedChoiceField)
        outcome.choices = [("", _("Velg")), *outcomes]
        span.choices = [
            ("", _("Akkurat så mye")),
            *(
                (str(percent), _("Ramme, %(percent)s prosent opp eller ned") % {"percent": percent})
                for percent in spans
            ),
        ]

    def draft(self, *, line_id: int, service_code: str) -> LineDraft:
        """What stands in a valid form."""
        said = self.cleaned_data
        return LineDraft(
            line_id=line_id,
            service_code=service_code,
            outcome=said["outcome"],
            content=said["content"],
            extent=said["extent"],
            span_percent=said["span_percent"],
            starts_on=said["starts_on"],
            ends_on=said["ends_on"],
            reasons=said["reasons"],
            dropped=said["dropped"],
        )


class CommonForm(forms.Form):
    """Reasons in common, her view, and when it is looked at again."""

    reasons = forms.CharField(
        label=gettext_lazy("Derfor foreslår vi dette"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy(
            "Hva vi bygger på, og hvorfor hjelpen er god nok. Dette står i brevet. Skriv til brukeren: «du»."
        ),
    )
    how_view_weighed = forms.CharField(
        label=gettext_lazy("Hvordan vi la vekt på brukerens syn"),
        help_text=gettext_lazy("Dette står i brevet. Skriv til brukeren: «du»."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    evaluate_on = DayField(label=gettext_lazy("Ny vurdering innen"), required=False, help_text="")
    language = forms.ChoiceField(
        label=gettext_lazy("Brevet skrives på"),
        choices=[("nb", gettext_lazy("Bokmål")), ("nn", gettext_lazy("Nynorsk"))],
    )
    add = forms.ChoiceField(label=gettext_lazy("Legg til en tjeneste"), required=False)

    def __init__(self, *args: Any, services: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        add = self.fields["add"]
        assert isinstance(add, forms.ChoiceField)
        add.choices = [("", _("Velg")), *services]

    def draft(self, lines: Sequence[LineDraft]) -> ProposalDraft:
        """What stands in the valid forms together."""
        said = self.cleaned_data
        added = [LineDraft(service_code=said["add"])] if said["add"] else []
        return ProposalDraft(
            lines=[*lines, *added],
            reasons=said["reasons"],
            how_view_weighed=said["how_view_weighed"],
            evaluate_on=said["evaluate_on"],
            language=said["language"],
        )


def outcomes_for(*, has_before: bool) -> list[Outcome]:
    """Return what can be proposed: help one has can become less or end, help one has not can be refused."""
    if has_before:
        return [Outcome.GRANTED, Outcome.REDUCED, Outcome.ENDED]
    return [Outcome.GRANTED, Outcome.PARTLY, Outcome.REFUSED, Outcome.DISMISSED]
