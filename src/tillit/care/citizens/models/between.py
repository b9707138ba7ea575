"""What passes between teams about a citizen: hand-overs, following up stays elsewhere, questions to those who can."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.care.citizens.models.around import Whereabouts
from tillit.care.citizens.models.citizen import Citizen
from tillit.foundation.organisation.models import Unit
from tillit.foundation.responsibility.models import ModelVersion
from tillit.foundation.workforce.models import Competence, Employee


class HandoverReason(models.TextChoices):
    """Why a citizen goes on to others. `rules.handover.ROWS` says which row of the table stands behind each."""

    ASSESSED = "ASSESSED", _("Vurderingen er ferdig")
    STARTED = "STARTED", _("Oppstarten er ferdig")
    REABLED = "REABLED", _("Hverdagsrehabiliteringen er ferdig")
    DEMENTIA = "DEMENTIA", _("Har demens og fyller vilkårene")
    SERIOUS_ILLNESS = "SERIOUS_ILLNESS", _("Er alvorlig syk")
    MOVED = "MOVED", _("Flytter")
    OTHER = "OTHER", _("Noe annet")


class HandoverState(models.TextChoices):
    """Where a hand-over stands. Until it is accepted, the giver has the citizen."""

    OFFERED = "OFFERED", _("Venter på svar")
    SENT_BACK = "SENT_BACK", _("Sendt tilbake")
    ACCEPTED = "ACCEPTED", _("Tatt over")
    CLOSED = "CLOSED", _("Trukket")


#: Somebody must still do something: answer, or offer again, or keep her.
OPEN_STATES = (HandoverState.OFFERED, HandoverState.SENT_BACK)


class Handover(models.Model):
    """A citizen is offered from one unit to another (overlevering, R07). Only the answer is ever added.

    `part`: the part of the help that is handed over; empty is what the giver has. `words`: what must be known.
    `responsibility`, `version` and `terms`: the row of the table behind it, as it was when it was offered.
    """

    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="handovers")
    from_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="handovers_given")
    to_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="handovers_taken")
    part = models.CharField(max_length=100, blank=True)
    reason = models.CharField(max_length=20, choices=HandoverReason.choices)
    responsibility = models.CharField(max_length=60, blank=True, help_text="The row's code; empty: no row is behind it")
    table_of = models.ForeignKey(
        Unit, null=True, on_delete=models.PROTECT, related_name="+", help_text="The unit whose table the row stands in"
    )
    version = models.ForeignKey(ModelVersion, null=True, on_delete=models.PROTECT, related_name="+")
    holder = models.CharField(max_length=40, blank=True, help_text="Who held the row then: a HolderKind")
    terms = models.CharField(max_length=200, blank=True)
    words = models.TextField(help_text="What must be known, as the giver left it")
    from_on = models.DateField(help_text="The first day the receiver has her")
    due_on = models.DateField(null=True, help_text="The last day by the row's terms; empty: the row sets none")
    state = models.CharField(max_length=10, choices=HandoverState.choices, default=HandoverState.OFFERED)
    offered_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    offered_at = models.DateTimeField()
    answered_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)
    closed_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["citizen", "from_unit"],
                condition=models.Q(state__in=["OFFERED", "SENT_BACK"]),
                name="citizens_handover_one_open_from_a_unit",
            ),
            models.CheckConstraint(
                name="citizens_handover_between_two", condition=~models.Q(from_unit=models.F("to_unit"))
            ),
            models.CheckConstraint(
                name="citizens_handover_state_known", condition=models.Q(state__in=HandoverState.values)
            ),
            models.CheckConstraint(
                name="citizens_handover_answered_when_answered",
                condition=models.Q(state__in=["OFFERED", "CLOSED"]) | models.Q(answered_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["to_unit", "state"], name="citizens_handover_to"),
            models.Index(fields=["from_unit", "state"], name="citizens_handover_from"),
        ]

    def __str__(self) -> str:
        return f"handover:{self.pk}"


class StayStep(models.TextChoices):
    """What is to be done for somebody who is away; `rules.stays.READY_STEPS` says by when."""

    CALL = "CALL", _("Ringer avdelingen")
    REPORT = "REPORT", _("Sender innleggelsesrapport")
    ANSWER = "ANSWER", _("Svarer på når vi kan ta imot")
    MEETING = "MEETING", _("Møte om utskriving")
    MEDICINES = "MEDICINES", _("Avklarer legemidlene")
    PLAN = "PLAN", _("Ser over tiltakene")
    FIRST_VISIT = "FIRST_VISIT", _("Første besøk hjemme")
    OTHER = "OTHER", _("Noe annet")


class WhereaboutsFollowUp(models.Model):
    """A step to take while a citizen is away, or when she comes home (neste steg, R16). Open until somebody ends it.

    words: what is to be done; for kinds other than OTHER the kind's own name. owner: who does it; empty: nobody has it.
    """

    whereabouts = models.ForeignKey(Whereabouts, on_delete=models.CASCADE, related_name="follow_ups")
    kind = models.CharField(max_length=20, choices=StayStep.choices, default=StayStep.OTHER)
    words = models.CharField(max_length=200)
    on = models.DateField(null=True, help_text="The day it is to be done; empty: not settled")
    owner = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="stay_steps")
    written_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    ended_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["whereabouts", "written_at"], name="citizens_whereabouts_steps"),
            models.Index(
                fields=["whereabouts"],
                condition=models.Q(ended_at__isnull=True),
                name="citizens_whereabouts_open_step",
            ),
        ]

    def __str__(self) -> str:
        return f"follow-up:{self.pk}"


class CompetenceQuestion(models.Model):
    """Somebody is asked who can what we cannot (hente inn spesialkompetanse, R17). Asked and answered once.

    To a person, or to a unit where anybody may answer. `competence` names what is needed, when it has a name.
    """

    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="competence_questions")
    asked_for = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", help_text="The unit that asks")
    competence = models.ForeignKey(Competence, null=True, on_delete=models.PROTECT, related_name="+")
    to_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="competence_questions")
    to_employee = models.ForeignKey(
        Employee, null=True, on_delete=models.PROTECT, related_name="competence_questions", help_text="Empty: anybody"
    )
    words = models.TextField()
    answer_by = models.DateField()
    asked_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="citizens_question_answered_with_words",
                condition=models.Q(answered_at__isnull=True) | ~models.Q(answer=""),
            ),
        ]
        indexes = [models.Index(fields=["to_unit", "answered_at"], name="citizens_question_to")]

    def __str__(self) -> str:
        return f"question:{self.pk}"
