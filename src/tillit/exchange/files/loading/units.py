"""Units: known again by their code. Parents come before their children, whatever the order of the rows."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from tillit.exchange.files.checking import Problem, Row
from tillit.exchange.files.loading.outcome import Outcome
from tillit.exchange.files.loading.reach import Known
from tillit.foundation.organisation.models import Area, Unit, UnitKind

_FIELDS = ("name", "kind", "phone", "base_street", "base_latitude", "base_longitude")


def compare(rows: Sequence[Row], known: Known) -> Outcome:
    """Return what writing the rows would do, and what is wrong with them."""
    outcome = Outcome()
    stored = {unit.code: unit for unit in Unit.objects.select_related("parent")}
    areas = _stored_postal_codes()
    top = [code for code, unit in stored.items() if unit.kind == UnitKind.MUNICIPALITY]
    owner: dict[str, str] = {}
    for row in rows:
        problem = _problem(row, known, top, owner)
        if problem:
            outcome.problems.append(problem)
            continue
        unit = stored.get(str(row.values["code"]))
        if unit is None:
            outcome.created += 1
        elif _differs(unit, row, areas.get(unit.code, ())):
            outcome.changed += 1
        else:
            outcome.unchanged += 1
    outcome.problems += _in_circles(rows)
    return outcome


def write(rows: Sequence[Row], known: Known, *, today: date) -> Outcome:
    """Store new and changed units with their postal codes; parents first. The rows have passed `compare`."""
    outcome = Outcome()
    areas = _stored_postal_codes()
    for row in _parents_first(rows):
        parent = Unit.objects.get(code=row.values["parent"]) if row.values["parent"] else None
        unit = Unit.objects.filter(code=row.values["code"]).select_related("parent").first()
        if unit is not None and not _differs(unit, row, areas.get(unit.code, ())):
            outcome.unchanged += 1
            continue
        if unit is None:
            # A new team decides for itself who allocates: everybody, until it says otherwise.
            unit = Unit(code=str(row.values["code"]), valid_from=today, path="", everyone_may_allocate=True)
            outcome.created += 1
        else:
            outcome.changed += 1
        unit.parent = parent
        for field, value in _values(row).items():
            setattr(unit, field, value)
        unit.save()
        _place(unit, parent)
        _put_postal_codes(unit, row, today)
        known.unit_paths[unit.code] = unit.path
    return outcome


def _values(row: Row) -> dict[str, object]:
    return {field: row.values[field] if row.values[field] is not None else _empty(field) for field in _FIELDS}


def _empty(field: str) -> object:
    return None if field.startswith("base_l") else ""


def _differs(unit: Unit, row: Row, postal_codes: Sequence[str]) -> bool:
    parent_code = unit.parent.code if unit.parent else None
    wanted = _values(row)
    same = all(_like(getattr(unit, field), wanted[field]) for field in _FIELDS)
    same_codes = sorted(row.texts("postal_codes")) == sorted(postal_codes)
    return not (same and parent_code == row.values["parent"] and same_codes)


def _like(stored: object, wanted: object) -> bool:
    if isinstance(stored, float) and wanted is not None:
        return abs(stored - float(str(wanted))) < 1e-9
    return stored == wanted


def _stored_postal_codes() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for code, postal_codes in Area.objects.filter(valid_to__isnull=True).values_list("unit__code", "postal_codes"):
        found[code] = (*found.get(code, ()), *postal_codes)
    return found


def _problem(row: Row, known: Known, top: list[str], owner: dict[str, str]) -> Problem | None:
    code, parent = str(row.values["code"]), row.values["parent"]
    if not known.is_administrator:
        return Problem("units", row.number, "", _("Enheter settes opp av systemansvarlig."))
    is_top = row.values["kind"] == UnitKind.MUNICIPALITY
    if is_top and parent:
        return Problem("units", row.number, _("Ligger under"), _("Kommunen ligger øverst. La feltet stå tomt."))
    if is_top and top and code not in top:
        return Problem(
            "units", row.number, _("Kode"), _("Kommunen finnes fra før med koden «%(code)s».") % {"code": top[0]}
        )
    if not is_top and not parent:
        return Problem("units", row.number, _("Ligger under"), _("Skriv koden til enheten denne ligger under."))
    if parent and parent not in known.unit_paths:
        return Problem("units", row.number, _("Ligger under"), _("Enheten «%(code)s» finnes ikke.") % {"code": parent})
    for postal_code in row.texts("postal_codes"):
        if owner.setdefault(postal_code, code) != code:
            return Problem(
                "units",
                row.number,
                _("Postnumre"),
                _("%(postal_code)s hører alt til «%(unit)s». En adresse kan bare høre til ett team.")
                % {"postal_code": postal_code, "unit": owner[postal_code]},
            )
    return None


def _in_circles(rows: Sequence[Row]) -> list[Problem]:
    parents = {str(row.values["code"]): row.values["parent"] for row in rows}
    found = []
    for row in rows:
        seen: set[object] = set()
        at: object = row.values["code"]
        while at in parents and at not in seen:
            seen.add(at)
            at = parents[str(at)]
        if at is not None and at in seen:
            found.append(Problem("units", row.number, _("Ligger under"), _("Enhetene ligger under hverandre i ring.")))
    return found


def _parents_first(rows: Sequence[Row]) -> list[Row]:
    waiting = list(rows)
    codes = {str(row.values["code"]) for row in rows}
    placed: set[object] = set()
    ordered: list[Row] = []
    while waiting:
        ready = [r for r in waiting if r.values["parent"] not in codes or r.values["parent"] in placed]
        if not ready:
            break
        ordered += ready
        placed |= {row.values["code"] for row in ready}
        waiting = [row for row in waiting if row not in ready]
    return ordered


def _place(unit: Unit, parent: Unit | None) -> None:
    """Set the path, and move everything below along with it."""
    path = f"{parent.path if parent else ''}{unit.pk}."
    if unit.path == path:
        return
    before = unit.path
    unit.path = path
    unit.save(update_fields=["path"])
    if before:
        for below in Unit.objects.filter(path__startswith=before).exclude(pk=unit.pk):
            below.path = path + below.path.removeprefix(before)
            below.save(update_fields=["path"])


def _put_postal_codes(unit: Unit, row: Row, today: date) -> None:
    wanted = sorted(row.texts("postal_codes"))
    current = Area.objects.filter(unit=unit, valid_to__isnull=True, ring=[]).first()
    if current is not None and sorted(current.postal_codes) == wanted:
        return
    if current is not None:
        current.valid_to = max(today, current.valid_from)
        current.save(update_fields=["valid_to"])
    if wanted:
        Area.objects.create(unit=unit, name=unit.name, postal_codes=wanted, valid_from=today)
