"""Stored: care plans with needs, goals, interventions and when interventions happen."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.care.citizens.models import Citizen
from tillit.care.needs.models import WhatMatters
from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce.models import Competence, Employee


class CarePlan(models.Model):
    """One version of a citizen's plan (tiltaksplan): a draft, in use, or replaced.

    Draft: `valid_from` is empty. In use: `valid_from` set, `valid_to` empty. Replaced: both set. A plan that has been
    in use is never edited: adjusting makes a draft copy that replaces it.
    """

    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="plans")
    made_from = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    edition = models.PositiveIntegerField(default=1, help_text="Grows with every change: two writers are told")
    made_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    changed_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    valid_from = models.DateTimeField(null=True)
    valid_to = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True, help_text="A draft that was put away")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["citizen"],
                condition=models.Q(valid_from__isnull=False, valid_to__isnull=True),
                name="careplans_one_in_use",
            ),
            models.UniqueConstraint(
                fields=["citizen"],
                condition=models.Q(valid_from__isnull=True, dropped_at__isnull=True),
                name="careplans_one_draft",
            ),
            models.CheckConstraint(
                name="careplans_plan_ends_after_start",
                condition=models.Q(valid_to__isnull=True)
                | (models.Q(valid_from__isnull=False) & models.Q(valid_to__gte=models.F("valid_from"))),
            ),
        ]

    def __str__(self) -> str:
        return f"careplan:{self.pk}"

    @property
    def is_draft(self) -> bool:
        """Not in use yet and not put away."""
        return self.valid_from is None and self.dropped_at is None

    @property
    def is_in_use(self) -> bool:
        """The one that visits come from."""
        return self.valid_from is not None and self.valid_to is None


class Need(models.Model):
    """What is difficult (behov), in plain words."""

    plan = models.ForeignKey(CarePlan, on_delete=models.CASCADE, related_name="needs")
    text = models.TextField()
    rank = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"need:{self.pk}"


class GoalState(models.TextChoices):
    """How it goes with a goal."""

    ACTIVE = "ACTIVE", _("Pågår")
    REACHED = "REACHED", _("Nådd")
    DROPPED = "DROPPED", _("Ikke lenger viktig")


class Goal(models.Model):
    """A goal (mål) in the citizen's own words, with a date for when it is looked at together (R13)."""

    plan = models.ForeignKey(CarePlan, on_delete=models.CASCADE, related_name="goals")
    need = models.ForeignKey(Need, null=True, on_delete=models.SET_NULL, related_name="goals")
    matters = models.ForeignKey(
        WhatMatters,
        null=True,
        on_delete=models.PROTECT,
        related_name="goals",
        help_text="Which words it hangs on",
    )
    words = models.CharField(max_length=200, help_text="The citizen's words")
    agreed = models.CharField(max_length=200, blank=True, help_text="How we know it is reached")
    unit_of_measure = models.CharField(max_length=40, blank=True)
    start_value = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    now_value = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    target_value = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    start_words = models.CharField(max_length=60, blank=True)
    now_words = models.CharField(max_length=60, blank=True)
    target_words = models.CharField(max_length=60, blank=True)
    evaluate_on = models.DateField(null=True)
    responsible = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=GoalState.choices, default=GoalState.ACTIVE)
    state_on = models.DateField(null=True)
    line = models.BigIntegerField(
        null=True, help_text="The same goal in earlier versions of the plan has the same line"
    )
    rank = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["evaluate_on"], name="careplans_goal_evaluate_on")]

    def __str__(self) -> str:
        return f"goal:{self.pk}"


