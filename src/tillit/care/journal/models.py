"""Stored: every signed entry of the health journal, who countersigned, what was asked, decided and removed.

`Entry` is the index: the words stand where they were written (a visit's report, a change, a note), and are locked by
triggers from the moment an entry points at them (`locking.py`).
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.care.citizens.models import Citizen
from tillit.foundation.workforce.models import Employee, Profession


class EntryKind(models.TextChoices):
    """What kind of entry: which table its words stand in."""

    REPORT = "REPORT", _("Besøk")
    CHANGE = "CHANGE", _("Noe har endret seg")
    ANSWER = "ANSWER", _("Oppfølging")
    NOTE = "NOTE", _("Notat")
    TALK = "TALK", _("Samtale")
    MATTERS = "MATTERS", _("Hva er viktig")
    NOTICE = "NOTICE", _("Beskjed")
    REPLY = "REPLY", _("Svar på beskjed")
    EVALUATION = "EVALUATION", _("Evaluering")
    MEASURE = "MEASURE", _("Måling")
    COURSE = "COURSE", _("Hverdagsrehabilitering")
    OBSERVED = "OBSERVED", _("Observasjon")
    WATCH_END = "WATCH_END", _("Ikke som vanlig: avsluttet")
    USUAL = "USUAL", _("Som vanlig")
    PHOTO = "PHOTO", _("Bilde")
    THERAPY = "THERAPY", _("Ergo- eller fysioterapi")


class Entry(models.Model):
    """One signed entry (journalinnføring). Only added to; a merged registration's entries follow her.

    row_id: the row of the kind's own table. corrects: what this corrects, or takes back; root: where that chain began,
    empty in the first. What concerns another person stands in the whole chain. happened_at may be long before
    signed_at: both are shown. author_*: what she was when she signed; empty role and profession: not known.
    """

    kind = models.CharField(max_length=10, choices=EntryKind.choices)
    row_id = models.BigIntegerField()
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="journal", db_index=False)
    author = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    author_name = models.CharField(max_length=200)
    author_role = models.CharField(max_length=30, blank=True)
    author_profession = models.CharField(max_length=30, choices=Profession.choices, blank=True)
    happened_at = models.DateTimeField()
    signed_at = models.DateTimeField()
    has_words = models.BooleanField(default=True, help_text="False: of a visit nothing more was said than how it went")
    corrects = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="corrections")
    root = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="thread")
    takes_back = models.BooleanField(default=False)
    why = models.CharField(max_length=200, blank=True, help_text="Why it was corrected")
    wants_countersign = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "row_id"], name="journal_entry_once")]
        indexes = [
            models.Index(fields=["citizen", "-signed_at"], name="journal_entry_newest"),
            models.Index(
                fields=["citizen"], condition=models.Q(wants_countersign=True), name="journal_entry_countersign"
            ),
        ]

    def __str__(self) -> str:
        return f"entry:{self.pk}"


class PegKind(models.TextChoices):
    """What in the plan an entry hangs on; as `rules.pegs.PegKind`."""

    GOAL = "GOAL", _("Mål")
    INTERVENTION = "INTERVENTION", _("Tiltak")


class EntryPeg(models.Model):
    """What in the plan an entry hangs on (knagg). Written with the entry and only then; locked from then.

    line: the same goal or intervention through versions of the plan. words: what it was called when it was signed;
    emptied when the entry is removed.
    """

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="pegs")
    kind = models.CharField(max_length=20, choices=PegKind.choices)
    line = models.BigIntegerField()
    words = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "kind", "line"], name="journal_peg_once")]
        indexes = [models.Index(fields=["line", "kind"], name="journal_peg_line")]

    def __str__(self) -> str:
        return f"peg:{self.pk}"


class Countersign(models.Model):
    """Somebody put her name beside the author's (medsignering). Only added to."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="countersign")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=30, blank=True)
    profession = models.CharField(max_length=30, choices=Profession.choices, blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"countersign:{self.pk}"


class Note(models.Model):
    """A note of its own (notat): not of a visit. A draft until an entry points at it; then it is locked.

    placed_at: written in another's journal by mistake, and moved here then.
    """

    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="journal_notes")
    author = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    happened_at = models.DateTimeField()
    text = models.TextField()
    written_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    placed_at = models.DateTimeField(null=True)
    press_key = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["citizen", "press_key"], condition=~models.Q(press_key=""), name="journal_note_pressed_once"
            )
        ]
        indexes = [models.Index(fields=["author", "saved_at"], name="journal_note_author")]

    def __str__(self) -> str:
        return f"note:{self.pk}"


class Request(models.Model):
    """Something is asked to be corrected or removed (krav om retting eller sletting), and what was decided.

    from_citizen: the citizen, or who speaks for her, demands it; else the staff found it. words: what was said.
    right_citizen: whose journal it belongs in, when it was written in the wrong one.
    """

    class Kind(models.TextChoices):
        """As `rules.requests.RequestKind`."""

        WRONG_PERSON = "WRONG_PERSON", _("Ført på feil person")
        DELETE = "DELETE", _("Sletting")
        CORRECT = "CORRECT", _("Retting")

    class State(models.TextChoices):
        """Where it stands."""

        OPEN = "OPEN", _("Venter på svar")
        AGREED = "AGREED", _("Godtatt")
        REFUSED = "REFUSED", _("Avslått")
        WITHDRAWN = "WITHDRAWN", _("Trukket")

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="requests")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    from_citizen = models.BooleanField(default=False)
    words = models.TextField()
    right_citizen = models.ForeignKey(Citizen, null=True, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    asked_by_name = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    conditions = models.JSONField(default=list, help_text="What the one who decided found to be met")
    reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    decided_by_name = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True)
    placed = models.ForeignKey(Note, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entry"], condition=models.Q(state="OPEN"), name="journal_request_one_open"
            ),
            models.CheckConstraint(
                name="journal_request_decided_when_answered",
                condition=models.Q(state__in=["OPEN", "WITHDRAWN"]) | models.Q(decided_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["state", "asked_at"], name="journal_request_state")]

    def __str__(self) -> str:
        return f"request:{self.pk}"


class Removal(models.Model):
    """The trace without content (spor) of an entry that was removed: who, when, on what ground. Only added to."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="removal")
    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="removals")
    ground = models.CharField(max_length=20, choices=Request.Kind.choices)
    by_name = models.CharField(max_length=200)
    by_role = models.CharField(max_length=30, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="journal_removal_ground_known", condition=models.Q(ground__in=["DELETE", "WRONG_PERSON"])
            )
        ]

    def __str__(self) -> str:
        return f"removal:{self.pk}"


class SigningTerms(models.Model):
    """The municipality's rules for signing, from a day until newer ones. Without any nothing waits for anybody."""

    valid_from = models.DateField(unique=True)
    countersign_for = models.JSONField(default=list, help_text="Professions whose words wait for countersigning")
    decided_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"signing-terms:{self.pk}"
