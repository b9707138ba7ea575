"""Shifts: known again by who, and when it starts. Written by the workforce's own rules."""

from collections.abc import Sequence
from datetime import date, time, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.exchange.files.checking import Problem, Row
from tillit.exchange.files.loading.outcome import Outcome
from tillit.exchange.files.loading.reach import Known
from tillit.foundation.workforce.actions import ShiftOutlook, ShiftTold, foresee_shifts, take_in_shifts
from tillit.foundation.workforce.models import ShiftKind
from tillit.kernel import clock, oslo

_COLUMNS: dict[str, str | Promise] = {
    "number": gettext_lazy("Ansattnummer"),
    "unit": gettext_lazy("Team"),
    "starts": gettext_lazy("Fra klokka"),
    "ends": gettext_lazy("Til klokka"),
}


def kind_of(starts: time, ends: time) -> ShiftKind:
    """Return day, evening or night by the clock: night past midnight by an hour or from 20, evening from 13."""
    if (ends < starts and ends >= time(1, 0)) or starts >= time(20, 0):
        return ShiftKind.NIGHT
    return ShiftKind.EVENING if starts >= time(13, 0) else ShiftKind.DAY


def compare(rows: Sequence[Row], known: Known) -> Outcome:
    """Return what writing the rows would do, and what is wrong with them."""
    outlooks = foresee_shifts(
        actor=known.actor,
        rows=[_told(row) for row in rows],
        at=clock.now(),
        coming=[code for code, path in known.unit_paths.items() if not path],
        hiring=known.employee_numbers,
    )
    usable = [one for one in outlooks if one.refused is None]
    created, changed = sum(one.is_new for one in usable), sum(one.is_changed for one in usable)
    outcome = Outcome(created=created, changed=changed, unchanged=len(usable) - created - changed)
    for row, one in zip(rows, outlooks, strict=True):
        outcome.problems += _about(row, one, rows)
    return outcome


def write(rows: Sequence[Row], known: Known, *, today: date) -> Outcome:
    """Let the workforce take the rows in. They have passed `compare`."""
    done = take_in_shifts(actor=known.actor, rows=[_told(row) for row in rows], at=clock.now())
    return Outcome(created=done.new, changed=done.changed, unchanged=len(rows) - done.new - done.changed)


def _told(row: Row) -> ShiftTold:
    values = row.values
    on, starts, ends = values["on"], values["starts"], values["ends"]
    assert isinstance(on, date) and isinstance(starts, time) and isinstance(ends, time)
    end_day = on if ends > starts else on + timedelta(days=1)
    return ShiftTold(
        number=str(values["number"]),
        unit=str(values["unit"]),
        kind=str(values["kind"] or kind_of(starts, ends).value),
        starts_at=oslo.moment(on, starts),
        ends_at=oslo.moment(end_day, ends),
        office=bool(values["office"]),
    )


def _about(row: Row, outlook: ShiftOutlook, rows: Sequence[Row]) -> list[Problem]:
    """What the workforce's own rules say of a row."""
    if outlook.has_begun:
        text = _("Vakta har begynt. Den blir stående som den er.")
        return [Problem("shifts", row.number, _("Fra klokka"), text, stops=False)]
    if outlook.refused is None:
        return []
    text = outlook.refused.text
    if outlook.meets is not None:
        other = rows[outlook.meets].number
        text = _("Vakta går over vakta i rad %(row)s for samme person.") % {"row": other}
    return [Problem("shifts", row.number, str(_COLUMNS.get(outlook.refused.field, "")), text)]
