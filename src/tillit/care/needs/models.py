"""Stored: conversation templates, conversations, and what matters in the citizen's own words."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.care.citizens.models import Citizen, NetworkMember
from tillit.foundation.workforce.models import Employee


class ConversationTemplate(models.Model):
    """One version of the template for the conversation (R12). A version in use is never edited: a new one replaces it.

    `questions`: list of {"code", "part", "text", "help", "kind": "words" | "text", "short": bool}, in order, checked
    by rules.template. "words" are the citizen's own words; "short" belongs to the short conversation.
    """

    code = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=100)
    questions = models.JSONField()
    in_use_from = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="needs_template_version_once")]

    def __str__(self) -> str:
        return f"{self.name} v{self.version}"


class Conversation(models.Model):
    """One conversation about what matters (oppstartssamtale): a draft while it is written, then kept as it was."""

    class State(models.TextChoices):
        """How far it has come."""

        DRAFT = "DRAFT", _("Utkast")
        DONE = "DONE", _("Ferdig")
        DROPPED = "DROPPED", _("Lagt bort")

    class Agrees(models.TextChoices):
        """Whether the citizen knows herself again when the summary is read back."""

        YES = "YES", _("Ja")
        PARTLY = "PARTLY", _("Delvis")
        NO = "NO", _("Nei")

    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="conversations")
    template = models.ForeignKey(ConversationTemplate, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    held_on = models.DateField()
    place = models.CharField(max_length=100, blank=True)
    answers = models.JSONField(default=dict, help_text="Question code → text")
    short_words = models.CharField(max_length=120, blank=True, help_text="What shall stand on lists")
    review_on = models.DateField(null=True, help_text="When we ask again")
    agrees = models.CharField(max_length=10, choices=Agrees.choices, blank=True)
    edition = models.PositiveIntegerField(default=1, help_text="Grows with every save: two writers are told")
    writers = models.JSONField(default=dict, help_text="Field → [key of the open page, employee id] that wrote it last")
    no_words_reason = models.CharField(max_length=200, blank=True, help_text="Why the wishes are not expressed yet")
    try_again_on = models.DateField(null=True)
    started_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    saved_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["citizen"], condition=models.Q(state="DRAFT"), name="needs_conversation_one_draft"
            ),
        ]
        indexes = [models.Index(fields=["citizen", "state"], name="needs_conversation_citizen")]

    def __str__(self) -> str:
        return f"conversation:{self.pk}"


class SetAside(models.Model):
    """A text that met another writer's text in the same field: kept until its writer has chosen."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="set_aside")
    field = models.CharField(max_length=40, help_text="Question code, or a field of the conversation")
    text = models.TextField(blank=True)
    written_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    choice = models.CharField(max_length=10, blank=True, help_text="mine, theirs or both; empty until chosen")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "field", "written_by"], name="needs_set_aside_once_per_writer"
            ),
        ]

    def __str__(self) -> str:
        return f"setaside:{self.pk}"


class Participant(models.Model):
    """Somebody who took part besides the citizen: a colleague, or one of the citizen's own people."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="participants")
    employee = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    network_member = models.ForeignKey(NetworkMember, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="needs_participant_is_one_of_two",
                condition=models.Q(employee__isnull=False, network_member__isnull=True)
                | models.Q(employee__isnull=True, network_member__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["conversation", "employee"],
                condition=models.Q(employee__isnull=False),
                name="needs_participant_colleague_once",
            ),
            models.UniqueConstraint(
                fields=["conversation", "network_member"],
                condition=models.Q(network_member__isnull=False),
                name="needs_participant_own_once",
            ),
        ]

    def __str__(self) -> str:
        return f"participant:{self.pk}"


class WhatMatters(models.Model):
    """What the citizen said matters (hva er viktig), verbatim. The newest counts; older ones stay."""

    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="what_matters")
    conversation = models.ForeignKey(Conversation, null=True, on_delete=models.PROTECT, related_name="words")
    words = models.TextField(help_text="The citizen's own words, without quotation marks")
    short_words = models.CharField(
        max_length=120, blank=True, help_text="What stands on a list; empty: the words themselves"
    )
    good_days = models.TextField(blank=True)
    rather_not = models.TextField(blank=True)
    said_on = models.DateField()
    review_on = models.DateField(null=True)
    recorded_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["citizen", "-recorded_at"], name="needs_what_matters_newest")]

    def __str__(self) -> str:
        return f"whatmatters:{self.pk}"
