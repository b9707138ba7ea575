"""Stored: marks of the keys this database was written with; how long data is kept, and what was deleted."""

from django.db import models

from tillit.foundation.access.models import User


class KeyKind(models.TextChoices):
    """What a key is for: sealing what must be read again, or knowing it again without reading it."""

    SEAL = "seal", "seal"
    INDEX = "index", "index"


class KeyMark(models.Model):
    """That a key has been in use here (nøkkelmerke). `mark` is a keyed hash of nothing secret: it proves the key."""

    kind = models.CharField(max_length=5, choices=KeyKind.choices)
    key_id = models.CharField(max_length=16)
    mark = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key_id"], name="keeping_key_once")]

    def __str__(self) -> str:
        return f"key:{self.kind}:{self.key_id}"


class RetentionRule(models.Model):
    """How long a kind of data is kept (oppbevaringsregel), from a day on. The newest one that has begun holds."""

    kind = models.CharField(max_length=20, help_text="A code of retention.Kind")
    valid_from = models.DateField()
    length = models.PositiveIntegerField(help_text="In the kind's own unit: days or years")
    basis = models.CharField(max_length=300, help_text="The law, rule or decision behind it")
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "valid_from"], name="keeping_rule_once_a_day"),
            models.CheckConstraint(name="keeping_rule_length_sane", condition=models.Q(length__gte=1)),
        ]

    def __str__(self) -> str:
        return f"retention-rule:{self.pk}"


class Hold(models.Model):
    """Nothing of this is deleted until somebody lifts it (sperre mot sletting): a case in court, a supervision.

    Of a whole kind of data, or of all about one citizen.
    """

    kind = models.CharField(max_length=20, blank=True, help_text="A code of retention.Kind; empty: one citizen's")
    citizen_id = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=300)
    placed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    placed_at = models.DateTimeField()
    lifted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="keeping_hold_of_a_kind_or_a_citizen",
                condition=models.Q(kind="", citizen_id__isnull=False)
                | (~models.Q(kind="") & models.Q(citizen_id__isnull=True)),
            ),
            models.UniqueConstraint(
                fields=["kind"], condition=models.Q(lifted_at__isnull=True) & ~models.Q(kind=""),
                name="keeping_hold_one_open_of_a_kind",
            ),
            models.UniqueConstraint(
                fields=["citizen_id"], condition=models.Q(lifted_at__isnull=True, citizen_id__isnull=False),
                name="keeping_hold_one_open_of_a_citizen",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"hold:{self.pk}"


class HandedOver(models.Model):
    """All about one citizen was handed over to the archive (avlevert til depot): else nothing of hers is deleted."""

    citizen_id = models.BigIntegerField(unique=True)
    reference = models.CharField(
        max_length=100, help_text="The archive's own receipt. Never a name or a number of hers"
    )
    handed_over_on = models.DateField()
    written_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"handed-over:{self.pk}"


class Removal(models.Model):
    """That something was deleted because its time was over (sletting): kind, how many, by which rule. Only added to.

    Tables that only grow let a citizen's rows go when a removal of her stands here first (access.append_only).
    """

    at = models.DateTimeField()
    kind = models.CharField(max_length=20)
    citizen_id = models.BigIntegerField(null=True, db_index=True)
    counts = models.JSONField(default=dict, help_text="Table → rows")
    length = models.PositiveIntegerField()
    rule_from = models.DateField(null=True, help_text="The rule's first day; empty: the one shipped with the product")
    basis = models.CharField(max_length=300)

    class Meta:
        indexes = [models.Index(fields=["kind", "at"], name="keeping_removal_kind")]

    def __str__(self) -> str:
        return f"removal:{self.pk}"
