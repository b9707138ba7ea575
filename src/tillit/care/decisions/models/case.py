"""Stored: a case, its number, and the services it is about."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.care.citizens.models import Citizen, NetworkMember
from tillit.care.decisions.rules.states import CLOSED, Outcome, State
from tillit.foundation.authority.models import ServiceType
from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce.models import Employee

STATE_NAMES = {
    State.CONTACT: _("Henvendelse"),
    State.RECEIVED: _("Søknad mottatt"),
    State.ASSESSMENT: _("Vurderes"),
    State.PROPOSED: _("Venter på vedtak"),
    State.DECIDED: _("Vedtatt, ikke sendt"),
    State.NOTIFIED: _("Vedtak sendt"),
    State.ACTIVE: _("Hjelpen er i gang"),
    State.PAUSED: _("Midlertidig stopp"),
    State.REASSESSMENT: _("Vurderes på nytt"),
    State.REFUSED: _("Avslått"),
    State.DISMISSED: _("Avvist"),
    State.ENDED: _("Avsluttet"),
    State.WITHDRAWN: _("Trukket"),
    State.DIED: _("Avsluttet, bruker er død"),
    State.MOVED: _("Avsluttet, bruker har flyttet"),
}


class Origin(models.TextChoices):
    """Who asks."""

    CITIZEN = "CITIZEN", _("Brukeren selv")
    CARER = "CARER", _("Pårørende for seg selv")
    REPRESENTATIVE = "REPRESENTATIVE", _("Pårørende med fullmakt")
    GUARDIAN = "GUARDIAN", _("Verge")
    HOSPITAL = "HOSPITAL", _("Sykehuset")
    OTHER_SERVICE = "OTHER_SERVICE", _("Fastlege eller annen tjeneste")
    OWN_INITIATIVE = "OWN_INITIATIVE", _("Vi selv")


#: Those who speak for the citizen, so that she has spoken herself (fvl § 16).
SPEAKS_FOR_CITIZEN = frozenset({Origin.CITIZEN, Origin.CARER, Origin.REPRESENTATIVE, Origin.GUARDIAN})


class Channel(models.TextChoices):
    """How it came."""

    PAPER = "PAPER", _("Papir")
    PHONE = "PHONE", _("Telefon")
    IN_PERSON = "IN_PERSON", _("Samtale")
    MESSAGE = "MESSAGE", _("Melding")
    DIGITAL = "DIGITAL", _("Digital søknad")


class Case(models.Model):
    """An administrative case (sak) about help to a citizen, from contact through decisions to its end.

    The case file (saksmappe) is this and what hangs on it. It is never the health record: notes about treatment stand
    with the care plan and the visits. `is_new`: the citizen had no decision in force when it came (R04: other rows of
    the responsibility table hold then). `reassessed_from`: set while a running decision is looked at again.
    """

    number = models.CharField(max_length=20, unique=True, help_text="Year and running number: 2026/1432")
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="cases")
    state = models.CharField(max_length=20, choices=[(each.value, STATE_NAMES[each]) for each in State])
    state_on = models.DateField(help_text="Since when")
    origin = models.CharField(max_length=20, choices=Origin.choices)
    channel = models.CharField(max_length=20, choices=Channel.choices)
    applicant = models.ForeignKey(NetworkMember, null=True, on_delete=models.PROTECT, related_name="+")
    authority_seen_on = models.DateField(null=True, help_text="When the power of attorney was seen")
    words = models.TextField(blank=True, help_text="What is asked for, in the applicant's own words")
    split_from = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="split_off", help_text="Others decide this part of it"
    )
    is_new = models.BooleanField(default=False)
    by_citizen = models.BooleanField(default=True, help_text="What is looked at now was asked for by or for her")
    received_on = models.DateField(null=True)
    registered_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    registered_at = models.DateTimeField()
    receipt_told_on = models.DateField(null=True, help_text="When the applicant was told that it has come")
    expected_on = models.DateField(null=True, help_text="The day an interim reply named")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="cases", help_text="Who holds it now")
    case_worker = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="cases")
    urgent_from = models.DateField(null=True, help_text="Help began before the decision")
    urgent_reason = models.CharField(max_length=300, blank=True)
    urgent_unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    assessment_until = models.DateField(null=True, help_text="When the assessment team's time is over")
    reassessed_from = models.DateField(null=True)
    reassessed_why = models.CharField(max_length=300, blank=True)
    proposed_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(null=True)
    reasons = models.TextField(blank=True, help_text="Facts relied on and main considerations: the proposal's")
    how_view_weighed = models.TextField(blank=True)
    evaluate_on = models.DateField(null=True)
    is_frame = models.BooleanField(default=False)
    language = models.CharField(max_length=2, default="nb", help_text="Of letters: nb or nn")
    party_street = models.CharField(
        max_length=200,
        blank=True,
        default="",
        help_text="Where letters go when a carer asks for herself; else they go to the citizen's address",
    )
    party_postal_code = models.CharField(max_length=4, blank=True, default="")
    party_place = models.CharField(max_length=100, blank=True, default="")
    closed_on = models.DateField(null=True)
    press_key = models.CharField(max_length=40, blank=True, help_text="Of the press that received it")
    edition = models.PositiveIntegerField(default=1, help_text="Grows with every change: two writers are told")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="decisions_case_state_known", condition=models.Q(state__in=[each.value for each in State])
            ),
            models.CheckConstraint(
                name="decisions_case_closed_has_a_day",
                condition=models.Q(state__in=sorted(each.value for each in CLOSED), closed_on__isnull=False)
                | (~models.Q(state__in=sorted(each.value for each in CLOSED)) & models.Q(closed_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="decisions_case_received_unless_contact",
                condition=models.Q(state="CONTACT")
                | models.Q(received_on__isnull=False)
                | models.Q(closed_on__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["press_key"], condition=~models.Q(press_key=""), name="decisions_case_received_once"
            ),
            models.CheckConstraint(
                name="decisions_case_party_address_whole",
                condition=models.Q(party_street="", party_postal_code="", party_place="")
                | (~models.Q(party_street="") & ~models.Q(party_postal_code="") & ~models.Q(party_place="")),
            ),
            models.CheckConstraint(name="decisions_case_language_known", condition=models.Q(language__in=["nb", "nn"])),
        ]
        indexes = [
            models.Index(fields=["unit", "state"], name="decisions_case_of_unit"),
            models.Index(fields=["citizen", "state"], name="decisions_case_of_citizen"),
            models.Index(fields=["case_worker", "state"], name="decisions_case_of_worker"),
        ]

    def __str__(self) -> str:
        return f"case:{self.pk}"


class CaseSeries(models.Model):
    """The last case number given in a year; its row is locked while the next one is given."""

    year = models.PositiveSmallIntegerField(unique=True)
    last = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.year}/{self.last}"


class Line(models.Model):
    """One service in a case: what was asked for and what is proposed. A decision copies it and leaves it.

    A line that others must decide travels on in a case of its own (`Case.split_from`). `was`: the line of a decision
    in force that this one changes.
    """

    class State(models.TextChoices):
        """Whether it is still to be decided."""

        OPEN = "OPEN", _("Ikke avgjort")
        DECIDED = "DECIDED", _("Avgjort")
        DROPPED = "DROPPED", _("Ikke lenger aktuelt")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="lines")
    service = models.ForeignKey(ServiceType, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    is_asked_for = models.BooleanField(default=True, help_text="False: found during the assessment")
    asked_words = models.CharField(max_length=300, blank=True)
    outcome = models.CharField(max_length=10, blank=True, choices=[(each.value, each.value) for each in Outcome])
    content = models.TextField(blank=True, help_text="What is granted, in words for the letter")
    extent = models.DecimalField(max_digits=7, decimal_places=2, null=True, help_text="In the service's own unit")
    span_percent = models.PositiveSmallIntegerField(null=True, help_text="The frame's span; empty: no frame")
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True, help_text="The last day")
    reasons = models.TextField(blank=True)
    was = models.ForeignKey("decisions.DecisionLine", null=True, on_delete=models.PROTECT, related_name="+")
    rank = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="decisions_line_days_in_order",
                condition=models.Q(ends_on__isnull=True)
                | models.Q(starts_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
            ),
            models.CheckConstraint(
                name="decisions_line_extent_not_negative",
                condition=models.Q(extent__isnull=True) | models.Q(extent__gte=0),
            ),
            models.CheckConstraint(
                name="decisions_line_span_0_to_50",
                condition=models.Q(span_percent__isnull=True) | models.Q(span_percent__lte=50),
            ),
        ]

    def __str__(self) -> str:
        return f"caseline:{self.pk}"
