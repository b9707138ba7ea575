"""What is counted: kinds and days, nobody's name."""

from datetime import date, datetime, time, timedelta

from tillit.foundation.access.actor import Actor
from tillit.foundation.organisation.queries import get_unit
from tillit.kernel import oslo
from tillit.teamwork.deviations.models import Deviation, DeviationState
from tillit.teamwork.deviations.rules.counting import Told

#: So far back the table goes, in days: two years.
REACH = 731


def told_since(*, actor: Actor, unit_id: int, on: date) -> tuple[list[Told], list[tuple[str, datetime]]]:
    """Return what a unit the actor reaches, and those below it, told; and what was learned, the newest first.

    Two queries besides that for the unit. Raises NotFound.
    """
    unit = get_unit(actor=actor, unit_id=unit_id)
    rows = Deviation.objects.filter(
        unit__path__startswith=unit.path, reported_at__gte=oslo.moment(on - timedelta(days=REACH), time(0))
    ).exclude(state=DeviationState.WITHDRAWN)
    told = [Told(kind, oslo.day_of(at)) for kind, at in rows.values_list("kind", "reported_at")]
    learned = rows.exclude(learned="").filter(answered_at__isnull=False).order_by("-answered_at", "-pk")
    newest = learned.values_list("learned", "answered_at")[:10]
    return told, [(words, at) for words, at in newest if at is not None]
