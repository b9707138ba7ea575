"""Who a citizen is: names, numbers, what was corrected, and when the help ended."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.foundation.keeping.fields import BlindIndexField, SealedField, SealedManager
from tillit.foundation.workforce.models import Employee
from tillit.kernel.national_id import IdKind


class Citizen(models.Model):
    """Somebody who applies for or receives services (bruker). Not a patient: many never get health care."""

    given_name = models.CharField(max_length=100)
    family_name = models.CharField(max_length=100)
    call_name = models.CharField(max_length=100, blank=True, help_text="What she wants to be called")
    search_name = models.CharField(
        max_length=400, db_index=True, help_text="Lower case, with address: see kernel.names"
    )
    sort_name = models.CharField(max_length=220, db_index=True)
    born_on = models.DateField(null=True)
    died_on = models.DateField(null=True)
    phone = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=40, blank=True, help_text="Other than Norwegian")
    needs_interpreter = models.BooleanField(default=False)
    lives_alone = models.BooleanField(null=True)
    is_secret_address = models.BooleanField(default=False)
    import_key = models.CharField(max_length=60, unique=True, null=True, help_text="The record system's own id")
    edition = models.PositiveIntegerField(default=1, help_text="Grows with every correction: two writers are told")
    merged_into = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="merged_from", help_text="The same person, kept there"
    )
    merged_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    merged_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="citizens_citizen_merged_into_another",
                condition=models.Q(merged_into__isnull=True)
                | (~models.Q(merged_into=models.F("id")) & models.Q(merged_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="citizens_citizen_died_after_birth",
                condition=models.Q(died_on__isnull=True)
                | models.Q(born_on__isnull=True)
                | models.Q(died_on__gte=models.F("born_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"citizen:{self.pk}"

    @property
    def name(self) -> str:
        """Given and family name."""
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def first_name(self) -> str:
        """What she wants to be called, else her given name, whole: Per Inge is not Per."""
        return self.call_name or self.given_name


class Identifier(models.Model):
    """A number that identifies a citizen, from a day to a day. An unknown person has one of kind UNKNOWN, no value.

    The number is sealed at rest, and found again by its index (`foundation/keeping/fields.py`).
    """

    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="identifiers")
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in IdKind])
    value = SealedField(purpose="national-id", index="value_index", blank=True)
    value_index = BlindIndexField(of="value")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    objects = SealedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["value_index"],
                condition=models.Q(valid_to__isnull=True) & ~models.Q(value_index=""),
                name="citizens_identifier_in_use_once",
            ),
            models.CheckConstraint(
                name="citizens_identifier_value_unless_unknown",
                condition=(models.Q(kind="UNKNOWN") & models.Q(value_index=""))
                | (~models.Q(kind="UNKNOWN") & ~models.Q(value_index="")),
            ),
        ]

    def __str__(self) -> str:
        return f"identifier:{self.pk}"


class CorrectedField(models.TextChoices):
    """A fact about a citizen that can be corrected. The newest stands on the citizen, what it was stands here."""

    GIVEN_NAME = "GIVEN_NAME", _("Fornavn")
    FAMILY_NAME = "FAMILY_NAME", _("Etternavn")
    CALL_NAME = "CALL_NAME", _("Vil bli kalt")
    BORN_ON = "BORN_ON", _("Fødselsdato")
    PHONE = "PHONE", _("Telefon")
    LANGUAGE = "LANGUAGE", _("Språk")
    NEEDS_INTERPRETER = "NEEDS_INTERPRETER", _("Trenger tolk")
    LIVES_ALONE = "LIVES_ALONE", _("Bor alene")
    NUMBER = "NUMBER", _("Fødselsnummer eller D-nummer")
    DIED_ON = "DIED_ON", _("Dødsdato")


class CorrectionReason(models.TextChoices):
    """Why a fact was corrected, in a short word."""

    MISTAKE = "MISTAKE", _("Var skrevet feil")
    CHANGED = "CHANGED", _("Har endret seg")
    KNOWN = "KNOWN", _("Identiteten ble kjent")
    FILE = "FILE", _("Lest inn fra regneark")


#: What people choose among; that something came with a file says itself.
REASONS_PEOPLE_GIVE = (CorrectionReason.MISTAKE, CorrectionReason.CHANGED, CorrectionReason.KNOWN)


class Correction(models.Model):
    """What a fact was before it was corrected. Only added to.

    `was`: as text, days as 1940-01-31, yes and no as true and false; empty: nothing stood there. For NUMBER it is
    empty, and `identifier` is the number that no longer holds.
    """

    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="corrections")
    field = models.CharField(max_length=20, choices=CorrectedField.choices)
    was = models.CharField(max_length=200, blank=True)
    identifier = models.ForeignKey(Identifier, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=10, choices=CorrectionReason.choices)
    edition = models.PositiveIntegerField(help_text="The edition of the citizen that this made")
    corrected_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    corrected_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["citizen", "edition", "field"], name="citizens_correction_field_once_an_edition"
            ),
            models.CheckConstraint(
                name="citizens_correction_number_stands_on_its_own_row",
                condition=models.Q(identifier__isnull=True) | (models.Q(field="NUMBER") & models.Q(was="")),
            ),
        ]

    def __str__(self) -> str:
        return f"correction:{self.pk}"


class EndKind(models.TextChoices):
    """Why all help ended."""

    DEATH = "DEATH", _("Død")
    ENDED = "ENDED", _("Hjelpen er avsluttet")
    MOVED = "MOVED", _("Flyttet til en annen kommune")


class EndOfHelp(models.Model):
    """All help to a citizen ends. In force until it is taken back: by mistake, or because she has help again.

    Somebody whose help had ended may die: then both hold. `ends_on`: the first day without help; after a death, the
    day she died. `followings`: ids of those that ended.
    """

    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="ends_of_help")
    kind = models.CharField(max_length=10, choices=EndKind.choices)
    ends_on = models.DateField()
    followings = models.JSONField(default=list)
    ended_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField()
    taken_back_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["citizen", "kind"],
                condition=models.Q(taken_back_at__isnull=True),
                name="citizens_end_of_help_once_in_force",
            ),
        ]

    def __str__(self) -> str:
        return f"end:{self.pk}"


class Merge(models.Model):
    """Two registrations were taken for one person. `moved` says what hung where before, so that it can be undone.

    moved: part (such as "homes") → [row id, {field: [was, became]}, mark of the rest]. units: ids of those that
    followed the wrong one. outcome, once undone: part → {what became of its rows: how many}. Never deleted; merges
    from before this was kept have no row.
    """

    wrong = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="merges_from_here")
    right = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="merges_to_here")
    units = models.JSONField(default=list)
    moved = models.JSONField(default=dict)
    merged_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    merged_at = models.DateTimeField()
    outcome = models.JSONField(default=dict)
    undone_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["wrong"], condition=models.Q(undone_at__isnull=True), name="citizens_merge_one_in_force"
            ),
            models.CheckConstraint(name="citizens_merge_of_two", condition=~models.Q(wrong=models.F("right"))),
        ]

    def __str__(self) -> str:
        return f"merge:{self.pk}"
