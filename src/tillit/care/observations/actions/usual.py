"""Say what is usual for a citizen, so that what is not can be seen."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.citizens.queries import get_citizen, scope_of
from tillit.care.journal.actions import sign
from tillit.care.journal.models import EntryKind
from tillit.care.observations.models import Usual
from tillit.care.observations.permissions import SET_SCALE, SET_USUAL
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import holds, require
from tillit.kernel import oslo
from tillit.kernel.errors import ActionRefused, ChangedMeanwhile


class ScaleNotYours(ActionRefused):
    """The scale is a nurse's to set, when she or a doctor has decided it."""


@transaction.atomic
def set_usual(
    *,
    actor: Actor,
    citizen_id: int,
    words: str,
    saturation: int | None,
    scale: int,
    scale_by: str,
    seen: int,
    at: datetime,
) -> Usual:
    """Write what is usual. Older words stay in the journal; the newest count.

    seen: the row that was shown, 0 for none. scale 2 asks who decided it; only a nurse changes the scale.
    Raises NotFound, NotAllowed, ScaleNotYours, ActionRefused, ChangedMeanwhile.
    """
    citizen = get_citizen(actor=actor, citizen_id=citizen_id, at=at, lock=True)
    scope = scope_of(citizen.pk, on=oslo.day_of(at))
    require(actor, SET_USUAL, scope)
    before = citizen.usual.filter(scale__gt=0).order_by("-set_at", "-pk").first()
    newest = before.pk if before else 0
    if newest != seen:
        raise ChangedMeanwhile(
            _("En kollega har skrevet hva som er vanlig, mens du skrev."),
            seen=seen,
            now=newest,
        )
    if scale not in (1, 2):
        raise ActionRefused(_("Velg skala 1 eller 2."))
    was = (before.scale, before.scale_by) if before else (1, "")
    by = scale_by.strip() if scale == 2 else ""
    if (scale, by) != was and not holds(actor, SET_SCALE, scope):
        raise ScaleNotYours(_("Skala for oksygenmetning setter en sykepleier, når hun eller en lege har bestemt det."))
    if scale == 2 and not by:
        raise ActionRefused(_("Skriv hvilken lege eller sykepleier som har bestemt skala 2."))
    if saturation is not None and not 40 <= saturation <= 100:
        raise ActionRefused(_("Vanlig metning er et tall mellom 40 og 100."))
    found = Usual.objects.create(
        citizen=citizen,
        words=words.strip(),
        saturation=saturation,
        scale=scale,
        scale_by=by,
        set_by_id=actor.employee_id,
        set_at=at,
    )
    sign(actor=actor, kind=EntryKind.USUAL, row_id=found.pk, citizen_id=citizen.pk, scope=scope, happened_at=at, at=at)
    audit.record(actor, SET_USUAL, str(found), scope, at=at, change={"scale": scale, "before": seen})
    return found
