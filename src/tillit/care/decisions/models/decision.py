"""Stored: decisions, what each gives, how they were told, and what comes before and in between."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.care.decisions.models.case import Case
from tillit.care.decisions.rules.states import Outcome
from tillit.care.letters.models import SentLetter
from tillit.foundation.authority.models import Authority, ServiceType
from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce.models import Employee

_OUTCOMES = [(each.value, each.value) for each in Outcome]


class Decision(models.Model):
    """A decision (vedtak). Never edited: a new one supersedes it, from a day.

    `authority`: the row that let the decider decide the first service, as it was in force on `decided_on`; each line
    has its own. `known_on`: when it reached the party; the appeal period runs from there, or from `reasons_known_on`
    when reasons were demanded afterwards.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=10, choices=_OUTCOMES)
    is_individual = models.BooleanField(help_text="An enkeltvedtak: expected to last more than two weeks, pbrl § 2-7")
    is_frame = models.BooleanField(default=False)
    by_citizen = models.BooleanField(help_text="Asked for by the citizen or somebody who speaks for her")
    decided_on = models.DateField()
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="decisions")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    acting_for = models.CharField(max_length=200, blank=True, help_text="Role acted for, when she is an acting leader")
    prepared_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    reasons = models.TextField(blank=True)
    own_view = models.TextField(blank=True)
    how_view_weighed = models.TextField(blank=True)
    legal_references = models.JSONField(default=list, help_text="Codes of the references relied on, as of decided_on")
    evaluate_on = models.DateField(null=True)
    letter = models.ForeignKey(SentLetter, null=True, on_delete=models.PROTECT, related_name="+")
    reasons_letter = models.ForeignKey(SentLetter, null=True, on_delete=models.PROTECT, related_name="+")
    supersedes = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="superseded_by")
    known_on = models.DateField(null=True)
    reasons_asked_on = models.DateField(null=True)
    reasons_sent_on = models.DateField(null=True)
    reasons_known_on = models.DateField(null=True, help_text="When the reasons asked for reached the party")

    class Meta:
        indexes = [models.Index(fields=["case", "decided_on"], name="decisions_decision_of_case")]
        constraints = [
            models.CheckConstraint(
                name="decisions_decision_outcome_known",
                condition=models.Q(outcome__in=[each.value for each in Outcome]),
            ),
        ]

    def __str__(self) -> str:
        return f"decision:{self.pk}"


class DecisionLine(models.Model):
    """What a decision says of one service. Frozen, but for the day it stops to hold.

    `stopped_on`: the first day it no longer holds: a new decision, a death, a move. Empty: it holds to `ends_on`.
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="lines")
    authority = models.ForeignKey(
        Authority, on_delete=models.PROTECT, related_name="+", help_text="That let her decide this service"
    )
    service = models.ForeignKey(ServiceType, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, choices=_OUTCOMES)
    content = models.TextField(blank=True)
    extent = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    span_percent = models.PositiveSmallIntegerField(null=True)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    reasons = models.TextField(blank=True)
    charge_words = models.CharField(max_length=300, blank=True, help_text="What she pays, or that it is free")
    was = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="became")
    stopped_on = models.DateField(null=True)
    rank = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["service", "starts_on"], name="decisions_line_of_service")]

    def __str__(self) -> str:
        return f"decisionline:{self.pk}"


class NoticeWay(models.TextChoices):
    """How a decision was told."""

    DIGITAL = "DIGITAL", _("Digitalt")
    POST = "POST", _("Brev i posten")
    BY_HAND = "BY_HAND", _("Gitt i hånda")
    ORALLY = "ORALLY", _("Muntlig, brev følger")


class Notice(models.Model):
    """A decision was told (underretning, fvl § 27). The first one starts the appeal period. Only added to."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="notices")
    way = models.CharField(max_length=10, choices=NoticeWay.choices)
    sent_on = models.DateField()
    reached_on = models.DateField(help_text="When it reached, or is taken to have reached, the party")
    told_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="decisions_notice_reached_after_sent", condition=models.Q(reached_on__gte=models.F("sent_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"notice:{self.pk}"


class AdvanceNotice(models.Model):
    """A warning before a decision the citizen did not ask for (forhåndsvarsel, fvl § 16), and what she answered."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="advance_notices")
    letter = models.ForeignKey(SentLetter, null=True, on_delete=models.PROTECT, related_name="+")
    sent_on = models.DateField()
    reply_by = models.DateField()
    replied_on = models.DateField(null=True)
    reply = models.TextField(blank=True)
    sent_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="decisions_advance_notice_leaves_time", condition=models.Q(reply_by__gt=models.F("sent_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"advancenotice:{self.pk}"


class TemporaryStop(models.Model):
    """The help rests (midlertidig stopp): hospital, holiday. The decision stands."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="stops")
    kind = models.CharField(max_length=20, help_text="Code of citizens.WhereaboutsKind, or OWN_WISH")
    from_on = models.DateField()
    to_on = models.DateField(null=True, help_text="The first day with help again")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(to_on__isnull=True), name="decisions_stop_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"stop:{self.pk}"
