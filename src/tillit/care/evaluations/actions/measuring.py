"""Write down the numbers of a scale. Partial is allowed; what is not scored stays unsaid."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.citizens.queries import get_citizen, scope_of
from tillit.care.evaluations.models import Measurement
from tillit.care.evaluations.permissions import MEASURE
from tillit.care.evaluations.rules import copm, psfs, sppb
from tillit.care.evaluations.rules.activities import MOST_ACTIVITIES
from tillit.care.evaluations.rules.numbers import Measured, numbers_of
from tillit.care.journal.actions import sign
from tillit.care.journal.models import EntryKind
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import require
from tillit.kernel import oslo
from tillit.kernel.errors import ActionRefused


class StrangeNumbers(ActionRefused):
    """There are no numbers, or they are outside what the scale has."""


@transaction.atomic
def write_measurement(
    *, actor: Actor, citizen_id: int, measured: Measured, measured_on: date, press_key: str, at: datetime
) -> Measurement:
    """Write down what was measured on a day, and sign it. The same press key again returns the first.

    Raises NotFound, NotAllowed, StrangeNumbers. One audit entry.
    """
    citizen = get_citizen(actor=actor, citizen_id=citizen_id, at=at, lock=True)
    scope = scope_of(citizen.pk, on=oslo.day_of(at))
    require(actor, MEASURE, scope)
    if press_key and (known := citizen.measurements.filter(press_key=press_key).first()):
        return known
    tool, numbers = numbers_of(measured)
    _refuse(measured, numbers, measured_on, at)
    row = Measurement.objects.create(
        citizen=citizen,
        tool=tool,
        measured_on=measured_on,
        numbers=numbers,
        measured_by_id=actor.employee_id,
        measured_at=at,
        press_key=press_key,
    )
    sign(
        actor=actor,
        kind=EntryKind.MEASURE,
        row_id=row.pk,
        citizen_id=citizen.pk,
        scope=scope,
        happened_at=min(at, oslo.whole_day(measured_on).end),
        at=at,
    )
    audit.record(actor, MEASURE, str(row), scope, at=at, change={"tool": tool, "on": measured_on.isoformat()})
    return row


def _refuse(measured: Measured, numbers: Mapping[str, Any], measured_on: date, at: datetime) -> None:
    if measured_on > oslo.day_of(at):
        raise StrangeNumbers(_("Velg en dag som har vært."))
    if isinstance(measured, sppb.Tested):
        if not numbers:
            raise StrangeNumbers(_("Skriv minst ett tall."))
        held = (measured.side_by_side, measured.semi_tandem, measured.tandem)
        if any(one is not None and not 0 <= one <= sppb.MOST_HELD for one in held):
            raise StrangeNumbers(_("En stilling holdes fra 0 til 10 sekunder."))
        timed = (measured.gait, measured.chair)
        if any(one is not None and not 0 < one <= sppb.MOST_SECONDS for one in timed):
            raise StrangeNumbers(_("Skriv sekundene, eller si at brukeren ikke klarte det."))
        return
    texts = [" ".join(one.text.split()).casefold() for one in measured]
    if not texts:
        raise StrangeNumbers(_("Skriv minst én aktivitet."))
    if "" in texts:
        raise StrangeNumbers(_("Skriv hvilken aktivitet tallet gjelder."))
    if len(set(texts)) < len(texts):
        raise StrangeNumbers(_("Den samme aktiviteten står to ganger."))
    if len(texts) > MOST_ACTIVITIES:
        raise StrangeNumbers(_("Velg høyst fem aktiviteter."))
    for one in measured:
        scores: tuple[int | None, ...]
        if isinstance(one, copm.Activity):
            scores, least, most = (one.importance, one.performance, one.satisfaction), copm.LEAST, copm.MOST
        else:
            scores, least, most = (one.score,), psfs.LEAST, psfs.MOST
        if any(score is not None and not least <= score <= most for score in scores):
            raise StrangeNumbers(_("Tallene går fra %(least)d til %(most)d.") % {"least": least, "most": most})
