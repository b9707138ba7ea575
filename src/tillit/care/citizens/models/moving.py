"""Moving: to the municipality, and inside it to where another team has the area."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.care.citizens.models.citizen import Citizen
from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce.models import Employee


class MoveKind(models.TextChoices):
    """From where."""

    IN = "IN", _("Flytter hit")
    WITHIN = "WITHIN", _("Flytter i kommunen")


class Move(models.Model):
    """A citizen moves (flytting), so that others must do something (R04, R07). Her newest one counts.

    IN: to the municipality; the table says who receives her, and the case is told of at the same moment. WITHIN: to
    where the table of another team gives her to `to_unit`. That one waits until `from_unit` no longer has her, or
    somebody has said that she stays, or she moved again (`kept_at`).
    """

    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="moves")
    kind = models.CharField(max_length=10, choices=MoveKind.choices)
    moves_on = models.DateField(help_text="The first day at the new address")
    help_before = models.CharField(max_length=300, blank=True, help_text="IN: the help she had, and from whom")
    from_unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    to_unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    told_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField()
    kept_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    kept_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="citizens_move_between_two_units",
                condition=models.Q(kind="IN", from_unit__isnull=True, to_unit__isnull=True)
                | models.Q(kind="WITHIN", from_unit__isnull=False, to_unit__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["from_unit", "kept_at"], name="citizens_move_from"),
            models.Index(fields=["citizen", "told_at"], name="citizens_move_told"),
        ]

    def __str__(self) -> str:
        return f"move:{self.pk}"
