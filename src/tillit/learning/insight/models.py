"""Stored: figures with their revisions, what must be counted again, and what happened on the time line."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce.models import Employee


class BroughtIn(models.Model):
    """Figures from before Tillit that somebody brought in at once (hentet inn). source: where they are from, in words.

    unit: whose page they were brought in from; the figures are of it or of units below it.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=200)
    lines = models.PositiveIntegerField()
    brought_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    brought_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="insight_brought_says_whence", condition=~models.Q(source=""))]

    def __str__(self) -> str:
        return f"brought-in:{self.pk}"


class Figure(models.Model):
    """One indicator for one unit in one week or month (tall), with all it rests on.

    A figure is never edited. When it is counted again and has become another, the new one has the next `revision`, and
    the old one stays with when it was replaced. value is empty when there was nothing to count. Whether a value may be
    shown is decided when it is read (`rules.hiding`): what is stored is whole. docs/how-we-count/figures.md.
    """

    indicator = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    step = models.CharField(max_length=5)
    starts_on = models.DateField()
    value = models.FloatField(null=True)
    n = models.PositiveIntegerField()
    numerator = models.FloatField(null=True)
    denominator = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    excluded = models.PositiveIntegerField(default=0)
    complete = models.FloatField(default=1.0, help_text="Share of what was planned that has data, 0–1")
    imported = models.BooleanField(default=False, help_text="Brought in by somebody: from before Tillit")
    brought_in = models.ForeignKey(BroughtIn, null=True, on_delete=models.PROTECT, related_name="figures")
    held = models.BooleanField(
        default=False, db_default=False, help_text="Shown, it would give away a small number beside it"
    )
    revision = models.PositiveSmallIntegerField(default=1)
    counted_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "indicator", "version", "starts_on"],
                condition=models.Q(replaced_at__isnull=True),
                name="insight_figure_one_counts",
            ),
            models.UniqueConstraint(
                fields=["unit", "indicator", "version", "starts_on", "revision"], name="insight_figure_revision_once"
            ),
            models.CheckConstraint(
                name="insight_figure_brought_says_whence",
                condition=models.Q(imported=False, brought_in__isnull=True)
                | models.Q(imported=True, brought_in__isnull=False),
            ),
            models.CheckConstraint(name="insight_figure_step_known", condition=models.Q(step__in=["MONTH", "WEEK"])),
            models.CheckConstraint(
                name="insight_figure_complete_is_a_share",
                condition=models.Q(complete__gte=0) & models.Q(complete__lte=1),
            ),
        ]

    def __str__(self) -> str:
        return f"figure:{self.pk}"


class CountedSpan(models.Model):
    """The days an indicator has been counted for, once at least and for every unit; what lies outside is new."""

    indicator = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    first = models.DateField()
    after = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["indicator", "version"], name="insight_span_once"),
            models.CheckConstraint(name="insight_span_in_order", condition=models.Q(after__gte=models.F("first"))),
        ]

    def __str__(self) -> str:
        return f"span:{self.indicator}"


class StaleMark(models.Model):
    """Something changed that figures may rest on: the unit's figures of these days are counted again.

    Written in the transaction of the change itself. Many may say the same: each is taken away by the count that read
    it, so that none is lost to one that runs meanwhile. after: empty is everything from `first` on.
    """

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    first = models.DateField()
    after = models.DateField(null=True)
    marked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="insight_stale_days_in_order",
                condition=models.Q(after__isnull=True) | models.Q(after__gt=models.F("first")),
            ),
        ]

    def __str__(self) -> str:
        return f"stale:{self.pk}"


class MarkKind(models.TextChoices):
    """What sort of thing happened."""

    MODEL = "MODEL", _("Ny måte å organisere på")
    LEADER = "LEADER", _("Ny leder")
    STAFFING = "STAFFING", _("Flere eller færre folk")
    ROUTINE = "ROUTINE", _("Ny rutine")
    SYSTEM = "SYSTEM", _("Endring i systemet eller i registreringen")
    OTHER = "OTHER", _("Noe annet")


class TimeMark(models.Model):
    """Something happened that may matter for the numbers (merke på tidslinja). It says that, never why.

    Shown on the series of its unit and of all units below. Only added to: `withdraws` is the mark that this one takes
    back; then text is empty.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    kind = models.CharField(max_length=10, choices=MarkKind.choices)
    text = models.CharField(max_length=120, blank=True)
    withdraws = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="withdrawn_by")
    added_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    press_key = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="insight_mark_says_something",
                condition=(models.Q(withdraws__isnull=True) & ~models.Q(text=""))
                | (models.Q(withdraws__isnull=False) & models.Q(text="")),
            ),
            models.CheckConstraint(name="insight_mark_kind_known", condition=models.Q(kind__in=MarkKind.values)),
            models.UniqueConstraint(
                fields=["unit", "press_key"], condition=~models.Q(press_key=""), name="insight_mark_pressed_once"
            ),
        ]

    def __str__(self) -> str:
        return f"mark:{self.pk}"


class OwnIndicator(models.Model):
    """An indicator the municipality has made itself («E-3»). What it counts is in its versions; it is never deleted.

    retired: it is counted no more, and its figures stay.
    """

    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)
    press_key = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["press_key"], condition=~models.Q(press_key=""), name="insight_own_pressed_once"
            ),
        ]

    def __str__(self) -> str:
        return f"own:{self.pk}"


class OwnVersion(models.Model):
    """What an own indicator counts from one moment on (`rules.own.Recipe`), and what people read of it.

    Never edited: a change is the next version, and the whole series is counted by it. owner: who answers for it, in
    owner_role; pages about the number show the role.
    """

    indicator = models.ForeignKey(OwnIndicator, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)
    why = models.CharField(max_length=300)
    target = models.CharField(max_length=120, blank=True)
    fact = models.CharField(max_length=30)
    way = models.CharField(max_length=10)
    column = models.CharField(max_length=30, blank=True)
    other = models.CharField(max_length=30, blank=True)
    only_column = models.CharField(max_length=30, blank=True)
    only_value = models.CharField(max_length=30, blank=True)
    step = models.CharField(max_length=5)
    better = models.CharField(max_length=10)
    least = models.PositiveSmallIntegerField()
    owner = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    owner_role = models.CharField(max_length=30)
    decided_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["indicator", "version"], name="insight_own_version_once"),
            models.CheckConstraint(name="insight_own_least_is_the_houses", condition=models.Q(least__gte=5)),
            models.CheckConstraint(name="insight_own_step_known", condition=models.Q(step__in=["MONTH", "WEEK"])),
        ]

    def __str__(self) -> str:
        return f"own-version:{self.pk}"
