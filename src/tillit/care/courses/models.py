"""Stored: courses of everyday rehabilitation, their weekly plans, and how long a course usually is."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.care.citizens.models import Citizen
from tillit.care.courses.rules.course import Result, Who
from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce.models import Employee


class ResultChoice(models.TextChoices):
    """How it went (rules.course.Result)."""

    REACHED = Result.REACHED.value, _("Kom dit brukeren ville")
    PARTLY = Result.PARTLY.value, _("Kom et stykke på vei")
    NOT_REACHED = Result.NOT_REACHED.value, _("Kom ikke dit")
    STOPPED = Result.STOPPED.value, _("Stanset før tida")


class Course(models.Model):
    """A course (forløp) of everyday rehabilitation: from a day to a last day. Under way until somebody ends it.

    own_words: what she will manage again, in her words. why: when it is longer or shorter than usual. Ended: an entry
    of the journal, signed by the press. Measures are not stored here: they are hers (rules.course.picked).
    """

    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="courses")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    own_words = models.TextField()
    starts_on = models.DateField()
    last_on = models.DateField()
    why = models.CharField(max_length=200, blank=True)
    trainer = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    therapist = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    edition = models.PositiveIntegerField(default=1, help_text="Grows with every change: two writers are told")
    begun_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    press_key = models.CharField(max_length=64, blank=True)
    result = models.CharField(max_length=20, choices=ResultChoice.choices, blank=True)
    end_words = models.TextField(blank=True, help_text="What she says herself")
    result_words = models.TextField(blank=True, help_text="What we have seen, and what goes on")
    ended_on = models.DateField(null=True)
    ended_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["citizen"], condition=models.Q(ended_at__isnull=True), name="courses_one_under_way"
            ),
            models.UniqueConstraint(
                fields=["citizen", "press_key"], condition=~models.Q(press_key=""), name="courses_one_press"
            ),
            models.CheckConstraint(
                name="courses_last_after_start", condition=models.Q(last_on__gt=models.F("starts_on"))
            ),
            models.CheckConstraint(
                name="courses_ended_with_result",
                condition=models.Q(ended_at__isnull=True, ended_on__isnull=True, result="")
                | models.Q(ended_at__isnull=False, ended_on__isnull=False)
                & models.Q(result__in=["NOT_REACHED", "PARTLY", "REACHED", "STOPPED"]),
            ),
        ]
        indexes = [models.Index(fields=["unit", "ended_on"], name="courses_of_unit")]

    def __str__(self) -> str:
        return f"course:{self.pk}"


class WhoChoice(models.TextChoices):
    """Who is with her (rules.course.Who)."""

    SELF = Who.SELF.value, _("Alene")
    TRAINER = Who.TRAINER.value, _("Hjemmetrener")
    THERAPIST = Who.THERAPIST.value, _("Terapeut")


class Session(models.Model):
    """One thing in the weekly plan (økt): on a weekday, what, with whom."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="sessions")
    weekday = models.PositiveSmallIntegerField(help_text="1 is Monday")
    what = models.CharField(max_length=120)
    who = models.CharField(max_length=10, choices=WhoChoice.choices)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="courses_session_on_a_weekday", condition=models.Q(weekday__gte=1, weekday__lte=7)
            ),
            models.CheckConstraint(
                name="courses_session_who_known", condition=models.Q(who__in=["SELF", "THERAPIST", "TRAINER"])
            ),
        ]

    def __str__(self) -> str:
        return f"session:{self.pk}"


class CourseTerms(models.Model):
    """How many weeks a course usually is in the municipality, from a day until newer terms."""

    valid_from = models.DateField(unique=True)
    least_weeks = models.PositiveSmallIntegerField()
    most_weeks = models.PositiveSmallIntegerField()
    decided_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="courses_terms_in_order",
                condition=models.Q(least_weeks__gte=1)
                & models.Q(most_weeks__gte=models.F("least_weeks"))
                & models.Q(most_weeks__lte=26),
            ),
        ]

    def __str__(self) -> str:
        return f"course-terms:{self.pk}"
