"""Stored: units and the areas teams answer for."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class UnitKind(models.TextChoices):
    """What sort of unit it is."""

    MUNICIPALITY = "MUNICIPALITY", _("Kommune")
    DISTRICT = "DISTRICT", _("Distrikt")
    TEAM = "TEAM", _("Team")
    WORK_GROUP = "WORK_GROUP", _("Arbeidslag")
    OFFICE = "OFFICE", _("Tjenestekontor")
    SPECIAL_TEAM = "SPECIAL_TEAM", _("Spesialteam")


class UnitPurpose(models.TextChoices):
    """What a unit is for, where the table of responsibilities gives something to units of a sort (R04)."""

    ALLOCATION = "ALLOCATION", _("Behandle søknader")
    ASSESSMENT = "ASSESSMENT", _("Vurdere nye brukere")
    RAPID_RESPONSE = "RAPID_RESPONSE", _("Hjelpe nye brukere de første ukene")
    REABLEMENT = "REABLEMENT", _("Hverdagsrehabilitering")
    DEMENTIA = "DEMENTIA", _("Brukere med demens")
    SERIOUS_ILLNESS = "SERIOUS_ILLNESS", _("Alvorlig syke")
    CARE = "CARE", _("Omsorg, i par med et helsetjenesteteam")
    HEALTH = "HEALTH", _("Helsetjenester, i par med et omsorgsteam")


class Unit(models.Model):
    """A unit (enhet): the municipality, a district, a team, a work group in a team, an office or a special team.

    `path` is the chain of ids from the top, each followed by a full stop ("1.4.9."), so that one text comparison
    answers "is it below?". It is set when the unit is stored and moves with its parent.
    """

    kind = models.CharField(max_length=20, choices=UnitKind.choices)
    name = models.CharField(max_length=100)
    code = models.CharField(max_length=40, unique=True, help_text="Short and stable; used by imports")
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    path = models.CharField(max_length=200, db_index=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    phone = models.CharField(max_length=20, blank=True)
    base_name = models.CharField(max_length=100, blank=True, help_text="Where work starts and ends")
    base_street = models.CharField(max_length=200, blank=True)
    base_latitude = models.FloatField(null=True)
    base_longitude = models.FloatField(null=True)
    purpose = models.CharField(
        max_length=20, blank=True, choices=UnitPurpose.choices, help_text="Empty: nothing in particular, as most teams"
    )
    everyone_may_allocate = models.BooleanField(default=False, help_text="False: only those with the competence")
    edition = models.PositiveIntegerField(default=1, help_text="Goes up with each change; two at once are told")

    class Meta:
        constraints = [
            models.CheckConstraint(name="organisation_unit_kind_known", condition=models.Q(kind__in=UnitKind.values)),
            models.CheckConstraint(
                name="organisation_unit_purpose_known",
                condition=models.Q(purpose="") | models.Q(purpose__in=UnitPurpose.values),
            ),
            models.CheckConstraint(
                name="organisation_unit_only_municipality_on_top",
                condition=models.Q(parent__isnull=False) | models.Q(kind=UnitKind.MUNICIPALITY),
            ),
            models.CheckConstraint(
                name="organisation_unit_days_in_order",
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Area(models.Model):
    """A part of the map (område) whose addresses a unit answers for, from a day to a day.

    Drawn as a polygon (GeoJSON ring of [longitude, latitude]) or named by postal codes. An address belongs to one
    area on a date: `rules.unit_for_address` says which, and `actions` refuse areas that would share ground.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="areas")
    name = models.CharField(max_length=100)
    ring = models.JSONField(default=list, help_text="[[longitude, latitude], …]; empty when postal codes are used")
    postal_codes = models.JSONField(default=list)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="organisation_area_days_in_order",
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class JoinedLists(models.Model):
    """When a work group shares its team's work lists (felles lister), from a day to a day (R02).

    Days without a row are shared in all three. The past keeps what was, so that old lists are shown as they were.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="joined_lists")
    evening = models.BooleanField(default=True)
    night = models.BooleanField(default=True)
    weekend = models.BooleanField(default=True, help_text="Saturdays, Sundays and public holidays, the whole day")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "valid_from"], name="organisation_joined_once_from_a_day"),
            models.CheckConstraint(
                name="organisation_joined_days_in_order",
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"joined:{self.pk}"


class TeamMeeting(models.Model):
    """A fixed meeting (teammøte, brukermøte): its people are not out on visits then."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="meetings")
    name = models.CharField(max_length=100)
    weekdays = models.CharField(max_length=7, help_text="1 is Monday: 13 is Monday and Wednesday")
    starts = models.TimeField()
    minutes = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    def __str__(self) -> str:
        return self.name
