"""The small forms of a case: notes, hand-over, help that must begin, choice, capacity, what others told."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.care.decisions.models.assessment import FactSource, NotShown
from tillit.ui.clashing import SeenForm
from tillit.ui.fields import DayField

Choice = tuple[str, str]


def _text(
    label: Any, *, rows: int = 3, required: bool = True, missing: Any = "", help_text: Any = ""
) -> forms.CharField:
    errors = {"required": missing or gettext_lazy("Skriv noe her.")}
    return forms.CharField(
        label=label,
        required=required,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages=errors,
        help_text=help_text,
    )


def _chosen(form: forms.Form, name: str, choices: Sequence[Choice], empty: str) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = [("", empty), *choices]


class NoteForm(forms.Form):
    """A note in the case file. corrects: the note it corrects."""

    text = _text(
        gettext_lazy("Hva ble sagt eller skjedde"), missing=gettext_lazy("Skriv hva som ble sagt eller skjedde.")
    )
    happened_on = DayField(label=gettext_lazy("Når"), help_text="")
    corrects = forms.IntegerField(required=False, widget=forms.HiddenInput)
    press_key = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)


class HandOverForm(forms.Form):
    """Who a case is offered to, and what they must know. Those the table names are there to see; others are below."""

    unit = forms.TypedChoiceField(
        label=gettext_lazy("Hvem skal ta over"), coerce=int, required=False, empty_value=None, widget=forms.RadioSelect
    )
    other = forms.TypedChoiceField(label=gettext_lazy("En annen enhet"), coerce=int, required=False, empty_value=None)
    must_know = _text(
        gettext_lazy("Det de må vite"), rows=5, missing=gettext_lazy("Skriv det de som tar over, må vite.")
    )

    def __init__(
        self, *args: Any, by_table: Sequence[Choice], others: Sequence[Choice], chosen: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        unit = self.fields["unit"]
        assert isinstance(unit, forms.TypedChoiceField)
        unit.choices = list(by_table)
        unit.initial = chosen
        _chosen(self, "other", others, _("Velg"))

    def clean(self) -> dict[str, Any]:
        """Somebody must be chosen; whom she takes from the others is meant."""
        said = super().clean() or {}
        to = said.get("other") or said.get("unit")
        if to is None and not self.errors.keys() & {"unit", "other"}:
            self.add_error("unit" if self.has_choice else "other", _("Velg hvem som skal ta over saken."))
        said["to"] = to
        return said

    @property
    def has_choice(self) -> bool:
        """Whether the table names anybody else than those who have it."""
        unit = self.fields["unit"]
        assert isinstance(unit, forms.TypedChoiceField)
        return bool(unit.choices)


class PartyForm(forms.Form):
    """Where letters go to a carer who asks for herself."""

    street = forms.CharField(
        label=gettext_lazy("Adresse"), max_length=200, error_messages={"required": gettext_lazy("Skriv adressen.")}
    )
    postal_code = forms.CharField(
        label=gettext_lazy("Postnummer"),
        max_length=4,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "ti-short"}),
        error_messages={"required": gettext_lazy("Skriv postnummeret.")},
    )
    place = forms.CharField(
        label=gettext_lazy("Poststed"), max_length=100, error_messages={"required": gettext_lazy("Skriv poststedet.")}
    )


class SendBackForm(forms.Form):
    """Why a case that was offered is sent back."""

    words = forms.CharField(
        label=gettext_lazy("Hva mangler, eller hvorfor hører saken til hos dem"),
        max_length=300,
        error_messages={"required": gettext_lazy("Skriv hvorfor, så de som tilbød, vet hva som mangler.")},
    )


class WorkerForm(forms.Form):
    """Who works with a case."""

    employee = forms.TypedChoiceField(label=gettext_lazy("Saksbehandler"), coerce=int, required=False, empty_value=None)

    def __init__(self, *args: Any, people: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _chosen(self, "employee", people, _("Ingen ennå"))


class UrgentForm(forms.Form):
    """Help that must begin before the decision."""

    urgent_from = DayField(label=gettext_lazy("Fra"), help_text="")
    urgent_reason = forms.CharField(
        label=gettext_lazy("Hvorfor det haster"),
        max_length=300,
        error_messages={"required": gettext_lazy("Skriv hvorfor hjelpen må begynne før vedtaket.")},
    )
    urgent_unit = forms.TypedChoiceField(
        label=gettext_lazy("Hvem gir hjelpen"),
        coerce=int,
        required=False,
        empty_value=None,
        help_text=gettext_lazy("Bare når modellen ikke sier det."),
    )

    def __init__(self, *args: Any, units: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _chosen(self, "urgent_unit", units, _("Etter modellen"))


class ChoiceForm(forms.Form):
    """The citizen's choice of who gives the help."""

    told_on = DayField(label=gettext_lazy("Dagen dere fortalte om valget"), help_text="")
    chosen_on = DayField(
        label=gettext_lazy("Dagen brukeren valgte"),
        required=False,
        help_text=gettext_lazy("La det stå tomt hvis hun eller han ikke har valgt ennå."),
    )
    unit = forms.TypedChoiceField(label=gettext_lazy("Kommunens team"), coerce=int, required=False, empty_value=None)
    provider = forms.CharField(label=gettext_lazy("Eller privat leverandør"), max_length=100, required=False)

    def __init__(self, *args: Any, units: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _chosen(self, "unit", units, _("Ikke valgt"))


class WithdrawForm(forms.Form):
    """The one who asked withdraws it."""

    by_party = forms.ChoiceField(
        label=gettext_lazy("Hvem trekker søknaden"),
        choices=[("yes", gettext_lazy("Den som søkte")), ("no", gettext_lazy("Noen andre"))],
        widget=forms.RadioSelect,
        initial="yes",
    )
    withdrawn_on = DayField(label=gettext_lazy("Dagen det ble sagt"), help_text="")
    words = _text(
        gettext_lazy("Hva som ble sagt, og hvordan"), missing=gettext_lazy("Skriv hva som ble sagt, og hvordan.")
    )


class DisqualifyForm(forms.Form):
    """Somebody may not take part."""

    employee = forms.TypedChoiceField(
        label=gettext_lazy("Hvem"), coerce=int, error_messages={"required": gettext_lazy("Velg hvem det gjelder.")}
    )
    reason = forms.CharField(
        label=gettext_lazy("Hvorfor, kort"),
        max_length=200,
        help_text=gettext_lazy("«Nær slektning» er nok."),
        error_messages={"required": gettext_lazy("Skriv kort hvorfor. «Nær slektning» er nok.")},
    )
    valid_from = DayField(label=gettext_lazy("Fra"), help_text="")

    def __init__(self, *args: Any, people: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _chosen(self, "employee", people, _("Velg"))


class FactForm(forms.Form):
    """What somebody else has told."""

    source = forms.ChoiceField(label=gettext_lazy("Hvem fortalte det"), choices=FactSource.choices)
    text = _text(gettext_lazy("Hva de fortalte"), missing=gettext_lazy("Skriv hva de fortalte."))
    received_on = DayField(label=gettext_lazy("Når det kom"), help_text="")
    shown_on = DayField(
        label=gettext_lazy("Dagen brukeren så det"),
        required=False,
        help_text=gettext_lazy("La det stå tomt hvis brukeren ikke har sett det ennå."),
    )


class ShowFactForm(forms.Form):
    """The citizen has seen it."""

    shown_on = DayField(label=gettext_lazy("Dagen brukeren så det"), help_text="")
    answer = _text(gettext_lazy("Hva brukeren sa til det"), required=False)


class UnshownFactForm(SeenForm):
    """Why it is not put before her."""

    not_shown = forms.ChoiceField(label=gettext_lazy("Hvorfor det ikke vises"), choices=NotShown.choices)
    not_shown_why = forms.CharField(
        label=gettext_lazy("Hvorfor det gjelder her"),
        max_length=200,
        error_messages={"required": gettext_lazy("Skriv kort hvorfor unntaket gjelder her.")},
    )


class CapacityForm(forms.Form):
    """Decision capacity in one matter."""

    subject_matter = forms.CharField(
        label=gettext_lazy("Hvilket spørsmål det gjelder"),
        max_length=200,
        help_text=gettext_lazy("Ett spørsmål om gangen, for eksempel «ta imot hjelp til medisiner»."),
        error_messages={"required": gettext_lazy("Skriv hvilket spørsmål det gjelder.")},
    )
    has_capacity = forms.ChoiceField(
        label=gettext_lazy("Har brukeren beslutningskompetanse i dette nå"),
        choices=[
            ("yes", gettext_lazy("Ja")),
            ("no", gettext_lazy("Nei. Det er overveiende sannsynlig at hun eller han ikke forstår hva det gjelder, "
                                "og hva som følger av det")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Velg ja eller nei.")},
    )  # fmt: skip
    reasons = _text(gettext_lazy("Begrunnelse"), missing=gettext_lazy("Skriv begrunnelsen."))
    shown_to = forms.CharField(
        label=gettext_lazy("Lagt fram for"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Brukeren og nærmeste pårørende, ellers annet kvalifisert helsepersonell."),
    )
    shown_on = DayField(label=gettext_lazy("Når"), required=False, help_text="")
