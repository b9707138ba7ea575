"""Areas: which addresses a unit answers for, from a day to a day. Never two units for one address."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import require
from tillit.foundation.organisation import queries, rules
from tillit.foundation.organisation.events import AreaChanged
from tillit.foundation.organisation.models import Area
from tillit.foundation.organisation.permissions import DRAW_AREA
from tillit.foundation.organisation.rules import AreaLine, Collision
from tillit.kernel import events
from tillit.kernel.errors import ActionRefused
from tillit.kernel.geo import UnusablePolygon
from tillit.kernel.periods import Days


class AreaRefused(ActionRefused):
    """The area cannot be like this; `collisions` says which areas it would share addresses with."""

    def __init__(self, text: str, *, field: str = "", collisions: tuple[Collision, ...] = ()) -> None:
        super().__init__(text)
        self.field = field
        self.collisions = collisions


@transaction.atomic
def draw_area(
    *,
    actor: Actor,
    unit_id: int,
    name: str,
    ring: Sequence[Sequence[float]] = (),
    postal_codes: Sequence[str] = (),
    valid_from: date,
    valid_to: date | None = None,
    at: datetime,
) -> Area:
    """Give a unit an area: a drawn ring of [longitude, latitude], postal codes, or both.

    Refused when an address would then belong to two areas on the same day; the text names the other unit.
    Raises NotFound, NotAllowed, AreaRefused. Publishes AreaChanged.
    """
    unit = queries.get_unit(actor=actor, unit_id=unit_id)
    scope = Scope((unit.path,))
    require(actor, DRAW_AREA, scope)
    if not ring and not postal_codes:
        raise AreaRefused(_("Skriv postnumre eller tegn området på kartet."), field="postal_codes")
    if valid_to is not None and valid_to <= valid_from:
        raise AreaRefused(_("Området må gjelde minst én dag."), field="valid_from")
    list(Area.objects.select_for_update().values_list("pk", flat=True))  # two areas drawn at once must see each other
    new = AreaLine(
        0,
        unit.pk,
        tuple((float(corner[0]), float(corner[1])) for corner in ring),
        frozenset(postal_codes),
        Days(valid_from, valid_to),
    )
    try:
        found = rules.collisions(new, queries.area_lines())
    except UnusablePolygon:
        raise AreaRefused(_("Linja rundt området krysser seg selv, eller har for få hjørner."), field="ring") from None
    if found:
        raise AreaRefused(_collision_text(found[0]), field="postal_codes", collisions=found)
    area = Area.objects.create(
        unit=unit,
        name=name.strip() or unit.name,
        ring=[list(corner) for corner in new.ring],
        postal_codes=sorted(new.postal_codes),
        valid_from=valid_from,
        valid_to=valid_to,
    )
    audit.record(
        actor,
        DRAW_AREA,
        f"area:{area.pk}",
        scope,
        at=at,
        change={
            "unit": unit.pk,
            "corners": len(new.ring),
            "postal_codes": sorted(new.postal_codes),
            "from": valid_from.isoformat(),
        },
    )
    events.publish(AreaChanged(area.pk, unit.pk, valid_from, at))
    return area


@transaction.atomic
def end_area(*, actor: Actor, area_id: int, valid_to: date, at: datetime) -> Area:
    """Let an area end: `valid_to` is the first day the unit no longer answers for it.

    Raises NotFound, NotAllowed, AreaRefused. Publishes AreaChanged.
    """
    area = queries.get_area(actor=actor, area_id=area_id)
    scope = Scope((area.unit.path,))
    require(actor, DRAW_AREA, scope)
    if valid_to < area.valid_from:
        raise AreaRefused(_("Området kan ikke slutte før det begynner."), field="valid_to")
    area.valid_to = valid_to
    area.save(update_fields=["valid_to"])
    audit.record(actor, DRAW_AREA, f"area:{area.pk}", scope, at=at, change={"to": valid_to.isoformat()})
    events.publish(AreaChanged(area.pk, area.unit_id, valid_to, at))
    return area


def _collision_text(collision: Collision) -> str:
    unit = queries.names_of([collision.unit_id])[collision.unit_id]
    if collision.postal_codes:
        return _("%(codes)s hører alt til %(unit)s. Avslutt det området først, eller velg en senere dag.") % {
            "codes": ", ".join(collision.postal_codes[:5]),
            "unit": unit,
        }
    return _("Området dekker noe av området til %(unit)s. Tegn det på nytt uten å gå inn der.") % {"unit": unit}
