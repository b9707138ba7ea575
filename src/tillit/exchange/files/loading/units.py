"""Units: known again by their code. Written by the organisation's own rules, parents before their children."""

from collections.abc import Sequence
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.exchange.files.checking import Problem, Row
from tillit.exchange.files.loading.outcome import Outcome
from tillit.exchange.files.loading.reach import Known
from tillit.foundation.organisation.actions import UnitOutlook, UnitTold, foresee_units, take_in_units
from tillit.foundation.organisation.queries import paths_by_code
from tillit.kernel import clock
from tillit.kernel.geo import Place

_COLUMNS: dict[str, str | Promise] = {
    "parent": gettext_lazy("Ligger under"),
    "code": gettext_lazy("Kode"),
    "kind": gettext_lazy("Type"),
    "name": gettext_lazy("Navn"),
    "postal_codes": gettext_lazy("Postnumre"),
}


def compare(rows: Sequence[Row], known: Known) -> Outcome:
    """Return what writing the rows would do, and what is wrong with them."""
    if not known.is_administrator:
        text = _("Enheter settes opp av systemansvarlig.")
        return Outcome(problems=[Problem("units", row.number, "", text) for row in rows])
    outlooks = foresee_units(actor=known.actor, rows=[_told(row) for row in rows])
    outcome = _counted(outlooks)
    for row, one in zip(rows, outlooks, strict=True):
        if one.refused is not None:
            column = str(_COLUMNS.get(one.refused.field, ""))
            outcome.problems.append(Problem("units", row.number, column, one.refused.text))
    return outcome


def write(rows: Sequence[Row], known: Known, *, today: date) -> Outcome:
    """Let the organisation take the rows in. They have passed `compare`."""
    done = take_in_units(actor=known.actor, rows=[_told(row) for row in rows], on=today, at=clock.now())
    known.unit_paths |= paths_by_code()
    return _counted(done)


def _counted(outlooks: Sequence[UnitOutlook]) -> Outcome:
    usable = [one for one in outlooks if one.refused is None]
    created = sum(one.is_new for one in usable)
    changed = sum(one.is_changed for one in usable)
    return Outcome(created=created, changed=changed, unchanged=len(usable) - created - changed)


def _told(row: Row) -> UnitTold:
    values = row.values
    latitude, longitude = values["base_latitude"], values["base_longitude"]
    return UnitTold(
        code=str(values["code"]),
        name=str(values["name"]),
        kind=str(values["kind"]),
        parent=str(values["parent"] or ""),
        phone=str(values["phone"] or ""),
        base_street=str(values["base_street"] or ""),
        base=None if latitude is None or longitude is None else Place(float(str(latitude)), float(str(longitude))),
        postal_codes=frozenset(row.texts("postal_codes")),
    )
