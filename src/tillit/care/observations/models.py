"""Stored: what is usual for a citizen, what was seen and measured, and what is followed until it is closed."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.care.citizens.models import Citizen
from tillit.care.visits.models import Visit
from tillit.foundation.workforce.models import Employee


class Usual(models.Model):
    """What is usual for a citizen (som vanlig). Only added to: the newest counts. scale 0: removed from the journal.

    saturation: what she usually has, shown beside what is measured and never counted. scale 2 is for those whose
    aim is 88–92 %; scale_by: the nurse or doctor who decided it.
    """

    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="usual")
    words = models.TextField(blank=True)
    saturation = models.PositiveSmallIntegerField(null=True)
    scale = models.PositiveSmallIntegerField(default=1)
    scale_by = models.CharField(max_length=120, blank=True)
    set_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["citizen", "-set_at"], name="observations_usual_newest")]
        constraints = [
            models.CheckConstraint(name="observations_usual_scale", condition=models.Q(scale__in=[0, 1, 2])),
            models.CheckConstraint(
                name="observations_usual_scale_2_is_decided", condition=~models.Q(scale=2, scale_by="")
            ),
        ]

    def __str__(self) -> str:
        return f"usual:{self.pk}"


class WatchLevel(models.TextChoices):
    """As `rules.news2.Level`."""

    NONE = "NONE", _("0 poeng")
    INCOMPLETE = "INCOMPLETE", _("Ikke alt er målt")
    LOW = "LOW", _("1–4 poeng")
    SINGLE = "SINGLE", _("3 poeng på ett mål")
    MEDIUM = "MEDIUM", _("5–6 poeng")
    HIGH = "HIGH", _("7 poeng eller mer")


class Ending(models.TextChoices):
    """How it ended. Whether she is better, or it is as agreed, a nurse decides."""

    BETTER = "BETTER", _("Bedre")
    DOCTOR = "DOCTOR", _("Lege tar over")
    HOSPITAL = "HOSPITAL", _("På sykehus")
    AGREED = "AGREED", _("Som avtalt i planen")


class Watch(models.Model):
    """Something is not as usual (ikke som vanlig), followed until somebody closes it with words.

    act_by: when somebody must have answered; empty when somebody has. check_by: when it is measured again. owner:
    nobody at work could have it when empty. why: a code of `rules.placing.Why`. reminded, raised: who was told that it
    is late, and who that it goes on; told of the deadlines that hold now, and emptied when they are set anew.
    """

    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="watches")
    level = models.CharField(max_length=12, choices=WatchLevel.choices)
    owner = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="watches")
    why = models.CharField(max_length=12)
    opened_at = models.DateTimeField()
    act_by = models.DateTimeField(null=True)
    check_by = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    reminded = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField(null=True)
    raised = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    ending = models.CharField(max_length=10, choices=Ending.choices, blank=True)
    answer = models.TextField(blank=True)
    closed_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["citizen"], condition=models.Q(closed_at__isnull=True), name="observations_watch_open"
            ),
            models.Index(fields=["owner", "closed_at"], name="observations_watch_owner"),
        ]

    def __str__(self) -> str:
        return f"watch:{self.pk}"

    def set_deadlines(self, act_by: datetime | None, check_by: datetime) -> None:
        """New deadlines, of which nobody has been told."""
        self.act_by, self.check_by = act_by, check_by
        self.reminded_at = self.raised_at = self.reminded = self.raised = None


class ObservationKind(models.TextChoices):
    """What was done: a quick check, a weight, or something seen and said in words."""

    CHECK = "CHECK", _("Hurtigsjekk")
    WEIGHT = "WEIGHT", _("Vekt")
    WORDS = "WORDS", _("Observasjon")
    STEP = "STEP", _("Hva vi gjør")


class About(models.TextChoices):
    """What words are about."""

    FLUID = "FLUID", _("Mat og drikke")
    SKIN = "SKIN", _("Hud og sår")
    MOOD = "MOOD", _("Humør")
    PAIN = "PAIN", _("Smerte")
    SLEEP = "SLEEP", _("Søvn")
    OTHER = "OTHER", _("Noe annet")


class Alertness(models.TextChoices):
    """ACVPU, as `rules.news2.Consciousness`."""

    ALERT = "A", _("Våken og klar")
    CONFUSION = "C", _("Nyoppstått forvirret")
    VOICE = "V", _("Reagerer når du snakker")
    PAIN = "P", _("Reagerer bare på smerte")
    UNRESPONSIVE = "U", _("Reagerer ikke")


class Observation(models.Model):
    """What somebody saw or measured. Only added to; an entry of the journal, locked from the press that sent it.

    Empty is not measured. scale: the saturation scale that was used. total, level: as they were told then; total is
    the least it can be when something is missing. All is empty when it was removed from the journal.
    """

    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="observations")
    visit = models.ForeignKey(Visit, null=True, on_delete=models.PROTECT, related_name="observations")
    watch = models.ForeignKey(Watch, null=True, on_delete=models.PROTECT, related_name="observations")
    kind = models.CharField(max_length=8, choices=ObservationKind.choices)
    seen_at = models.DateTimeField()
    respiration = models.PositiveSmallIntegerField(null=True)
    saturation = models.PositiveSmallIntegerField(null=True)
    oxygen = models.BooleanField(null=True)
    systolic = models.PositiveSmallIntegerField(null=True)
    pulse = models.PositiveSmallIntegerField(null=True)
    consciousness = models.CharField(max_length=1, choices=Alertness.choices, blank=True)
    temperature = models.DecimalField(max_digits=3, decimal_places=1, null=True)
    scale = models.PositiveSmallIntegerField(null=True)
    total = models.PositiveSmallIntegerField(null=True)
    level = models.CharField(max_length=12, choices=WatchLevel.choices, blank=True)
    weight = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    about = models.CharField(max_length=8, choices=About.choices, blank=True)
    words = models.TextField(blank=True)
    told_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField()
    press_key = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [models.Index(fields=["citizen", "-seen_at"], name="observations_newest")]
        constraints = [
            models.UniqueConstraint(
                fields=["citizen", "press_key"],
                condition=~models.Q(press_key=""),
                name="observations_pressed_once",
            ),
            models.CheckConstraint(
                name="observations_scale_known", condition=models.Q(scale__isnull=True) | models.Q(scale__in=[1, 2])
            ),
        ]

    def __str__(self) -> str:
        return f"observation:{self.pk}"
