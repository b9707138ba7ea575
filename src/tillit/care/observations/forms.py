"""What is written of observations: the quick check, a weight or words, what is done about it, what is usual."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from tillit.care.observations.actions.observing import BOUNDS
from tillit.care.observations.models import About, Alertness, Ending
from tillit.care.observations.rules.news2 import Measured
from tillit.care.observations.rules.reaction import HOURS
from tillit.ui.clashing import SeenForm

WORDS = 4000
_TOO_LONG = _("Teksten er for lang. Kort den ned til %(limit_value)s tegn.")


class NumberField(forms.Field):
    """A measured number, as it is written in Norway: 37,4. Gives an int, or a Decimal with one decimal."""

    default_error_messages = {
        "invalid": _("Skriv et tall."),
        "strange": _("Se over tallet. Det skal være mellom %(least)s og %(most)s."),
    }

    def __init__(self, *, of: str, decimals: int = 0, **kwargs: Any) -> None:
        self.bounds, self.decimals = BOUNDS[of], decimals
        mode = "decimal" if decimals else "numeric"
        least, most = self.bounds
        told = {"data-least": least, "data-most": most, "data-decimals": decimals}  # the phone asks the same
        kwargs.setdefault("required", False)
        super().__init__(
            widget=forms.TextInput({"inputmode": mode, "autocomplete": "off", "class": "ti-short", **told}), **kwargs
        )

    def to_python(self, value: Any) -> int | Decimal | None:
        """The number, or None when the field is empty. Raises ValidationError."""
        text = str(value or "").strip().replace(",", ".")
        if not text:
            return None
        try:
            found = Decimal(text)
        except InvalidOperation:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None
        step = Decimal(1).scaleb(-self.decimals)
        if not found.is_finite() or abs(found) > 9999 or found != found.quantize(step):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        least, most = self.bounds
        if not least <= found <= most:
            raise ValidationError(self.error_messages["strange"], code="strange", params={"least": least, "most": most})
        return found.quantize(step) if self.decimals else int(found)


def _words(label: Any, *, rows: int = 2, required: bool = False, message: Any = "") -> Any:
    return forms.CharField(
        label=label,
        max_length=WORDS,
        required=required,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"max_length": _TOO_LONG, **({"required": message} if message else {})},
    )


class CheckForm(forms.Form):
    """The quick check: nothing has to be filled in but something. visit: which visit it was seen at."""

    press_key = forms.CharField(max_length=64, widget=forms.HiddenInput())
    visit = forms.IntegerField(required=False, widget=forms.HiddenInput(), min_value=1, max_value=2**62)
    words = _words(_("Hva er annerledes?"))
    consciousness = forms.ChoiceField(
        label=_("Hvor våken er brukeren?"), choices=Alertness.choices, required=False, widget=forms.RadioSelect
    )
    respiration = NumberField(label=_("Pust i minuttet"), of="respiration")
    saturation = NumberField(label=_("Metning i prosent"), of="saturation")
    oxygen = forms.ChoiceField(
        label=_("Puster brukeren luft eller oksygen?"),
        choices=[("AIR", _("Luft")), ("OXYGEN", _("Oksygen"))],
        required=False,
        widget=forms.RadioSelect,
    )
    systolic = NumberField(label=_("Øverste blodtrykk"), of="systolic")
    pulse = NumberField(label=_("Puls i minuttet"), of="pulse")
    temperature = NumberField(label=_("Temperatur"), of="temperature", decimals=1)

    def measured(self) -> Measured:
        """What was measured; None where it was not."""
        said = self.cleaned_data
        return Measured(
            respiration=said["respiration"],
            saturation=said["saturation"],
            oxygen=said["oxygen"] == "OXYGEN" if said["oxygen"] else None,
            systolic=said["systolic"],
            pulse=said["pulse"],
            consciousness=said["consciousness"],
            temperature=said["temperature"],
        )

    def clean(self) -> dict[str, Any]:
        """Something must be said, or measured."""
        said = super().clean() or {}
        if not self.errors and not said.get("words") and self.measured().is_empty:
            self.add_error(None, _("Mål noe, eller skriv hva som ikke er som vanlig."))
        return said


class ObserveForm(forms.Form):
    """A weight, or something seen in words."""

    press_key = forms.CharField(max_length=64, widget=forms.HiddenInput())
    visit = forms.IntegerField(required=False, widget=forms.HiddenInput(), min_value=1, max_value=2**62)
    about = forms.ChoiceField(
        label=_("Hva gjelder det?"), choices=About.choices, required=False, widget=forms.RadioSelect
    )
    words = _words(_("Hva så du?"), rows=3)
    weight = NumberField(label=_("Vekt i kilo"), of="weight", decimals=1)

    def clean(self) -> dict[str, Any]:
        """Something must be said, or weighed."""
        said = super().clean() or {}
        if not self.errors and not said.get("words") and said.get("weight") is None:
            self.add_error(None, _("Skriv vekta, eller hva du så."))
        return said


#: Goes on: measured again later.
GO_ON = "GO_ON"


class WatchForm(forms.Form):
    """What is done about it: it goes on, or it is over."""

    press_key = forms.CharField(max_length=64, widget=forms.HiddenInput())
    step = forms.ChoiceField(
        label=_("Hva gjør dere?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg hva dere gjør.")},
    )
    hours = forms.TypedChoiceField(
        label=_("Neste måling innen"),
        coerce=int,
        empty_value=None,
        required=False,
        choices=[(hours, ngettext_lazy("%(n)d time", "%(n)d timer", hours) % {"n": hours}) for hours in HOURS],
    )
    words = _words(_("Skriv kort"), required=True, message=_("Skriv kort hva dere gjør."))

    def __init__(self, *args: Any, judges: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        steps: list[tuple[str, Any]] = [(GO_ON, _("Vi følger med og måler igjen"))]
        steps += [(one.value, one.label) for one in Ending if judges or one in (Ending.DOCTOR, Ending.HOSPITAL)]
        chosen = self.fields["step"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = steps

    def clean(self) -> dict[str, Any]:
        """When it goes on it is said when it is measured again."""
        said = super().clean() or {}
        if said.get("step") == GO_ON and not said.get("hours"):
            self.add_error("hours", _("Velg når dere måler igjen."))
        return said


class UsualForm(SeenForm):
    """What is usual for a citizen. edition: the row that was shown, 0 for none."""

    words = _words(_("Hvordan er brukeren til vanlig?"), rows=3)
    saturation = NumberField(label=_("Vanlig oksygenmetning i prosent"), of="saturation")
    scale = forms.TypedChoiceField(
        label=_("Skala for oksygenmetning"),
        coerce=int,
        widget=forms.RadioSelect,
        choices=[
            (1, _("Skala 1: for de fleste")),
            (2, _("Skala 2: lege eller sykepleier har bestemt at målet er 88–92 %")),
        ],
        error_messages={"required": _("Velg skala.")},
    )
    scale_by = forms.CharField(
        label=_("Hvem har bestemt skala 2?"),
        max_length=120,
        required=False,
        error_messages={"max_length": _TOO_LONG},
    )

    def __init__(self, *args: Any, sets_scale: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not sets_scale:
            del self.fields["scale"], self.fields["scale_by"]
