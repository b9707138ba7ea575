"""Units: made, changed, moved."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import require
from tillit.foundation.organisation import queries, rules
from tillit.foundation.organisation.models import Unit, UnitPurpose
from tillit.foundation.organisation.permissions import EDIT_UNIT, MAKE_UNIT, SET_PURPOSE
from tillit.kernel.errors import ActionRefused, ChangedMeanwhile
from tillit.kernel.geo import Place


class UnitRefused(ActionRefused):
    """The unit cannot be like this. `field` is the form field concerned."""

    def __init__(self, text: str, *, field: str = "") -> None:
        super().__init__(text)
        self.field = field


@transaction.atomic
def make_unit(
    *,
    actor: Actor,
    kind: str,
    name: str,
    code: str,
    parent_id: int | None,
    valid_from: date,
    at: datetime,
) -> Unit:
    """Store a new unit below another; the municipality lies below nothing. Raises NotFound, NotAllowed, UnitRefused."""
    parent = None if parent_id is None else queries.get_unit(actor=actor, unit_id=parent_id, lock=True)
    require(actor, MAKE_UNIT, Scope((parent.path if parent else "",)))
    if not rules.may_lie_below(kind, parent.kind if parent else None):
        raise UnitRefused(_("En slik enhet kan ikke ligge der."), field="parent")
    if not name.strip():
        raise UnitRefused(_("Gi enheten et navn."), field="name")
    if queries.unit_by_code(code) is not None:
        raise UnitRefused(_("Koden er i bruk på en annen enhet."), field="code")
    unit = Unit.objects.create(kind=kind, name=name.strip(), code=code, parent=parent, path="", valid_from=valid_from)
    unit.path = rules.path_below(parent.path if parent else "", unit.pk)
    unit.save(update_fields=["path"])
    audit.record(
        actor, MAKE_UNIT, f"unit:{unit.pk}", Scope((unit.path,)), at=at, change={"kind": kind, "parent": parent_id}
    )
    return unit


@transaction.atomic
def change_unit(
    *,
    actor: Actor,
    unit_id: int,
    edition: int,
    name: str,
    phone: str,
    base_name: str,
    base_street: str,
    base: Place | None,
    everyone_may_allocate: bool,
    at: datetime,
    purpose: str | None = None,
) -> Unit:
    """Change what is said of a unit: name, phone, where work starts, who may make work lists, what it is for.

    edition: the one the actor saw. purpose: a UnitPurpose, "" for none, None to keep it: from now on, what arrives may
    go elsewhere, so it takes a permission of its own.
    Raises NotFound, NotAllowed, UnitRefused, ChangedMeanwhile.
    """
    unit = queries.get_unit(actor=actor, unit_id=unit_id, lock=True)
    scope = Scope((unit.path,))
    require(actor, EDIT_UNIT, scope)
    if unit.edition != edition:
        raise ChangedMeanwhile(
            _("Noen andre endret dette mens du skrev. Se hva som står nå, og lagre på nytt om det trengs."),
            seen=edition,
            now=unit.edition,
        )
    if not name.strip():
        raise UnitRefused(_("Gi enheten et navn."), field="name")
    if purpose is not None and purpose != unit.purpose:
        require(actor, SET_PURPOSE, scope)
        if purpose and purpose not in UnitPurpose.values:
            raise UnitRefused(_("Velg hva enheten er til for."), field="purpose")
    before = {field: getattr(unit, field) for field in _CHANGEABLE}
    unit.name, unit.phone = name.strip(), phone.strip()
    unit.base_name, unit.base_street = base_name.strip(), base_street.strip()
    unit.base_latitude = base.latitude if base else None
    unit.base_longitude = base.longitude if base else None
    unit.everyone_may_allocate = everyone_may_allocate
    if purpose is not None:
        unit.purpose = purpose
    changed = [field for field in _CHANGEABLE if getattr(unit, field) != before[field]]
    if not changed:
        return unit
    unit.edition += 1
    unit.save(update_fields=[*_CHANGEABLE, "edition"])
    audit.record(actor, EDIT_UNIT, f"unit:{unit.pk}", scope, at=at, change={"fields": changed, "edition": unit.edition})
    return unit


@transaction.atomic
def move_unit(*, actor: Actor, unit_id: int, parent_id: int, at: datetime) -> Unit:
    """Move a unit, with all below it, to another parent. Roles held above follow the new place at once.

    Raises NotFound, NotAllowed, UnitRefused.
    """
    unit = queries.get_unit(actor=actor, unit_id=unit_id, lock=True)
    parent = queries.get_unit(actor=actor, unit_id=parent_id, lock=True)
    for touched in (unit, parent):
        require(actor, MAKE_UNIT, Scope((touched.path,)))
    if parent.path.startswith(unit.path) or not rules.may_lie_below(unit.kind, parent.kind):
        raise UnitRefused(_("En slik enhet kan ikke ligge der."), field="parent")
    old, new = unit.path, rules.path_below(parent.path, unit.pk)
    below = list(Unit.objects.select_for_update().filter(path__startswith=old))
    for one in below:
        one.path = new + one.path.removeprefix(old)
    Unit.objects.bulk_update(below, ["path"])
    Unit.objects.filter(pk=unit.pk).update(parent=parent)
    audit.record(
        actor, MAKE_UNIT, f"unit:{unit.pk}", Scope((new,)), at=at, change={"parent": parent.pk, "from": old, "to": new}
    )
    unit.refresh_from_db()
    return unit


_CHANGEABLE = (
    "name",
    "phone",
    "base_name",
    "base_street",
    "base_latitude",
    "base_longitude",
    "everyone_may_allocate",
    "purpose",
)
