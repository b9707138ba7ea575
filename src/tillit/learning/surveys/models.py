"""Stored: own instruments, campaigns, whom they ask, the urns while open, and then answers nobody can trace."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.foundation.keeping.fields import SealedBytesField, SealedField, SealedJsonField
from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce.models import Employee
from tillit.learning.surveys.rules.themes import MOST_PEOPLE
from tillit.learning.surveys.rules.wording import Verdict, Why


class Way(models.TextChoices):
    """How one gets in. One way in each campaign, so that nobody can answer by two."""

    APP = "APP", _("I Tillit, på telefon eller PC")
    CARDS = "CARDS", _("Med kort fra en bolle, uten innlogging")


class OwnInstrument(models.Model):
    """Questions made in the municipality (eget spørreskjema): a row for each version. unit: for whose teams.

    asked: as `rules.building.plain` writes it, words and all. in_use_at: from then on it can be asked, and nothing in
    the row is ever changed (`locking`); fingerprint: set at the same moment.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=40, help_text="The same in every version")
    version = models.PositiveIntegerField(default=1)
    asked = models.JSONField()
    made_at = models.DateTimeField()
    in_use_at = models.DateTimeField(null=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="surveys_own_version_once"),
            models.CheckConstraint(
                name="surveys_own_in_use_has_fingerprint",
                condition=models.Q(in_use_at__isnull=True, fingerprint="")
                | (models.Q(in_use_at__isnull=False) & ~models.Q(fingerprint="")),
            ),
        ]

    def __str__(self) -> str:
        return f"own-instrument:{self.pk}"


class Series(models.Model):
    """Waves in which the same people can be known again by codes they make themselves (rekke).

    key: what marks are made of; deleted when it ends, with all that waits. After that nobody can make a mark again.
    """

    key = SealedField(purpose="survey-pairing-key", blank=True)
    ended_at = models.DateTimeField(null=True)
    edition = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"series:{self.pk}"


class Campaign(models.Model):
    """One wave of one instrument (undersøkelse). unit: who asks. fingerprint: of the instrument as it was asked.

    key: what ballots' codes are made of; deleted when the urns are opened. reminders: days on which all were reminded
    alike. closed_at: when the urns were opened; until then there are no answers anywhere but in them.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    instrument = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    fingerprint = models.CharField(max_length=64)
    way = models.CharField(max_length=5, choices=Way.choices, default=Way.APP)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    key = SealedField(purpose="survey-key", blank=True)
    reminders = models.JSONField(default=list, help_text="Days as 2026-11-23, at most two")
    series = models.ForeignKey(Series, null=True, on_delete=models.PROTECT, related_name="campaigns")
    asked_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="surveys_campaign_closes_after_it_opens", condition=models.Q(closes_at__gt=models.F("opens_at"))
            ),
            models.CheckConstraint(name="surveys_campaign_way_known", condition=models.Q(way__in=Way.values)),
        ]
        indexes = [models.Index(fields=["closed_at", "closes_at"], name="surveys_campaign_open")]

    def __str__(self) -> str:
        return f"campaign:{self.pk}"


class Group(models.Model):
    """A unit that is asked (gruppe). invited, answered: set when the urns are opened.

    answered is empty for a group with fewer than five: its answers lie in `joined_to`, a group made in a unit above
    (is_joint), or nowhere.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="groups")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    is_joint = models.BooleanField(default=False)
    invited = models.PositiveIntegerField(null=True)
    answered = models.PositiveIntegerField(null=True)
    joined_to = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="joined")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "unit", "is_joint"], name="surveys_group_once"),
            models.CheckConstraint(
                name="surveys_group_never_kept_under_five",
                condition=models.Q(answered__isnull=True) | models.Q(answered__gte=5),
            ),
        ]

    def __str__(self) -> str:
        return f"group:{self.pk}"


class Urn(models.Model):
    """The answers of one group while it is open (urne): one sealed lump, written anew for each. No time, no order."""

    group = models.OneToOneField(Group, on_delete=models.CASCADE, related_name="urn")
    content = SealedBytesField(purpose="survey-urn")
    ballots = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"urn:{self.pk}"


