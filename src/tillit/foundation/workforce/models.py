"""Stored: who works here, in which positions, with which competences, on which shifts, holding which roles."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.foundation.access.roles import Role
from tillit.foundation.organisation.models import Unit


class Profession(models.TextChoices):
    """Which training one has. Competences say the rest."""

    NURSE = "NURSE", _("Sykepleier")
    HEALTH_WORKER = "HEALTH_WORKER", _("Helsefagarbeider")
    HOME_HELPER = "HOME_HELPER", _("Hjemmehjelp")
    OCCUPATIONAL_THERAPIST = "OCCUPATIONAL_THERAPIST", _("Ergoterapeut")
    PHYSIOTHERAPIST = "PHYSIOTHERAPIST", _("Fysioterapeut")
    SOCIAL_EDUCATOR = "SOCIAL_EDUCATOR", _("Vernepleier")
    CASE_WORKER = "CASE_WORKER", _("Saksbehandler")
    LEADER = "LEADER", _("Leder")
    OTHER = "OTHER", _("Annen")


class Travel(models.TextChoices):
    """How one gets from door to door."""

    CAR = "CAR", _("Bil")
    BIKE = "BIKE", _("Sykkel")
    FOOT = "FOOT", _("Til fots")


class Employment(models.TextChoices):
    """How one is employed."""

    PERMANENT = "PERMANENT", _("Fast")
    TEMPORARY = "TEMPORARY", _("Vikar")


class ShiftKind(models.TextChoices):
    """The parts of the day the service is staffed by."""

    DAY = "DAY", _("Dag")
    EVENING = "EVENING", _("Kveld")
    NIGHT = "NIGHT", _("Natt")


class AbsenceKind(models.TextChoices):
    """Why somebody is away. Only the leader sees which; colleagues see «borte»."""

    SELF_CERTIFIED = "SELF_CERTIFIED", _("Egenmelding")
    SICK_LEAVE = "SICK_LEAVE", _("Sykmelding")
    CHILD_SICK = "CHILD_SICK", _("Sykt barn")
    HOLIDAY = "HOLIDAY", _("Ferie")
    COURSE = "COURSE", _("Kurs")
    LEAVE = "LEAVE", _("Permisjon")


class Employee(models.Model):
    """Somebody who works here (medarbeider), permanent or temp."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="employee")
    number = models.CharField(max_length=40, unique=True, help_text="From the wage system; used by imports")
    given_name = models.CharField(max_length=100)
    family_name = models.CharField(max_length=100)
    sort_name = models.CharField(max_length=220, db_index=True)
    profession = models.CharField(max_length=30, choices=Profession.choices)
    phone = models.CharField(max_length=20, blank=True)
    travel = models.CharField(max_length=10, choices=Travel.choices, default=Travel.CAR)
    starts_at_home = models.BooleanField(default=False)
    home_latitude = models.FloatField(null=True)
    home_longitude = models.FloatField(null=True)
    gender = models.CharField(
        max_length=1, blank=True, help_text="Only for citizens' wishes about helpers: K, M or empty"
    )
    employed_from = models.DateField()
    employed_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="workforce_employee_profession_known",
                condition=models.Q(profession__in=Profession.values),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Given and family name."""
        return f"{self.given_name} {self.family_name}".strip()


class Position(models.Model):
    """A position (stilling): so many per cent, from a day to a day."""

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="positions")
    percent = models.DecimalField(max_digits=5, decimal_places=2)
    employment = models.CharField(max_length=20, choices=Employment.choices, default=Employment.PERMANENT)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="workforce_position_percent_0_to_100",
                condition=models.Q(percent__gte=0) & models.Q(percent__lte=100),
            ),
            models.CheckConstraint(
                name="workforce_position_days_in_order",
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.percent} %"


class PositionShare(models.Model):
    """How much of a position belongs to a team (R01: an OT may be 50/50 in two teams). `colour` 1–12 is kept."""

    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="shares")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="shares")
    share = models.DecimalField(max_digits=5, decimal_places=2, help_text="Per cent of the position")
    colour = models.PositiveSmallIntegerField(help_text="1–12 for those who visit, 0 for others")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["position", "unit"], name="workforce_share_once_per_unit"),
            models.CheckConstraint(
                name="workforce_share_0_to_100", condition=models.Q(share__gt=0) & models.Q(share__lte=100)
            ),
            models.CheckConstraint(name="workforce_share_colour_0_to_12", condition=models.Q(colour__lte=12)),
        ]

    def __str__(self) -> str:
        return f"{self.share} %"


class Competence(models.Model):
    """Something one can and may do (kompetanse): wound care, medication, allocator …

    A competence that a profession brings with it names that profession; others are held by the single employee.
    """

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=100)
    months_valid = models.PositiveSmallIntegerField(null=True, help_text="Empty: does not run out")
    professions = models.JSONField(default=list, help_text="Profession codes that bring it with them")

    def __str__(self) -> str:
        return self.name


class HeldCompetence(models.Model):
    """A competence an employee holds from a day, and to a day when it runs out."""

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="competences")
    competence = models.ForeignKey(Competence, on_delete=models.PROTECT, related_name="held")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["employee", "competence", "valid_from"], name="workforce_competence_once_from_a_day"
            ),
        ]

    def __str__(self) -> str:
        return str(self.competence)


class Shift(models.Model):
    """One person's working time on one day for one team (vakt). `on` is the day it starts."""

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="shifts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="shifts")
    kind = models.CharField(max_length=10, choices=ShiftKind.choices)
    on = models.DateField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    office = models.BooleanField(default=False, help_text="At the office: takes no visits")
    is_extra = models.BooleanField(default=False, help_text="Taken by a temp or as an extra shift")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["employee", "starts_at"], name="workforce_shift_once_per_start"),
            models.CheckConstraint(
                name="workforce_shift_ends_after_start", condition=models.Q(ends_at__gt=models.F("starts_at"))
            ),
        ]
        indexes = [models.Index(fields=["unit", "on"], name="workforce_shift_unit_on")]

    def __str__(self) -> str:
        return f"{self.on} {self.kind}"


