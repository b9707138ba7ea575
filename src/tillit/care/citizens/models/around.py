"""What stands around a citizen from a day to a day: home, teams, colleagues, her own people, wishes, warnings."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.care.citizens.models.citizen import Citizen
from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce.models import Employee


class Home(models.Model):
    """Where a citizen lives (adresse), with the way in. One in use at a time."""

    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="homes")
    street = models.CharField(max_length=200)
    postal_code = models.CharField(max_length=4)
    place = models.CharField(max_length=60)
    floor = models.CharField(max_length=60, blank=True, help_text="Floor, entrance: «2. etasje»")
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    way_in = models.CharField(max_length=200, blank=True, help_text="«Ring på først», «Nøkkelboks ved døra»")
    door_code = models.CharField(
        max_length=40,
        blank=True,
        help_text="Shown when asked for, in the audit trail each time. Printed on the sheet for an ambulance crew, for "
        "whoever may see it, and in the citizen's own whole copy; on no list, and never kept on a phone",
    )
    key_note = models.CharField(max_length=200, blank=True)
    practical = models.TextField(blank=True, help_text="Parking, dog, stairs")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["citizen"], condition=models.Q(valid_to__isnull=True), name="citizens_home_one_in_use"
            ),
        ]

    def __str__(self) -> str:
        return f"home:{self.pk}"


class Following(models.Model):
    """A unit follows a citizen, from a day to a day. Two may at once (HELTOM, special teams): `part` says which."""

    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="followings")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="followings")
    part = models.CharField(max_length=100, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["citizen", "unit"],
                condition=models.Q(valid_to__isnull=True),
                name="citizens_following_once",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "valid_to", "citizen"], name="citizens_following_unit"),
            models.Index(
                fields=["valid_to"], condition=models.Q(valid_to__isnull=False), name="citizens_following_ended"
            ),
        ]

    def __str__(self) -> str:
        return f"following:{self.pk}"


class WhereaboutsKind(models.TextChoices):
    """Where a citizen is."""

    HOSPITAL = "HOSPITAL", _("På sykehus")
    HEALTH_HOUSE = "HEALTH_HOUSE", _("På helsehus")
    ACUTE_UNIT = "ACUTE_UNIT", _("På KAD")
    SHORT_STAY = "SHORT_STAY", _("På korttidsopphold")
    REHABILITATION = "REHABILITATION", _("På rehabilitering")
    RESPITE = "RESPITE", _("På avlastning")
    AWAY = "AWAY", _("Bortreist")


class Whereabouts(models.Model):
    """A citizen is not at home, from a moment to a moment. No row in force is: at home.

    ready_at: when the place said that she may leave (meldt utskrivningsklar); empty when that was taken back.
    next_step: the open step that comes first, as lists show it; the steps themselves are `WhereaboutsFollowUp`.
    """

    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="whereabouts")
    kind = models.CharField(max_length=20, choices=WhereaboutsKind.choices)
    place = models.CharField(max_length=100, blank=True)
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True)
    ready_at = models.DateTimeField(null=True)
    next_step = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["citizen"],
                condition=models.Q(to_at__isnull=True),
                name="citizens_whereabouts_one_open",
            ),
        ]
        indexes = [models.Index(fields=["to_at", "from_at"], name="citizens_whereabouts_open")]

    def __str__(self) -> str:
        return f"whereabouts:{self.pk}"


class ResponsibleKind(models.TextChoices):
    """In which way an employee answers for a citizen (R15)."""

    SERVICE_RESPONSIBLE = "SERVICE_RESPONSIBLE", _("Tjenesteansvarlig")
    PRIMARY_CONTACT = "PRIMARY_CONTACT", _("Primærkontakt")
    THERAPIST = "THERAPIST", _("Ergo- eller fysioterapeut")


class Responsible(models.Model):
    """An employee answers for a citizen, or is deputy for the one who does, from a day to a day."""

    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="responsibles")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="responsible_for")
    kind = models.CharField(max_length=30, choices=ResponsibleKind.choices)
    is_deputy = models.BooleanField(default=False)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["citizen", "kind", "is_deputy"],
                condition=models.Q(valid_to__isnull=True),
                name="citizens_responsible_one_in_force",
            ),
        ]
        indexes = [models.Index(fields=["employee", "valid_to"], name="citizens_responsible_employee")]

    def __str__(self) -> str:
        return f"responsible:{self.pk}"


class NetworkKind(models.TextChoices):
    """How somebody stands to the citizen."""

    RELATIVE = "RELATIVE", _("Pårørende")
    FRIEND = "FRIEND", _("Venn eller nabo")
    GUARDIAN = "GUARDIAN", _("Verge")
    GP = "GP", _("Fastlege")
    SERVICE = "SERVICE", _("Annen tjeneste")


class NetworkMember(models.Model):
    """One of the citizen's own people (nettverk): relative, neighbour, guardian, GP, day centre."""

    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="network")
    kind = models.CharField(max_length=20, choices=NetworkKind.choices)
    name = models.CharField(max_length=100)
    relation = models.CharField(max_length=100, blank=True, help_text="«Datter», «Nabo, måker og har nøkkel»")
    phone = models.CharField(max_length=20, blank=True)
    is_next_of_kin = models.BooleanField(default=False)
    note = models.CharField(max_length=200, blank=True)
    rank = models.PositiveSmallIntegerField(default=0)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    def __str__(self) -> str:
        return f"network:{self.pk}"


class WishKind(models.TextChoices):
    """What a citizen wants about helpers."""

    MUST_NOT = "MUST_NOT", _("Skal ikke komme")
    RATHER_NOT = "RATHER_NOT", _("Helst ikke")
    GLADLY = "GLADLY", _("Gjerne")


class HelperWish(models.Model):
    """A wish about helpers: about one colleague, or about gender. MUST_NOT is never broken."""

    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="wishes")
    kind = models.CharField(max_length=20, choices=WishKind.choices)
    employee = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    gender = models.CharField(max_length=1, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="citizens_wish_about_someone",
                condition=models.Q(employee__isnull=False) | ~models.Q(gender=""),
            ),
        ]

    def __str__(self) -> str:
        return f"wish:{self.pk}"


class AlertKind(models.TextChoices):
    """What one must know before the door."""

    ALLERGY = "ALLERGY", _("Allergi")
    FALL = "FALL", _("Fallfare")
    INFECTION = "INFECTION", _("Smitte")
    SAFETY = "SAFETY", _("Sikkerhet")
    AID = "AID", _("Hjelpemiddel")
    OTHER = "OTHER", _("Annet")


class Alert(models.Model):
    """Something to know before the door (varsel): allergy, falls, dog, walking frame."""

    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="alerts")
    kind = models.CharField(max_length=20, choices=AlertKind.choices)
    text = models.CharField(max_length=200)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    def __str__(self) -> str:
        return f"alert:{self.pk}"