class Answer(models.Model):
    """What one answered, nobody knows who (svar). Stored when the urns are opened, in random order, with a random id.

    group: as it is shown, never fewer than five. given: answers by the question's code.
    """

    id = models.BigIntegerField(primary_key=True, editable=False)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="answers")
    given = SealedJsonField(purpose="survey-answer", default=dict)

    def __str__(self) -> str:
        return f"answer:{self.pk}"


class Screening(models.Model):
    """Who reads what people wrote, before their teams see it (gjennomlesing). One for each campaign that asks so.

    screener: somebody outside the teams; empty until one is named. opened_on: the last day she opened it, in Oslo.
    finished_at: from then on what was covered or held back is nowhere, and the teams see the rest.
    """

    campaign = models.OneToOneField(Campaign, on_delete=models.CASCADE, related_name="screening")
    screener = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    named_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField(null=True)
    opened_on = models.DateField(null=True)
    finished_at = models.DateTimeField(null=True)
    edition = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"screening:{self.pk}"


class Words(models.Model):
    """What somebody wrote to one question, apart from all else she answered (ord). A random id, in random order.

    words: as written until the screening is finished; then as let through, empty when held back. places: of the words
    to cover, counted from 0; empty when it is finished. No time: nothing says when it was written or read.
    """

    id = models.BigIntegerField(primary_key=True, editable=False)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="words")
    question = models.CharField(max_length=40)
    words = SealedField(purpose="survey-words", blank=True)
    verdict = models.CharField(max_length=7, blank=True, choices=[(one.value, one.name) for one in Verdict])
    why = models.CharField(max_length=6, blank=True, choices=[(one.value, one.name) for one in Why])
    places = models.JSONField(default=list, blank=True)
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="surveys_words_held_back_with_a_reason",
                condition=(models.Q(verdict="HELD") & ~models.Q(why=""))
                | (~models.Q(verdict="HELD") & models.Q(why="")),
            ),
        ]

    def __str__(self) -> str:
        return f"words:{self.pk}"


class Gathering(models.Model):
    """People of a unit who talked about something together (samling, fokusgruppe). How many, never who.

    held_by: who led it and writes it down; she alone sees it when `people` is under five.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    campaign = models.ForeignKey(Campaign, null=True, on_delete=models.SET_NULL, related_name="gatherings")
    held_on = models.DateField()
    people = models.PositiveSmallIntegerField()
    held_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="surveys_gathering_of_somebody", condition=models.Q(people__gte=1, people__lte=MOST_PEOPLE)
            ),
        ]

    def __str__(self) -> str:
        return f"gathering:{self.pk}"


class Statement(models.Model):
    """One thing that was said, with what it was about (utsagn). Corrections add: the newest in a line is shown.

    themes: in own words. is_taken_back: a correction that says nothing, for what should not have been written.
    """

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="statements")
    words = SealedField(purpose="survey-statement", blank=True)
    themes = models.JSONField(default=list)
    corrects = models.OneToOneField("self", null=True, on_delete=models.CASCADE, related_name="corrected_by")
    is_taken_back = models.BooleanField(default=False)
    written_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"statement:{self.pk}"


class Waiting(models.Model):
    """Marks and scores of one group's last wave, until the next wave is closed or the series ends: one sealed lump."""

    group = models.OneToOneField(Group, on_delete=models.CASCADE, related_name="waiting")
    content = SealedBytesField(purpose="survey-pairs")

    def __str__(self) -> str:
        return f"waiting:{self.pk}"


class PairedChange(models.Model):
    """What changed for those in both waves, of one part: a sum of five pairs or more (paret endring)."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="paired")
    code = models.CharField(max_length=40)
    pairs = models.PositiveIntegerField()
    difference = models.FloatField()
    low = models.FloatField()
    high = models.FloatField()
    dz = models.FloatField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "code"], name="surveys_paired_once"),
            models.CheckConstraint(name="surveys_paired_never_under_five", condition=models.Q(pairs__gte=5)),
        ]

    def __str__(self) -> str:
        return f"paired:{self.pk}"


class NextStep(models.Model):
    """What a team does with what it learned (hva vi gjør videre): written by somebody in the team, for all to see."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="next_steps")
    words = models.CharField(max_length=500)
    look_again_on = models.DateField(null=True)
    written_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"next-step:{self.pk}"