class Absence(models.Model):
    """Somebody is away (fravær) from a day to the day before `valid_to`; `None` is until further notice."""

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="absences")
    kind = models.CharField(max_length=20, choices=AbsenceKind.choices)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    reported_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["employee", "valid_from"], name="workforce_absence_from")]

    def __str__(self) -> str:
        return f"{self.valid_from}"


class RoleHolding(models.Model):
    """A role an employee holds in a unit and all below it, from a day to a day."""

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="roles")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="roles")
    role = models.CharField(max_length=30, choices=[(role.value, role.value) for role in Role])
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["employee", "unit", "role", "valid_from"], name="workforce_role_once_from_a_day"
            ),
        ]

    def __str__(self) -> str:
        return self.role


class ChangedField(models.TextChoices):
    """What can have been otherwise about an employee."""

    GIVEN_NAME = "GIVEN_NAME", _("Fornavn")
    FAMILY_NAME = "FAMILY_NAME", _("Etternavn")
    PROFESSION = "PROFESSION", _("Yrke")
    PHONE = "PHONE", _("Telefon")
    TRAVEL = "TRAVEL", _("Reisemåte")
    EMPLOYED_TO = "EMPLOYED_TO", _("Ansatt til")


class EmployeeChange(models.Model):
    """What a fact about an employee was before it was changed. Only added to.

    `was`: as text; professions and ways to travel by code, days as 2026-01-31; empty: nothing stood there.
    """

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="changes")
    field = models.CharField(max_length=20, choices=ChangedField.choices)
    was = models.CharField(max_length=100, blank=True)
    changed_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.field
