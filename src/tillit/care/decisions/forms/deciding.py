"""Forms on the way from proposal to delivery."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.care.decisions.models import NoticeWay
from tillit.ui.fields import DayField


class EditionForm(forms.Form):
    """What the page has seen: with every press."""

    edition = forms.IntegerField(widget=forms.HiddenInput)


class ReasonsForm(EditionForm):
    """The reasons, bettered by the one who decides."""

    reasons = forms.CharField(
        label=_("Begrunnelsen"),
        help_text=_("Hva vi bygger på, og hva vi har lagt vekt på. Skriv til brukeren: «du»."),
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    how_view_weighed = forms.CharField(
        label=_("Hva brukerens syn har betydd"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class SendBackForm(EditionForm):
    """Why a proposal goes back."""

    why = forms.CharField(label=_("Hva mangler?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class TellForm(EditionForm):
    """How it was told."""

    way = forms.ChoiceField(choices=NoticeWay.choices)


class StartDespiteForm(EditionForm):
    """Why help begins although execution is stayed."""

    why = forms.CharField(
        label=_("Hvorfor begynner hjelpen likevel?"), help_text=_("Én linje. Den blir stående i saken."), max_length=300
    )


class InterimForm(EditionForm):
    """The interim reply."""

    reason = forms.CharField(
        label=_("Hvorfor tar det lenger tid?"),
        help_text=_("Skriv det slik brukeren skal lese det."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    expected_on = DayField(label=_("Når kommer svaret?"))


class AdvanceForm(EditionForm):
    """The advance notice."""

    considered = forms.CharField(
        label=_("Hva vurderer dere å endre?"),
        help_text=_("Én linje for hver tjeneste, slik brukeren skal lese det: fra hva til hva."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ReplyForm(EditionForm):
    """What she answered."""

    reply = forms.CharField(
        label=_("Hva svarte brukeren?"), help_text=_("Med egne ord."), max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    replied_on = DayField(label=_("Når?"))


class ReassessForm(EditionForm):
    """Why we look again."""

    why = forms.CharField(label=_("Hvorfor ser dere på hjelpen igjen?"), help_text=_("Én linje."), max_length=300)
    opened_by = forms.ChoiceField(
        label=_("Hvem tok det opp?"),
        choices=(
            ("CITIZEN", _("Brukeren, eller en som snakker for brukeren")),
            ("TEAM", _("Teamet: behovet har endret seg")),
            ("GOALS_MET", _("Teamet: målene er nådd")),
            ("PLAN", _("Dagen for ny vurdering er kommet")),
        ),
        widget=forms.RadioSelect,
        initial="TEAM",
    )


class KeepForm(EditionForm):
    """The decision stands."""

    evaluate_on = DayField(label=_("Når ser dere på det neste gang?"))


class GiveReasonsForm(EditionForm):
    """Reasons that were asked for."""

    reasons = forms.CharField(
        label=_("Begrunnelsen"),
        help_text=_("Hva vi bygger på, og hva vi har lagt vekt på. Skriv til brukeren: «du»."),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    way = forms.ChoiceField(
        label=_("Hvordan sendes den?"),
        choices=[choice for choice in NoticeWay.choices if choice[0] != "ORALLY"],
        widget=forms.RadioSelect,
        initial="DIGITAL",
    )