class GoalProgress(models.Model):
    """Where the citizen is with a goal on a day, in a number or in words. Only added to; the newest is «now»."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="progress")
    on = models.DateField()
    value = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    words = models.CharField(max_length=60, blank=True)
    recorded_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="careplans_progress_says_something",
                condition=models.Q(value__isnull=False) | ~models.Q(words=""),
            ),
        ]

    def __str__(self) -> str:
        return f"progress:{self.pk}"


class InterventionKind(models.TextChoices):
    """What sort of help it is. Used for the first guess of how long it takes, never to control."""

    PERSONAL_CARE = "PERSONAL_CARE", _("Stell")
    MEDICATION = "MEDICATION", _("Medisin")
    WOUND = "WOUND", _("Sår")
    MEAL = "MEAL", _("Måltid")
    TRAINING = "TRAINING", _("Trening")
    SUPERVISION = "SUPERVISION", _("Tilsyn")
    CLEANING = "CLEANING", _("Rengjøring")
    ERRAND = "ERRAND", _("Ærend")
    SOCIAL = "SOCIAL", _("Samvær")
    NURSING = "NURSING", _("Sykepleie")
    OTHER = "OTHER", _("Annet")


class Basis(models.TextChoices):
    """What an intervention hangs on when it hangs on no goal."""

    GOAL = "GOAL", _("Et mål")
    SAFETY = "SAFETY", _("Sikkerhet")
    LAW = "LAW", _("Lovpålagt")


class Priority(models.IntegerChoices):
    """What gives way last when not everything can be done."""

    MUST = 1, _("Må gjøres til tida")
    SHOULD = 2, _("Bør gjøres i dag")
    CAN_WAIT = 3, _("Kan vente til en annen dag")


class OnHolidays(models.TextChoices):
    """What happens on public holidays."""

    AS_USUAL = "AS_USUAL", _("Som vanlig")
    SKIP = "SKIP", _("Tas ikke på helligdager")


class Intervention(models.Model):
    """What we do (tiltak): what, how, how often, on which days, how long, who can do it.

    `weekdays`: "1234567", 1 is Monday. `every_weeks`: 1 each week, 3 every third, counted from the ISO week of
    `starts_on`. `least_minutes`/`most_minutes`: between the starts of two times on the same day.
    """

    plan = models.ForeignKey(CarePlan, on_delete=models.CASCADE, related_name="interventions")
    goal = models.ForeignKey(Goal, null=True, on_delete=models.SET_NULL, related_name="interventions")
    unit = models.ForeignKey(
        Unit,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Who carries it out, of the units that follow the citizen; empty: her main unit",
    )
    basis = models.CharField(max_length=10, choices=Basis.choices, default=Basis.GOAL)
    title = models.CharField(max_length=100)
    how = models.TextField(blank=True, help_text="«La henne gå foran. Stol ved trappa.»")
    kind = models.CharField(max_length=20, choices=InterventionKind.choices)
    minutes = models.PositiveSmallIntegerField(help_text="How long the writer thinks it takes; then learned (R29)")
    helpers = models.PositiveSmallIntegerField(default=1)
    competence = models.ForeignKey(Competence, null=True, on_delete=models.PROTECT, related_name="+")
    responsible_profession = models.CharField(max_length=30, blank=True)
    separate_visit = models.BooleanField(default=False, help_text="Not together with other help at that time")
    priority = models.PositiveSmallIntegerField(choices=Priority.choices, default=Priority.SHOULD)
    weekdays = models.CharField(max_length=7, default="1234567")
    every_weeks = models.PositiveSmallIntegerField(default=1)
    on_holidays = models.CharField(max_length=10, choices=OnHolidays.choices, default=OnHolidays.AS_USUAL)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, help_text="The last day")
    least_minutes = models.PositiveSmallIntegerField(null=True)
    most_minutes = models.PositiveSmallIntegerField(null=True)
    line = models.BigIntegerField(null=True, help_text="The same intervention in earlier versions has the same line")
    rank = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="careplans_intervention_one_or_two",
                condition=models.Q(helpers__gte=1) & models.Q(helpers__lte=2),
            ),
            models.CheckConstraint(
                name="careplans_intervention_minutes_1_to_480",
                condition=models.Q(minutes__gte=1) & models.Q(minutes__lte=480),
            ),
            models.CheckConstraint(
                name="careplans_intervention_weeks_1_to_12",
                condition=models.Q(every_weeks__gte=1) & models.Q(every_weeks__lte=12),
            ),
            models.CheckConstraint(
                name="careplans_intervention_gap_in_order",
                condition=models.Q(least_minutes__isnull=True)
                | models.Q(most_minutes__isnull=True)
                | models.Q(most_minutes__gte=models.F("least_minutes")),
            ),
        ]

    def __str__(self) -> str:
        return f"intervention:{self.pk}"


class PartOfDay(models.TextChoices):
    """When in the day, in the words people use."""

    MORNING = "MORNING", _("Morgen")
    MIDDAY = "MIDDAY", _("Midt på dagen")
    AFTERNOON = "AFTERNOON", _("Ettermiddag")
    EVENING = "EVENING", _("Kveld")
    NIGHT = "NIGHT", _("Natt")


class InterventionTime(models.Model):
    """One time of the day for an intervention. A latest before the earliest is past midnight."""

    intervention = models.ForeignKey(Intervention, on_delete=models.CASCADE, related_name="times")
    part_of_day = models.CharField(max_length=10, choices=PartOfDay.choices)
    earliest = models.TimeField()
    latest = models.TimeField()
    wished = models.TimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["intervention", "part_of_day"], name="careplans_time_once_per_part"),
        ]

    def __str__(self) -> str:
        return f"{self.part_of_day}"


class Adjusted(models.TextChoices):
    """What an adjustment within the frame changed (rules.adjusting.What)."""

    MINUTES = "MINUTES", _("Hvor lenge hver gang")
    DAY_MORE = "DAY_MORE", _("En dag mer i uka")
    DAY_FEWER = "DAY_FEWER", _("En dag mindre i uka")


class Adjustment(models.Model):
    """One step within the frame of a decision, with one line of why (justering). It made a new version of the plan.

    `week_before`/`week_after`: minutes the plan used in an average week. `frame_least`/`frame_most`: the frame that
    held then, in minutes a week. The database refuses a step that leaves it. Only added to.
    """

    plan = models.OneToOneField(CarePlan, on_delete=models.PROTECT, related_name="adjustment")
    intervention = models.ForeignKey(Intervention, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=10, choices=Adjusted.choices)
    amount = models.SmallIntegerField(help_text="Minutes more, or less when negative; or the ISO number of the weekday")
    why = models.CharField(max_length=200)
    undoes = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="undone_by")
    week_before = models.DecimalField(max_digits=9, decimal_places=2)
    week_after = models.DecimalField(max_digits=9, decimal_places=2)
    frame_least = models.DecimalField(max_digits=11, decimal_places=4)
    frame_most = models.DecimalField(max_digits=11, decimal_places=4)
    adjusted_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    adjusted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="careplans_adjustment_within_frame",
                condition=models.Q(week_after__gte=models.F("frame_least"))
                & models.Q(week_after__lte=models.F("frame_most")),
            ),
            models.CheckConstraint(name="careplans_adjustment_says_why", condition=~models.Q(why="")),
        ]

    def __str__(self) -> str:
        return f"adjustment:{self.pk}"
