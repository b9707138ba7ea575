"""Bring in figures that Tillit does not count: all or nothing, kept as revisions that say whence they are."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor
from tillit.foundation.organisation.models import Unit, UnitKind
from tillit.foundation.organisation.queries import scope_of
from tillit.kernel import oslo
from tillit.kernel.errors import ActionRefused
from tillit.learning.insight.actions.counting import sum_up
from tillit.learning.insight.models import BroughtIn, Figure
from tillit.learning.insight.permissions import BRING_IN
from tillit.learning.insight.queries.brought import look, unit_to_bring_for
from tillit.learning.insight.queries.definitions import by_code

#: Letters in which it is said where the figures are from.
SHORTEST, LONGEST = 5, 200


class FaultsInSheet(ActionRefused):
    """Something is wrong with a line: nothing is brought in."""


@transaction.atomic
def bring_in(*, actor: Actor, unit_id: int, text: str, source: str, at: datetime) -> BroughtIn:
    """Store the figures of a pasted sheet for a unit and those below it; an earlier one that differs is corrected.

    source: where they are from, in words that stand beside them. The same sheet again is refused: it would change
    nothing. A correction is the next revision; what it corrects stays. Of what is always brought in, the sums of
    those above are made at once. Raises NotFound, NotAllowed, FaultsInSheet, ActionRefused.
    """
    list(Unit.objects.select_for_update(no_key=True).filter(kind=UnitKind.MUNICIPALITY).values_list("pk"))
    unit = unit_to_bring_for(actor=actor, unit_id=unit_id)
    words = " ".join(source.split())
    if not SHORTEST <= len(words) <= LONGEST:
        raise ActionRefused(_("Skriv hvor tallene er hentet fra, med fra 5 til 200 tegn."))
    found = look(actor=actor, unit=unit, text=text, today=oslo.day_of(at))
    if found.sheet.faults:
        raise FaultsInSheet(_("Noe er feil i linjene. Ingenting er hentet inn."))
    rows = (*found.new, *found.corrected)
    if not rows:
        raise ActionRefused(_("Alt dette er hentet inn før."))
    made = BroughtIn.objects.create(
        unit=unit, source=words, lines=len(rows), brought_by_id=actor.employee_id, brought_at=at
    )
    known = by_code()
    old = [found.stands[row.key].pk for row in rows if row.key in found.stands]
    Figure.objects.filter(pk__in=old).update(replaced_at=at)
    Figure.objects.bulk_create(
        (
            Figure(
                indicator=row.code, version=known[row.code].version, unit_id=row.unit_id,
                step=known[row.code].step.value, starts_on=row.starts_on, value=row.value, n=row.n,
                numerator=row.numerator, denominator=row.denominator, imported=True, brought_in=made,
                revision=found.stands[row.key].revision + 1 if row.key in found.stands else 1, counted_at=at,
            )
            for row in rows
        ),
        batch_size=500,
    )  # fmt: skip
    summed = {row.code: known[row.code] for row in rows if known[row.code].brought}
    if summed:
        sum_up(summed, {row.starts_on for row in rows if row.code in summed}, at=at)
    audit.record(
        actor, BRING_IN, str(made), scope_of(unit), at=at,
        change={"figures": len(rows), "corrected": len(found.corrected)},
    )  # fmt: skip
    return made
