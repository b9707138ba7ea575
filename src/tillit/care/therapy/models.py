"""Stored: the therapists' lists, their terms, the cases with everything that happened, and joint visits."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.care.citizens.models import AskedIn, Citizen
from tillit.care.visits.models import Visit
from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce.models import Employee


class GroupProfession(models.TextChoices):
    """Whose list it is. The same codes as `workforce.Profession`."""

    OCCUPATIONAL_THERAPIST = "OCCUPATIONAL_THERAPIST", _("Ergoterapi")
    PHYSIOTHERAPIST = "PHYSIOTHERAPIST", _("Fysioterapi")


class TherapyGroup(models.Model):
    """A professional group with one waiting list (faggruppe): the therapists of one profession at or below a unit."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    profession = models.CharField(max_length=30, choices=GroupProfession.choices)
    opened_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "profession"], name="therapy_one_list_of_a_profession"),
            models.CheckConstraint(
                name="therapy_group_profession_known",
                condition=models.Q(profession__in=["OCCUPATIONAL_THERAPIST", "PHYSIOTHERAPIST"]),
            ),
        ]

    def __str__(self) -> str:
        return f"therapy-group:{self.pk}"


class TherapyTerms(models.Model):
    """How long each priority may wait on a list, and for what it is meant, from a day until newer terms.

    levels: {"1": [days, criteria], …} for the four levels.
    """

    group = models.ForeignKey(TherapyGroup, on_delete=models.PROTECT, related_name="terms")
    valid_from = models.DateField()
    levels = models.JSONField()
    decided_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "valid_from"], name="therapy_terms_once_from_a_day")]

    def __str__(self) -> str:
        return f"therapy-terms:{self.pk}"


class Source(models.TextChoices):
    """Who asked for it."""

    TEAM = "TEAM", _("Teamet")
    CASE_WORKER = "CASE_WORKER", _("Saksbehandler")
    CITIZEN = "CITIZEN", _("Brukeren selv eller pårørende")
    HOSPITAL = "HOSPITAL", _("Sykehuset")
    GP = "GP", _("Fastlegen")
    OTHER = "OTHER", _("Andre")


class CaseState(models.TextChoices):
    """Where a case stands."""

    WAITING = "WAITING", _("Venter")
    TAKEN = "TAKEN", _("Tatt")
    CLOSED = "CLOSED", _("Avsluttet")


class Result(models.TextChoices):
    """How a case ended."""

    REACHED = "REACHED", _("Kom dit brukeren ville")
    PARTLY = "PARTLY", _("Kom et stykke på vei")
    NOT_REACHED = "NOT_REACHED", _("Kom ikke dit")
    OTHERS = "OTHERS", _("Andre hjelper videre")
    NOT_NEEDED = "NOT_NEEDED", _("Trengs ikke lenger")


class TherapyCase(models.Model):
    """Somebody is referred to a therapist, waits, is followed, and is done (sak hos terapeut).

    own_words: why, in the citizen's words. reason: why, as the one who referred sees it. due_on: by when somebody is
    to have taken it. opening: what lets the holder read about the citizen for as long as she has the case.
    """

    group = models.ForeignKey(TherapyGroup, on_delete=models.PROTECT, related_name="cases")
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="therapy_cases")
    source = models.CharField(max_length=12, choices=Source.choices)
    from_whom = models.CharField(max_length=100, blank=True)
    own_words = models.TextField(blank=True)
    reason = models.TextField()
    priority = models.PositiveSmallIntegerField()
    referred_on = models.DateField()
    due_on = models.DateField()
    referred_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    referred_unit = models.ForeignKey(
        Unit, null=True, on_delete=models.PROTECT, related_name="+", help_text="Who is told what happens"
    )
    referred_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=CaseState.choices, default=CaseState.WAITING)
    holder = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    taken_on = models.DateField(null=True)
    opening = models.ForeignKey(AskedIn, null=True, on_delete=models.PROTECT, related_name="+")
    next_step = models.CharField(max_length=200, blank=True)
    next_on = models.DateField(null=True)
    result = models.CharField(max_length=12, choices=Result.choices, blank=True)
    closed_on = models.DateField(null=True)
    edition = models.PositiveIntegerField(default=1, help_text="Grows with every change: two writers are told")
    press_key = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["citizen", "press_key"], condition=~models.Q(press_key=""), name="therapy_referred_once"
            ),
            models.CheckConstraint(
                name="therapy_priority_one_to_four", condition=models.Q(priority__gte=1, priority__lte=4)
            ),
            models.CheckConstraint(
                name="therapy_taken_by_somebody",
                condition=~models.Q(state="TAKEN") | models.Q(holder__isnull=False, taken_on__isnull=False),
            ),
            models.CheckConstraint(
                name="therapy_waiting_for_anybody",
                condition=~models.Q(state="WAITING")
                | models.Q(holder__isnull=True, taken_on__isnull=True, opening__isnull=True),
            ),
            models.CheckConstraint(
                name="therapy_closed_with_result",
                condition=models.Q(state="CLOSED", closed_on__isnull=False)
                & models.Q(result__in=["REACHED", "PARTLY", "NOT_REACHED", "OTHERS", "NOT_NEEDED"])
                | ~models.Q(state="CLOSED") & models.Q(closed_on__isnull=True, result=""),
            ),
        ]
        indexes = [
            models.Index(fields=["group", "state", "due_on"], name="therapy_case_waiting"),
            models.Index(fields=["holder", "state"], name="therapy_case_held"),
        ]

    def __str__(self) -> str:
        return f"therapy-case:{self.pk}"


class EventKind(models.TextChoices):
    """What happened in a case. WORDS, INTERIM and CLOSED are entries of the journal, signed by the press."""

    REFERRED = "REFERRED", _("Henvist")
    TAKEN = "TAKEN", _("Tatt")
    GIVEN_BACK = "GIVEN_BACK", _("Gitt tilbake")
    PRIORITY = "PRIORITY", _("Prioriteten er endret")
    STEP = "STEP", _("Neste steg")
    WORDS = "WORDS", _("Notat")
    INTERIM = "INTERIM", _("Tiltak imens")
    CLOSED = "CLOSED", _("Avsluttet")


class TherapyEvent(models.Model):
    """One thing that happened in a case, and why. Only added to."""

    case = models.ForeignKey(TherapyCase, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=10, choices=EventKind.choices)
    words = models.TextField(blank=True)
    priority = models.PositiveSmallIntegerField(help_text="As it was from then")
    by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["case", "-at"], name="therapy_event_newest")]

    def __str__(self) -> str:
        return f"therapy-event:{self.pk}"


class JointVisit(models.Model):
    """A therapist and the team's helper at one visit (samarbeidsbesøk). agreed_at: empty until she has said yes.

    The visit keeps its time from then; was_*: what its window was before, for when she does not come after all.
    """

    case = models.ForeignKey(TherapyCase, on_delete=models.PROTECT, related_name="joint_visits")
    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="+")
    why = models.CharField(max_length=200)
    asked_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True, help_text="Said no, or does not come after all")
    was_earliest_at = models.DateTimeField(null=True)
    was_latest_at = models.DateTimeField(null=True)
    was_locked = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "visit"], condition=models.Q(ended_at__isnull=True), name="therapy_joined_once"
            ),
        ]
        indexes = [models.Index(fields=["visit"], name="therapy_joint_visit")]

    def __str__(self) -> str:
        return f"joint-visit:{self.pk}"
