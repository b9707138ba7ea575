"""Stored: visits, what is done in them, who goes, what was different, what has changed with the citizen."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.care.careplans.models import CarePlan, Intervention, PartOfDay, Priority
from tillit.care.citizens.models import Citizen
from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce.models import Employee, ShiftKind


class VisitState(models.TextChoices):
    """What became of a visit."""

    PLANNED = "PLANNED", _("Planlagt")
    DONE = "DONE", _("Gjennomført")
    CANCELLED = "CANCELLED", _("Avlyst")


class Origin(models.TextChoices):
    """Where a visit comes from."""

    PLAN = "PLAN", _("Fra planen")
    ADDED = "ADDED", _("Lagt til på dagen")


class CancelledBy(models.TextChoices):
    """Who did not want, or could not have, the visit."""

    CITIZEN = "CITIZEN", _("Brukeren sa nei i dag")
    RELATIVE = "RELATIVE", _("Pårørende tar det")
    NOT_HOME = "NOT_HOME", _("Ingen hjemme")
    AWAY = "AWAY", _("På sykehus eller bortreist")
    TEAM = "TEAM", _("Vi rakk det ikke")
    PLAN = "PLAN", _("Står ikke lenger i planen")


class Visit(models.Model):
    """One call at a citizen's home (besøk). Times are aware UTC; `on` is the day in Oslo it belongs to.

    `slot` names the visit within the citizen's day ("MORNING", "CLEANING:412"), so that planning again finds the
    same visit instead of making another. `needs` holds codes of competences every helper must have.
    `level` is the least training that suffices: 0 home helper, 1 health worker, 2 nurse; see rules.generation.
    """

    # Found by a citizen's or a unit's days, however long the history: the indexes below begin with them.
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="visits", db_index=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="visits", db_index=False)
    plan = models.ForeignKey(CarePlan, null=True, on_delete=models.PROTECT, related_name="visits")
    on = models.DateField()
    slot = models.CharField(max_length=40)
    part_of_day = models.CharField(max_length=10, choices=PartOfDay.choices)
    shift_kind = models.CharField(max_length=10, choices=ShiftKind.choices)
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.PLAN)
    state = models.CharField(max_length=10, choices=VisitState.choices, default=VisitState.PLANNED)
    cancelled_by = models.CharField(max_length=20, choices=CancelledBy.choices, blank=True)
    title = models.CharField(max_length=100, blank=True)
    earliest_at = models.DateTimeField()
    latest_at = models.DateTimeField()
    wished_at = models.DateTimeField(null=True)
    minutes = models.PositiveSmallIntegerField(help_text="Learned where there is a basis, else from the plan")
    helpers = models.PositiveSmallIntegerField(default=1)
    needs = models.JSONField(default=list)
    level = models.PositiveSmallIntegerField(default=0)
    priority = models.PositiveSmallIntegerField(choices=Priority.choices, default=Priority.SHOULD)
    starts_at = models.DateTimeField(null=True, help_text="Agreed start; empty until work lists are in use")
    is_locked = models.BooleanField(default=False, help_text="Agreed with the citizen: plan changes leave it alone")
    changed_at = models.DateTimeField(null=True, help_text="Last change after the lists were taken into use")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["citizen", "on", "slot"], name="visits_visit_slot_once_a_day"),
            models.CheckConstraint(
                name="visits_visit_window_in_order",
                condition=models.Q(latest_at__gte=models.F("earliest_at")),
            ),
            models.CheckConstraint(
                name="visits_visit_one_or_two", condition=models.Q(helpers__gte=1) & models.Q(helpers__lte=2)
            ),
            models.CheckConstraint(
                name="visits_visit_cancelled_by_only_when_cancelled",
                condition=models.Q(cancelled_by="") | models.Q(state="CANCELLED"),
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "on", "shift_kind"], name="visits_visit_unit_on"),
        ]

    def __str__(self) -> str:
        return f"visit:{self.pk}"


class VisitLink(models.Model):
    """Least and most minutes between the starts of two visits of one citizen on one day (medicine every sixth hour)."""

    first = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="links_after")
    then = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="links_before")
    least_minutes = models.PositiveSmallIntegerField(null=True)
    most_minutes = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["first", "then"], name="visits_link_once")]

    def __str__(self) -> str:
        return f"link:{self.pk}"


class VisitTask(models.Model):
    """One thing to do in a visit, copied from the plan when it was made: later plans change nothing here."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="tasks")
    intervention = models.ForeignKey(Intervention, null=True, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=100)
    how = models.TextField(blank=True)
    goal_words = models.CharField(max_length=200, blank=True)
    minutes = models.PositiveSmallIntegerField()
    rank = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"task:{self.pk}"


