"""Stored: a team's work lists for a shift, drafts of who goes where, proposals and what changed after publishing."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.care.visits.models import Visit
from tillit.foundation.jobs.models import Job
from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce.models import Employee, ShiftKind


class ListState(models.TextChoices):
    """How far the day's lists have come."""

    DRAFT = "DRAFT", _("Utkast")
    PUBLISHED = "PUBLISHED", _("I bruk")
    CHANGED = "CHANGED", _("Endret etter at de ble tatt i bruk")


class DayLists(models.Model):
    """A team's work lists (arbeidslister) for one part of one day, from draft to in use.

    `edition` grows with every change, so that two allocators are told of each other.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="day_lists")
    on = models.DateField()
    shift_kind = models.CharField(max_length=10, choices=ShiftKind.choices)
    state = models.CharField(max_length=10, choices=ListState.choices, default=ListState.DRAFT)
    edition = models.PositiveIntegerField(default=0)
    changed_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    published_edition = models.PositiveIntegerField(null=True, help_text="What was taken into use")
    published_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "on", "shift_kind"], name="planning_lists_once_per_shift"),
        ]

    def __str__(self) -> str:
        return f"lists:{self.pk}"


class Assignment(models.Model):
    """One helper on one visit in the lists (utkast or in use). A visit for two has two rows with the same start."""

    lists = models.ForeignKey(DayLists, on_delete=models.CASCADE, related_name="assignments")
    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="assignments")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="assignments")
    starts_at = models.DateTimeField()
    is_locked = models.BooleanField(default=False, help_text="Stays with this helper at this time when planning again")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["visit", "employee"], name="planning_assignment_once"),
        ]
        indexes = [models.Index(fields=["lists", "employee", "starts_at"], name="planning_assignment_lane")]

    def __str__(self) -> str:
        return f"assignment:{self.pk}"


class ListChange(models.Model):
    """One step in the work with the lists, with what it takes to undo it. The last one not undone can be undone."""

    lists = models.ForeignKey(DayLists, on_delete=models.CASCADE, related_name="changes")
    edition = models.PositiveIntegerField()
    by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    what = models.CharField(max_length=200, help_text="A code of what was done; words are made when shown")
    before = models.JSONField(help_text="Rows as they were: [[visit, employee, start, locked], …]")
    after = models.JSONField(help_text="Rows as they became")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["lists", "-edition"], name="planning_change_newest")]

    def __str__(self) -> str:
        return f"change:{self.pk}"


class ProposalState(models.TextChoices):
    """What people did with a proposal."""

    ASKED = "ASKED", _("Regnes på")
    READY = "READY", _("Klart")
    SETTLED = "SETTLED", _("Avgjort")
    OUTDATED = "OUTDATED", _("Utdatert")


class WeeksProposal(models.Model):
    """What the engine proposes for several days at once (forslag for flere dager): a proposal for each part of a day.

    The days are [first_on, after_on). SETTLED when nothing could be proposed; the rest is in its proposals.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="weeks_proposals")
    first_on = models.DateField()
    after_on = models.DateField()
    job = models.OneToOneField(Job, null=True, on_delete=models.PROTECT, related_name="weeks_proposal")
    state = models.CharField(max_length=10, choices=ProposalState.choices, default=ProposalState.ASKED)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    preset = models.CharField(max_length=20, default="KNOWN_FACES", help_text="What counts most: rules.presets")
    summary = models.JSONField(
        default=dict, help_text="Different helpers by window and citizen id, days left out, seconds: rules.weeks"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="planning_weeks_days_in_order", condition=models.Q(after_on__gt=models.F("first_on"))
            )
        ]
        indexes = [models.Index(fields=["unit", "-id"], name="planning_weeks_newest")]

    def __str__(self) -> str:
        return f"weeks:{self.pk}"


class Proposal(models.Model):
    """What the engine proposes for some lists: made by a job, decided by people change by change."""

    lists = models.ForeignKey(DayLists, on_delete=models.CASCADE, related_name="proposals")
    weeks = models.ForeignKey(WeeksProposal, null=True, on_delete=models.PROTECT, related_name="proposals")
    job = models.OneToOneField(Job, null=True, on_delete=models.PROTECT, related_name="proposal")
    state = models.CharField(max_length=10, choices=ProposalState.choices, default=ProposalState.ASKED)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    based_on_edition = models.PositiveIntegerField()
    keep_present = models.BooleanField(default=False, help_text="True: change as little as possible")
    preset = models.CharField(max_length=20, default="KNOWN_FACES", help_text="What counts most: rules.presets")
    seconds = models.FloatField(null=True)
    summary = models.JSONField(default=dict, help_text="Numbers of the day before and after")
    uncovered = models.JSONField(default=list)
    problem = models.JSONField(default=dict, help_text="What the engine was asked, without names")
    result = models.JSONField(default=dict, help_text="What it answered: rows, how long it searched, why it ended")

    class Meta:
        indexes = [models.Index(fields=["lists", "-id"], name="planning_proposal_newest")]

    def __str__(self) -> str:
        return f"proposal:{self.pk}"


