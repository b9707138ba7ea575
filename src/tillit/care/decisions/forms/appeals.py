"""Forms about appeals."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.care.decisions.models import Channel, Ground, Origin
from tillit.care.decisions.rules.appeals import AppealStep
from tillit.care.letters.rules import Way
from tillit.ui.fields import DayField

WAYS = ((Way.DIGITAL.value, _("Digitalt")), (Way.PAPER.value, _("På papir")))
#: The reader's words for how an appeal comes; told by mouth, we write it for her.
CHANNELS = (
    (Channel.PAPER.value, _("På papir")),
    (Channel.DIGITAL.value, _("Digitalt")),
    (Channel.MESSAGE.value, _("Melding")),
    (Channel.PHONE.value, _("På telefon: vi skriver den ned")),
    (Channel.IN_PERSON.value, _("I en samtale: vi skriver den ned")),
)


class NewAppealForm(forms.Form):
    """An appeal as it comes in. `who`: the citizen, or one of her own people by id."""

    press_key = forms.CharField(widget=forms.HiddenInput, max_length=40)
    who = forms.ChoiceField(label=_("Hvem klager?"), widget=forms.RadioSelect)
    origin = forms.ChoiceField(
        label=_("Hvis en annen klager: på hvilken måte?"),
        choices=(
            ("", _("Brukeren klager selv")),
            (Origin.REPRESENTATIVE.value, _("Har fullmakt fra brukeren")),
            (Origin.GUARDIAN.value, _("Er verge")),
            (Origin.CARER.value, _("Klager for egen del, for eksempel på avlastning")),
        ),
        required=False,
    )
    channel = forms.ChoiceField(label=_("Hvordan kom klagen?"), choices=CHANNELS, widget=forms.RadioSelect)
    received_on = DayField(label=_("Når kom den til oss?"))
    posted_on = DayField(
        label=_("Når ble den sendt?"),
        required=False,
        help_text=_("Poststemplet, hvis den kom i posten. Tomt: samme dag"),
    )
    words = forms.CharField(
        label=_("Hva klages det på?"),
        help_text=_("Med egne ord. Skriv av fra brevet, eller det som blir sagt."),
        max_length=20000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    asks_for_stay = forms.BooleanField(
        label=_("Ber oss vente med å gjennomføre vedtaket til klagen er avgjort"), required=False
    )

    def __init__(
        self, *args: Any, people: Sequence[tuple[str, str]], today: date, key: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = people  # type: ignore[attr-defined]
        self.fields["who"].initial = people[0][0]
        self.fields["channel"].initial = Channel.PAPER.value
        self.fields["received_on"].initial = today
        self.fields["press_key"].initial = key
        if len(people) == 1:
            self.fields["who"].widget = forms.HiddenInput()
            del self.fields["origin"]

    def clean(self) -> dict[str, Any]:
        """Somebody else says in which way she may appeal; without a day of posting, it was posted when it came."""
        found = super().clean() or {}
        if found.get("who", "0") != "0" and not found.get("origin"):
            self.add_error("origin", _("Velg på hvilken måte personen klager."))
        if found.get("received_on") and not found.get("posted_on"):
            found["posted_on"] = found["received_on"]
        return found


class MoreForm(forms.Form):
    """What an appeal lacks, and by when."""

    edition = forms.IntegerField(widget=forms.HiddenInput)
    missing = forms.CharField(
        label=_("Hva mangler?"), help_text=_("For eksempel: Klagen er ikke underskrevet"), max_length=300
    )
    complete_by = DayField(label=_("Frist for å rette det"))


class TakeUpForm(forms.Form):
    """Why a late appeal is taken up."""

    edition = forms.IntegerField(widget=forms.HiddenInput)
    late_reason = forms.CharField(
        label=_("Hvorfor behandles den likevel?"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class DismissForm(forms.Form):
    """Why an appeal is dismissed."""

    edition = forms.IntegerField(widget=forms.HiddenInput)
    ground = forms.ChoiceField(label=_("Hvorfor avvises klagen?"), choices=Ground.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Begrunnelse"),
        help_text=_("Står i brevet. Si hva som er vurdert."),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    ways = forms.MultipleChoiceField(
        label=_("Hvordan sendes brevet?"),
        choices=WAYS,
        widget=forms.CheckboxSelectMultiple,
        initial=[Way.DIGITAL.value],
    )


class ReviewForm(forms.Form):
    """What was looked at again, what we think, and what it comes to."""

    edition = forms.IntegerField(widget=forms.HiddenInput)
    words = forms.CharField(
        label=_("Hva har dere sett på på nytt, og hva mener dere?"),
        help_text=_("Står i brevet hvis klagen sendes videre. Svar på det som klages på, punkt for punkt."),
        max_length=20000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    result = forms.ChoiceField(
        label=_("Hva kom dere til?"),
        choices=(
            ("", _("Ikke ferdig: lagre det som står")),
            (AppealStep.CHANGE.value, _("Vi endrer vedtaket slik det klages")),
            (AppealStep.CHANGE_PARTLY.value, _("Vi endrer noe, og sender resten til Statsforvalteren")),
            (AppealStep.FORWARD.value, _("Vi endrer ikke vedtaket, og sender klagen til Statsforvalteren")),
        ),
        widget=forms.RadioSelect,
        required=False,
    )


class SendForm(forms.Form):
    """A letter that goes out, and the day that stands in it."""

    edition = forms.IntegerField(widget=forms.HiddenInput)
    day = DayField(label=_("Dag"))
    ways = forms.MultipleChoiceField(
        label=_("Hvordan sendes brevet?"),
        choices=WAYS,
        widget=forms.CheckboxSelectMultiple,
        initial=[Way.DIGITAL.value],
    )

    def __init__(self, *args: Any, label: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].label = label


class AnswerForm(forms.Form):
    """What the county governor came to."""

    edition = forms.IntegerField(widget=forms.HiddenInput)
    step = forms.ChoiceField(
        label=_("Hva kom Statsforvalteren til?"),
        choices=(
            (AppealStep.GOVERNOR_UPHOLDS.value, _("Enig med oss: vedtaket står")),
            (AppealStep.GOVERNOR_CHANGES.value, _("Endret vedtaket")),
            (AppealStep.GOVERNOR_RETURNS.value, _("Opphevet vedtaket: vi må se på saken på nytt")),
        ),
        widget=forms.RadioSelect,
    )
    answered_on = DayField(label=_("Dato på svaret"))
    words = forms.CharField(label=_("Kort om svaret"), max_length=5000, widget=forms.Textarea(attrs={"rows": 3}))


class StayForm(forms.Form):
    """Whether we wait, and why."""

    edition = forms.IntegerField(widget=forms.HiddenInput)
    granted = forms.ChoiceField(
        label=_("Hva svarer dere?"),
        choices=(
            ("yes", _("Ja, hjelpen er som før til klagen er avgjort")),
            ("no", _("Nei, vedtaket gjennomføres nå")),
        ),
        widget=forms.RadioSelect,
    )
    reasons = forms.CharField(
        label=_("Begrunnelse"), help_text=_("Står i brevet."), max_length=5000, widget=forms.Textarea(attrs={"rows": 3})
    )


class EditionForm(forms.Form):
    """A press on what one has seen."""

    edition = forms.IntegerField(widget=forms.HiddenInput)
