"""Stored: services with their law, delegation documents, who may decide what, and acting leaders."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.foundation.access.roles import Role
from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce.models import Employee

_NEVER_DECIDES = frozenset({Role.ADMINISTRATOR, Role.PRIVACY_REVIEWER, Role.RESEARCHER})
#: Roles that can hold authority; none is "".
DECIDING_ROLES = tuple(role for role in Role if role not in _NEVER_DECIDES)
#: Roles somebody can stand in for.
LEADING_ROLES = (Role.TEAM_LEADER, Role.DISTRICT_LEADER)


def _days_in_order(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=name,
        condition=models.Q(valid_to__isnull=True)
        | models.Q(valid_from__isnull=True)
        | models.Q(valid_to__gte=models.F("valid_from")),
    )


class ServiceGroup(models.TextChoices):
    """The headings of the list of services."""

    HOME = "HOME", _("Hjelp hjemme")
    STAY = "STAY", _("Plass og opphold")
    SPECIAL = "SPECIAL", _("Særskilte tjenester")


class ExtentIn(models.TextChoices):
    """What a service's extent is counted in."""

    HOURS_A_WEEK = "HOURS_A_WEEK", _("Timer i uka")
    DAYS = "DAYS", _("Døgn")
    TIMES_A_WEEK = "TIMES_A_WEEK", _("Ganger i uka")
    PIECES = "PIECES", _("Antall")
    NONE = "NONE", _("Uten omfang")


class ServiceType(models.Model):
    """A service (tjeneste) that can be applied for. Shipped with the product; a municipality adds its own."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=100)
    name_nn = models.CharField(
        max_length=100, blank=True, default="", help_text="In nynorsk letters; empty where it is called the same"
    )
    group = models.CharField(max_length=10, choices=ServiceGroup.choices)
    extent_in = models.CharField(max_length=20, choices=ExtentIn.choices)
    is_health_care = models.BooleanField(help_text="True: health care, so that the citizen has a health record")
    may_be_charged = models.BooleanField(help_text="False: free by law")
    charge_note = models.CharField(max_length=200, blank=True, help_text="When it is free after all")
    kpr_code = models.CharField(max_length=4, blank=True, help_text="Code system 9151; empty where none is in use")
    responsibility_code = models.CharField(max_length=60, blank=True, help_text="The row of the model's table")
    rank = models.PositiveSmallIntegerField(help_text="Place in the list")
    is_shipped = models.BooleanField(default=False)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="authority_service_group_known", condition=models.Q(group__in=ServiceGroup.values)
            ),
            models.CheckConstraint(
                name="authority_service_extent_known", condition=models.Q(extent_in__in=ExtentIn.values)
            ),
            _days_in_order("authority_service_days_in_order"),
        ]

    def __str__(self) -> str:
        return self.name


class LegalReference(models.Model):
    """A section of an act (hjemmel) that a service or a step of case work rests on, for as long as it is law.

    valid_from None: adopted, not in force yet. `service` None: a rule of procedure, named by `topic`. `act` empty: what
    the municipality's own decision rests on, in its own words.
    """

    service = models.ForeignKey(ServiceType, null=True, on_delete=models.PROTECT, related_name="legal_references")
    topic = models.CharField(max_length=40, help_text="BASIS for a service; else the step, such as ADVANCE_NOTICE")
    act = models.CharField(
        max_length=40, blank=True, help_text="Lovdata's id, such as 2011-06-24-30; empty: the municipality's own basis"
    )
    section = models.CharField(
        max_length=200, help_text="As it is cited: «§ 3-2 første ledd nr. 6 bokstav a»; all of it where `act` is empty"
    )
    section_nn = models.CharField(
        max_length=200, blank=True, default="", help_text="In nynorsk letters; empty where it is the same"
    )
    words = models.CharField(max_length=300, help_text="What it says, for a letter")
    rank = models.PositiveSmallIntegerField()
    is_shipped = models.BooleanField(default=False)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [_days_in_order("authority_law_days_in_order")]

    def __str__(self) -> str:
        return f"{self.act} {self.section}"


class Delegation(models.Model):
    """A delegation document (delegering): the written chain from the council to who may decide."""

    reference = models.CharField(max_length=40, unique=True, help_text="Such as 2026-04")
    title = models.CharField(max_length=200)
    delegated_by = models.CharField(max_length=100, help_text="Such as «Kommunedirektøren»: an office, not a name")
    template = models.CharField(max_length=40, blank=True, help_text="The shipped template it was made from")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [_days_in_order("authority_delegation_days_in_order")]

    def __str__(self) -> str:
        return self.reference


class Authority(models.Model):
    """One line of a document (myndighet): who may decide which service, up to what, from a day to a day.

    Never edited: it is ended, and a new one made. `unit` None: the role is held in the unit that has the case.
    """

    delegation = models.ForeignKey(Delegation, on_delete=models.PROTECT, related_name="authorities")
    service = models.ForeignKey(ServiceType, null=True, on_delete=models.PROTECT, related_name="authorities")
    group = models.CharField(max_length=10, choices=ServiceGroup.choices, blank=True)
    role = models.CharField(max_length=30, blank=True)
    employee = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="authorities")
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    within = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    max_extent = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    max_days = models.PositiveIntegerField(null=True)
    four_eyes = models.BooleanField(default=False, help_text="Somebody else must have prepared the decision")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        verbose_name_plural = "authorities"
        constraints = [
            models.CheckConstraint(
                name="authority_never_for_administrators", condition=models.Q(role__in=["", *DECIDING_ROLES])
            ),
            models.CheckConstraint(
                name="authority_role_or_person",
                condition=(models.Q(role="") & models.Q(employee__isnull=False) & models.Q(unit__isnull=True))
                | (~models.Q(role="") & models.Q(employee__isnull=True)),
            ),
            models.CheckConstraint(
                name="authority_service_or_group",
                condition=(models.Q(service__isnull=False) & models.Q(group=""))
                | (
                    models.Q(service__isnull=True)
                    & models.Q(group__in=ServiceGroup.values)
                    & models.Q(max_extent__isnull=True)
                ),
            ),
            models.CheckConstraint(
                name="authority_limits_above_zero",
                condition=(models.Q(max_extent__isnull=True) | models.Q(max_extent__gt=0))
                & (models.Q(max_days__isnull=True) | models.Q(max_days__gt=0)),
            ),
            _days_in_order("authority_days_in_order"),
        ]

    def __str__(self) -> str:
        return f"authority:{self.pk}"


class ActingLeader(models.Model):
    """Somebody stands in for a leader (fungerende leder) in a unit, from a day to a day, on a basis in writing.

    One at a time for each role in a unit: a trigger refuses two (migration 0003), for no constraint of both databases
    can compare days.
    """

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="stands_in")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="acting_leaders")
    role = models.CharField(max_length=30)
    basis = models.CharField(max_length=200, help_text="Such as «Ferie, etter avtale 12.6.»: nothing about health")
    valid_from = models.DateField()
    valid_to = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="authority_acting_for_a_leader", condition=models.Q(role__in=LEADING_ROLES)),
            models.CheckConstraint(
                name="authority_acting_days_in_order", condition=models.Q(valid_to__gte=models.F("valid_from"))
            ),
        ]

    def __str__(self) -> str:
        return f"acting:{self.pk}"