class VisitHelper(models.Model):
    """Who goes (utfører), as the work list in use says; after the visit, who went.

    `on` is the visit's own day, which never changes: by it a helper's day is found without going through her years.
    """

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="helper_rows", db_index=False)
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="visit_rows", db_index=False)
    on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["visit", "employee"], name="visits_helper_once")]
        indexes = [models.Index(fields=["employee", "on"], name="visits_helper_day")]

    def __str__(self) -> str:
        return f"helper:{self.pk}"


class Outcome(models.TextChoices):
    """How a visit went, against what was planned."""

    AS_PLANNED = "AS_PLANNED", _("Som planlagt")
    DIFFERENT = "DIFFERENT", _("Noe ble annerledes")
    CANCELLED = "CANCELLED", _("Ble ikke noe av")
    UNDONE = "UNDONE", _("Angret: det som ble sagt sist, gjelder ikke")
    REMOVED = "REMOVED", _("Fjernet fra journalen")


class VisitReport(models.Model):
    """What somebody said of a visit afterwards. Only added to: the newest report counts, older ones stay.

    UNDONE takes back the newest one not already taken back: see rules.reports. Each is an entry of the journal, signed
    by the press and locked from then; REMOVED is all that is left of one that was removed by the legal path.
    `minutes` is empty unless the helper says it took clearly longer or shorter (R29): nothing is clocked.
    `press_key` makes sending twice the same as sending once.
    """

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="reports", db_index=False)
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    cancelled_by = models.CharField(max_length=20, choices=CancelledBy.choices, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True)
    note = models.TextField(blank=True)
    not_done = models.JSONField(default=list, help_text="Ids of tasks that were not done")
    goal_trend = models.CharField(max_length=6, blank=True, help_text="HARDER, SAME, EASIER or empty")
    reported_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    reported_at = models.DateTimeField()
    press_key = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "press_key"],
                condition=~models.Q(press_key=""),
                name="visits_report_pressed_once",
            ),
        ]
        indexes = [models.Index(fields=["visit", "-reported_at"], name="visits_report_newest")]

    def __str__(self) -> str:
        return f"report:{self.pk}"


class LearnedMinutes(models.Model):
    """How long one intervention takes for one citizen, learned from reports (R29): for planning, never for control.

    Recomputed by a nightly job; `basis` says from how many visits. See docs/how-we-count/learned-minutes.md.
    """

    citizen = models.ForeignKey(Citizen, on_delete=models.CASCADE, related_name="learned_minutes")
    line = models.BigIntegerField(help_text="Intervention.line: the same through versions of the plan")
    minutes = models.PositiveSmallIntegerField()
    basis = models.PositiveIntegerField(help_text="Visits behind the number")
    learned_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["citizen", "line"], name="visits_learned_once")]

    def __str__(self) -> str:
        return f"learned:{self.pk}"


class ChangeKind(models.TextChoices):
    """What has changed with a citizen."""

    WORSE = "WORSE", _("Dårligere form")
    BETTER = "BETTER", _("Klarer mer selv")
    INJURY = "INJURY", _("Fall eller skade")
    MEDICATION = "MEDICATION", _("Medisiner")
    HOME = "HOME", _("Hjemme")
    RELATIVES = "RELATIVES", _("Pårørende")
    MIND = "MIND", _("Humør eller hukommelse")
    OTHER = "OTHER", _("Noe annet")


class Urgency(models.TextChoices):
    """When somebody must look at it."""

    NOW = "NOW", _("Nå, i løpet av timen")
    TODAY = "TODAY", _("I dag")
    MEETING = "MEETING", _("På neste brukermøte")


class FollowUp(models.Model):
    """«Noe har endret seg»: seen at a visit, to be looked at by the one who answers for the citizen, until closed."""

    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="follow_ups")
    visit = models.ForeignKey(Visit, null=True, on_delete=models.PROTECT, related_name="follow_ups")
    kind = models.CharField(max_length=20, choices=ChangeKind.choices)
    words = models.TextField()
    urgency = models.CharField(max_length=10, choices=Urgency.choices)
    owner = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="follow_ups")
    told_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField()
    due_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    answer = models.TextField(blank=True)
    press_key = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["owner", "closed_at"], name="visits_follow_up_owner"),
            models.Index(fields=["citizen", "closed_at"], name="visits_follow_up_citizen"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["citizen", "press_key"],
                condition=~models.Q(press_key=""),
                name="visits_follow_up_pressed_once",
            ),
        ]

    def __str__(self) -> str:
        return f"followup:{self.pk}"
