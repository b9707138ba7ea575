"""Stored: a pilot, the teams in it, and what happened on the way. Nothing about a citizen; no name in a text."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce.models import Employee
from tillit.learning.improvement.rules.phases import Phase


class Variant(models.TextChoices):
    """Which way of organising a team tries. ORDINARY teams are those one compares with."""

    MODEL_1 = "MODEL_1", _("Modell 1")
    MODEL_2 = "MODEL_2", _("Modell 2")
    HELTOM = "HELTOM", _("HELTOM")
    ORDINARY = "ORDINARY", _("Ordinær drift")
    OWN = "OWN", _("Noe annet")


class Outcome(models.TextChoices):
    """How a pilot ended."""

    CONTINUED = "CONTINUED", _("Går over i ordinær drift")
    CHANGED = "CHANGED", _("Går over i drift med endringer")
    STOPPED = "STOPPED", _("Føres ikke videre")


class Pilot(models.Model):
    """A pilot: one trial that goes on, adjusted on the way (R46). unit: who has it; the teams in it may lie below.

    started_on: the day it was set «i pilot»; the database refuses it without a baseline or a reason why not.
    is_order_drawn: which team began when was drawn by lot, which lets more be said afterwards.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=100)
    tries = models.CharField(max_length=500, help_text="What is tried, in plain words")
    phase = models.CharField(max_length=10, choices=[(one, one) for one in Phase], default=Phase.PREPARING)
    is_order_drawn = models.BooleanField(default=False)
    baseline_at = models.DateTimeField(
        null=True, help_text="When the baselines of its teams were frozen, the last time"
    )
    without_reason = models.CharField(max_length=300, blank=True, help_text="«Uten nullpunkt, fordi …»")
    without_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    without_at = models.DateTimeField(null=True)
    started_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    outcome_words = models.CharField(max_length=500, blank=True)
    edition = models.PositiveIntegerField(default=1, help_text="Goes up with each change; two at once are told")
    made_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="improvement_pilot_phase_known", condition=models.Q(phase__in=[one.value for one in Phase])
            ),
            models.CheckConstraint(
                name="improvement_no_pilot_without_baseline_or_reason",
                condition=models.Q(started_on__isnull=True)
                | models.Q(baseline_at__isnull=False)
                | ~models.Q(without_reason=""),
            ),
            models.CheckConstraint(
                name="improvement_pilot_under_way_has_begun",
                condition=~models.Q(phase__in=["RUNNING", "EVALUATING"]) | models.Q(started_on__isnull=False),
            ),
            models.CheckConstraint(
                name="improvement_pilot_ended_says_how",
                condition=models.Q(phase="ENDED", ended_on__isnull=False) & ~models.Q(outcome="")
                | ~models.Q(phase="ENDED") & models.Q(ended_on__isnull=True, outcome=""),
            ),
            models.CheckConstraint(
                name="improvement_reason_has_its_day",
                condition=models.Q(without_reason="", without_at__isnull=True)
                | ~models.Q(without_reason="") & models.Q(without_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["unit", "phase"], name="improvement_of_a_unit")]

    def __str__(self) -> str:
        return f"pilot:{self.pk}"


class PilotTeam(models.Model):
    """A team in a pilot: what it tries, and from which day. ORDINARY: works as before, and is compared with.

    began_on: the day it was in the pilot in fact, set when the pilot starts or when it joins one that is under way.
    left_on: the first day it is no longer in it.
    """

    pilot = models.ForeignKey(Pilot, on_delete=models.CASCADE, related_name="teams")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    variant = models.CharField(max_length=10, choices=Variant.choices)
    own_words = models.CharField(max_length=60, blank=True, help_text="What it is called, when it is something else")
    joined_on = models.DateField(help_text="The day it works in the new way, planned or past")
    began_on = models.DateField(null=True)
    left_on = models.DateField(null=True)
    has_baseline = models.BooleanField(default=False)
    without_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pilot", "unit"], name="improvement_team_once_in_a_pilot"),
            models.CheckConstraint(
                name="improvement_team_variant_known", condition=models.Q(variant__in=Variant.values)
            ),
            models.CheckConstraint(
                name="improvement_own_variant_has_words",
                condition=models.Q(variant="OWN") & ~models.Q(own_words="")
                | ~models.Q(variant="OWN") & models.Q(own_words=""),
            ),
            models.CheckConstraint(
                name="improvement_no_team_without_baseline_or_reason",
                condition=models.Q(began_on__isnull=True) | models.Q(has_baseline=True) | ~models.Q(without_reason=""),
            ),
            models.CheckConstraint(
                name="improvement_team_days_in_order",
                condition=models.Q(left_on__isnull=True) | models.Q(left_on__gte=models.F("joined_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"pilot-team:{self.pk}"


class LogKind(models.TextChoices):
    """What is written in a pilot's log."""

    ADJUSTED = "ADJUSTED", _("Justering")
    LEARNED = "LEARNED", _("Læringspunkt")
    DISTURBED = "DISTURBED", _("Noe som kan forstyrre tallene")


class Disturbance(models.TextChoices):
    """What else may lie behind a change: shown beside every result (measures §6)."""

    VOLUNTARY = "VOLUNTARY", _("Teamet meldte seg selv")
    ORDERED = "ORDERED", _("Teamet ble valgt ut av andre")
    WORST = "WORST", _("Teamet ble valgt fordi det gikk dårlig")
    REORGANISED = "REORGANISED", _("Omorganisering samtidig")
    LEADER = "LEADER", _("Ny leder")
    STAFFING = "STAFFING", _("Flere eller færre ansatte")
    CITIZENS = "CITIZENS", _("Andre brukere enn før")
    SEASON = "SEASON", _("Ferie eller sesong")
    OTHER = "OTHER", _("Noe annet")


class LogEntry(models.Model):
    """One line of the log: an adjustment, something learned, or what may disturb the figures. No names.

    team: None when it is about all of them. taken_back_at: when whoever wrote it took it back; then it is not shown.
    """

    pilot = models.ForeignKey(Pilot, on_delete=models.CASCADE, related_name="log")
    team = models.ForeignKey(PilotTeam, null=True, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=LogKind.choices)
    disturbance = models.CharField(max_length=12, choices=Disturbance.choices, blank=True)
    happened_on = models.DateField()
    words = models.CharField(max_length=300, blank=True)
    written_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="improvement_log_says_what_disturbs",
                condition=models.Q(kind="DISTURBED", disturbance__in=Disturbance.values)
                | models.Q(kind__in=["ADJUSTED", "LEARNED"], disturbance=""),
            ),
            models.CheckConstraint(
                name="improvement_log_has_words",
                condition=~models.Q(words="") | models.Q(kind="DISTURBED") & ~models.Q(disturbance="OTHER"),
            ),
        ]
        indexes = [models.Index(fields=["pilot", "-happened_on"], name="improvement_log_newest")]

    def __str__(self) -> str:
        return f"pilot-log:{self.pk}"