class ProposedChange(models.Model):
    """One change of a proposal that can be accepted or refused on its own; linked ones (two helpers) go together."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="changes")
    rank = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, help_text="a rules.grouping.ChangeKind")
    rows = models.JSONField(help_text="Rows as they would become: [[visit, employee, start, locked], …]")
    before = models.JSONField(default=list, help_text="Rows as they were when it was proposed")
    visits = models.JSONField(default=list)
    reasons = models.JSONField(default=dict, help_text="Codes and numbers; words are made when shown")
    accepted = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "rank"], name="planning_proposed_change_rank_once"),
        ]

    def __str__(self) -> str:
        return f"proposed:{self.pk}"


class RoadTimes(models.Model):
    """What a routing server has said about the ways from one place, so that it is asked once.

    Places are keyed hashes of coordinates and the server is a hash of its address: no row says whose home it is.
    """

    source = models.CharField(max_length=16, help_text="Which server and profile answered")
    origin = models.CharField(max_length=16)
    seconds = models.JSONField(default=dict, help_text="Destination → whole seconds; null: no road")
    asked_at = models.DateTimeField(help_text="When the oldest of them was answered")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "origin"], name="planning_road_times_once"),
        ]
        indexes = [models.Index(fields=["asked_at"], name="planning_road_times_age")]

    def __str__(self) -> str:
        return f"roads:{self.pk}"


class DayStrength(models.Model):
    """What a day's lists can take (hva dagen tåler): who can be away, what then breaks. One row per lists, the newest.

    While a new answer is reckoned the old one stays, with the edition it is about.
    """

    lists = models.OneToOneField(DayLists, on_delete=models.CASCADE, related_name="strength")
    job = models.OneToOneField(Job, null=True, on_delete=models.PROTECT, related_name="day_strength")
    asked_at = models.DateTimeField()
    edition = models.PositiveIntegerField(null=True, help_text="What the answer is about; empty while there is none")
    made_at = models.DateTimeField(null=True)
    answer = models.JSONField(default=dict, help_text="Ids, codes and numbers: adapter.strength")

    def __str__(self) -> str:
        return f"strength:{self.pk}"


class WhatCounts(models.Model):
    """What a team has said that proposals are to weigh (hva som teller). Without a row the usual weights hold."""

    unit = models.OneToOneField(Unit, on_delete=models.PROTECT, related_name="what_counts")
    steps = models.JSONField(help_text="rules.counting.Thing → rules.counting.Step")
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"counts:{self.pk}"


class WhatIf(models.Model):
    """A question «hva om …?» about one part of one day, and what was reckoned. Thinking only: no list follows from it.

    Kept with the day, so that those who made the question can find the answer again. Ids, codes and numbers, no names.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="what_ifs")
    other = models.ForeignKey(
        Unit, null=True, on_delete=models.PROTECT, related_name="+", help_text="The neighbour team it is about too"
    )
    on = models.DateField()
    shift_kind = models.CharField(max_length=10, choices=ShiftKind.choices)
    question = models.JSONField(help_text="rules.whatif.Question")
    job = models.OneToOneField(Job, null=True, on_delete=models.PROTECT, related_name="what_if")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(null=True)
    answer = models.JSONField(default=dict, help_text="Ids, codes and numbers: adapter.whatif; empty at first")

    class Meta:
        indexes = [models.Index(fields=["unit", "on", "shift_kind", "-id"], name="planning_what_if_newest")]

    def __str__(self) -> str:
        return f"whatif:{self.pk}"


class Notice(models.Model):
    """Something on a published list changed for one employee; gone from her page when she has seen it.

    READY is about the whole list and has no visit.
    """

    lists = models.ForeignKey(DayLists, on_delete=models.CASCADE, related_name="notices")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="list_notices")
    visit = models.ForeignKey(Visit, null=True, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=20, help_text="READY, NEW, GONE, MOVED, OTHERS, CANCELLED: rules.changes")
    was_at = models.DateTimeField(null=True)
    becomes_at = models.DateTimeField(null=True)
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["employee", "seen_at"], name="planning_notice_employee")]

    def __str__(self) -> str:
        return f"notice:{self.pk}"
