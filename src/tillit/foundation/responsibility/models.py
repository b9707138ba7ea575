"""Stored: responsibility models as tables, which one a team follows, and its duties."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce.models import Competence, Employee


class ResponsibilityModel(models.Model):
    """A way to share the work (modell): Model 1, Model 2, HELTOM … and every municipality's own variant."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=100)
    description = models.TextField(blank=True)
    is_shipped = models.BooleanField(default=False, help_text="Came with the product; copied, never edited")

    def __str__(self) -> str:
        return self.name


class ModelVersion(models.Model):
    """One version of a model's table. A version in use is never edited: a new one replaces it."""

    model = models.ForeignKey(ResponsibilityModel, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    note = models.TextField(blank=True, help_text="What changed, and why")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["model", "number"], name="responsibility_version_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.model} v{self.number}"


class HolderKind(models.TextChoices):
    """Who can hold a responsibility."""

    TEAM = "TEAM", _("Teamet")
    TEAM_CASE_WORKER = "TEAM_CASE_WORKER", _("Teamets saksbehandler")
    TEAM_LEADER = "TEAM_LEADER", _("Teamleder")
    CARE_TEAM = "CARE_TEAM", _("Omsorgsteamet")
    HEALTH_TEAM = "HEALTH_TEAM", _("Helsetjenesteteamet")
    BOTH_TEAMS = "BOTH_TEAMS", _("Begge teamene sammen")
    NURSE_TEAM = "NURSE_TEAM", _("Sykepleierteamet selv")
    ASSESSMENT_TEAM = "ASSESSMENT_TEAM", _("Vurderingsteam")
    RAPID_RESPONSE_TEAM = "RAPID_RESPONSE_TEAM", _("Innsatsteam")
    REABLEMENT_TEAM = "REABLEMENT_TEAM", _("Hverdagsrehabiliteringsteam")
    DEMENTIA_GROUP = "DEMENTIA_GROUP", _("Arbeidslag demens")
    ALLOCATION_OFFICE = "ALLOCATION_OFFICE", _("Tjenestekontoret")
    OFFICE_HEAD = "OFFICE_HEAD", _("Leder av tjenestekontoret")
    SPECIALIST_CASE_WORKER = "SPECIALIST_CASE_WORKER", _("Spesialisert saksbehandler")
    PROVIDER = "PROVIDER", _("Utfører")
    COORDINATOR = "COORDINATOR", _("Koordinator")
    COACH = "COACH", _("Veileder utenfor teamet")
    NOBODY = "NOBODY", _("Ikke bestemt")


class ModelRow(models.Model):
    """One cell of the table: who holds one responsibility for new citizens, for existing ones, or in daily work.

    `responsibility` is a code from `catalogue.RESPONSIBILITIES`, which groups the rows (R04).
    """

    version = models.ForeignKey(ModelVersion, on_delete=models.PROTECT, related_name="rows")
    responsibility = models.CharField(max_length=60)
    holder = models.CharField(max_length=40, choices=HolderKind.choices)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "responsibility"], name="responsibility_row_once_per_version"),
            models.CheckConstraint(
                name="responsibility_row_holder_known", condition=models.Q(holder__in=HolderKind.values)
            ),
        ]

    def __str__(self) -> str:
        return self.responsibility


class TeamModel(models.Model):
    """Which version a unit follows, from a day to a day. Never two at once."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="followed_models")
    version = models.ForeignKey(ModelVersion, on_delete=models.PROTECT, related_name="followed_by")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit"],
                condition=models.Q(valid_to__isnull=True),
                name="responsibility_one_model_in_force",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.version}"


class DutyKind(models.TextChoices):
    """The delegated duties every team has; a team may add its own as OTHER."""

    ALLOCATOR = "ALLOCATOR", _("Fordeler")
    MESSAGES = "MESSAGES", _("Meldinger")
    ACUTE = "ACUTE", _("Akuttvakt")
    OTHER = "OTHER", _("Annen vakt")


class Duty(models.Model):
    """A duty (delegert oppgave, R05) that somebody at work always holds: fixed or in rotation.

    `weekdays` and `shift_kind` say when it must be held. `needs` is a competence the holder must have.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="duties")
    kind = models.CharField(max_length=20, choices=DutyKind.choices)
    name = models.CharField(max_length=60)
    what = models.TextField(blank=True, help_text="What the holder does, in the team's own words")
    shift_kind = models.CharField(max_length=10, default="DAY")
    weekdays = models.CharField(max_length=7, default="1234567")
    needs = models.ForeignKey(Competence, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    is_fixed = models.BooleanField(default=False, help_text="True: the first member at work; False: in rotation by day")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        verbose_name_plural = "duties"

    def __str__(self) -> str:
        return self.name


class DutyMember(models.Model):
    """Somebody who takes turns with a duty, in order of rank."""

    duty = models.ForeignKey(Duty, on_delete=models.CASCADE, related_name="members")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="duty_memberships")
    rank = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["duty", "employee"], name="responsibility_duty_member_once"),
        ]

    def __str__(self) -> str:
        return f"{self.rank}"


class DutyHolding(models.Model):
    """Somebody took, or was given, the duty on a day: it goes before the rotation. The newest row of a day counts."""

    duty = models.ForeignKey(Duty, on_delete=models.CASCADE, related_name="holdings")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="duty_holdings")
    on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["duty", "on"], name="responsibility_holding_on")]

    def __str__(self) -> str:
        return f"{self.on}"
