"""Stored: responsibility models as tables, which one a team follows and why, the principles, and duties."""

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
    original = models.ForeignKey(
        "ModelVersion",
        null=True,
        on_delete=models.PROTECT,
        related_name="variants",
        help_text="What a variant was copied from; empty for the shipped ones",
    )
    owner = models.ForeignKey(
        Unit,
        null=True,
        on_delete=models.PROTECT,
        related_name="variants",
        help_text="Whose variant it is: who reaches this unit may adjust it",
    )

    def __str__(self) -> str:
        return self.name


class ModelVersion(models.Model):
    """One version of a model's table. Only a draft (utkast) is edited; it is settled when it is put into force.

    A settled version is never edited: adjusting it makes a new draft.
    """

    model = models.ForeignKey(ResponsibilityModel, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    note = models.TextField(blank=True, help_text="What changed, and why")
    is_draft = models.BooleanField(default=False)
    edition = models.PositiveIntegerField(default=1, help_text="Goes up with each cell that is changed")
    made_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(null=True, help_text="Empty for versions that came with the product")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["model", "number"], name="responsibility_version_number_once"),
            models.UniqueConstraint(
                fields=["model"], condition=models.Q(is_draft=True), name="responsibility_one_draft_per_model"
            ),
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
    SERIOUS_ILLNESS_TEAM = "SERIOUS_ILLNESS_TEAM", _("Team for alvorlig syke")
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
    weeks = models.PositiveSmallIntegerField(
        null=True, help_text="At most so many weeks, then it goes on to the one who has the rest; empty: no end"
    )
    edition = models.PositiveIntegerField(default=1, help_text="Goes up with each change; two at once are told")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "responsibility"], name="responsibility_row_once_per_version"),
            models.CheckConstraint(
                name="responsibility_row_holder_known", condition=models.Q(holder__in=HolderKind.values)
            ),
        ]

    def __str__(self) -> str:
        return self.responsibility


class RowChange(models.Model):
    """One cell of a draft was changed: what stood there, what stands there now, who and when. The way back, too."""

    row = models.ForeignKey(ModelRow, on_delete=models.CASCADE, related_name="changes")
    was_holder = models.CharField(max_length=40, choices=HolderKind.choices)
    was_note = models.CharField(max_length=200, blank=True)
    was_weeks = models.PositiveSmallIntegerField(null=True)
    holder = models.CharField(max_length=40, choices=HolderKind.choices)
    note = models.CharField(max_length=200, blank=True)
    weeks = models.PositiveSmallIntegerField(null=True)
    edition = models.PositiveIntegerField(help_text="The row's edition after the change")
    by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"row:{self.row_id}"


class Principles(models.Model):
    """One version of the municipality's principles (prinsipper, R57). The newest counts; none is ever edited."""

    number = models.PositiveSmallIntegerField(unique=True)
    source = models.TextField(help_text="Where they come from, and whose words they are")
    made_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "principles"

    def __str__(self) -> str:
        return f"principles:{self.number}"


class Principle(models.Model):
    """One of them, in order of rank."""

    version = models.ForeignKey(Principles, on_delete=models.CASCADE, related_name="entries")
    rank = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    text = models.TextField(blank=True, help_text="What it means here, in plain words")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "rank"], name="responsibility_principle_rank_once"),
        ]

    def __str__(self) -> str:
        return f"{self.rank}"


class Enactment(models.Model):
    """A version was put into force for some units from a day (iverksetting), and what was said of it (R57)."""

    version = models.ForeignKey(ModelVersion, on_delete=models.PROTECT, related_name="enactments")
    valid_from = models.DateField()
    units = models.ManyToManyField(Unit, related_name="+")
    words = models.TextField(blank=True, help_text="In free words: why, and what it asks of us")
    by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, help_text="Set when somebody regretted before the day came")

    def __str__(self) -> str:
        return f"enactment:{self.pk}"


class Stance(models.TextChoices):
    """What a change does to a principle."""

    SERVES = "SERVES", _("Støtter")
    STRAINS = "STRAINS", _("Utfordrer")


class EnactmentStance(models.Model):
    """Which principle the change serves, or strains, as those who decided saw it."""

    enactment = models.ForeignKey(Enactment, on_delete=models.CASCADE, related_name="stances")
    principle = models.ForeignKey(Principle, on_delete=models.PROTECT, related_name="+")
    stance = models.CharField(max_length=10, choices=Stance.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enactment", "principle"], name="responsibility_stance_once"),
            models.CheckConstraint(name="responsibility_stance_known", condition=models.Q(stance__in=Stance.values)),
        ]

    def __str__(self) -> str:
        return self.stance


class TeamModel(models.Model):
    """Which version a unit follows, from a day to a day. Never two at once."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="followed_models")
    version = models.ForeignKey(ModelVersion, on_delete=models.PROTECT, related_name="followed_by")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    enactment = models.ForeignKey(
        Enactment,
        null=True,
        on_delete=models.PROTECT,
        related_name="followings",
        help_text="Empty when nothing was asked: imports, the first set-up",
    )

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
