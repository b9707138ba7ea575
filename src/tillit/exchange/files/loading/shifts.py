"""Shifts: known again by who, and when it starts."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from django.utils.translation import gettext as _

from tillit.exchange.files.checking import Problem, Row
from tillit.exchange.files.loading.outcome import Outcome
from tillit.exchange.files.loading.reach import Known
from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce.models import Employee, Employment, Shift, ShiftKind
from tillit.kernel import oslo

_LONGEST = timedelta(hours=16)
_CHUNK = 2000


def kind_of(starts: time, ends: time) -> ShiftKind:
    """Return day, evening or night by the clock: night past midnight by an hour or from 20, evening from 13."""
    if (ends < starts and ends >= time(1, 0)) or starts >= time(20, 0):
        return ShiftKind.NIGHT
    return ShiftKind.EVENING if starts >= time(13, 0) else ShiftKind.DAY


def compare(rows: Sequence[Row], known: Known) -> Outcome:
    """Return what writing the rows would do, and what is wrong with them."""
    outcome = Outcome(problems=_problems(rows, known))
    bad = {problem.row for problem in outcome.problems if problem.stops}
    stored = _stored(rows)
    for row in rows:
        if row.number in bad:
            continue
        before = stored.get((str(row.values["number"]), _times(row)[0]))
        if before is None:
            outcome.created += 1
        elif before == _rest(row):
            outcome.unchanged += 1
        else:
            outcome.changed += 1
    return outcome


def write(rows: Sequence[Row], known: Known, *, today: date) -> Outcome:
    """Store new and changed shifts. The rows have passed `compare`."""
    outcome = Outcome()
    people = {
        number: (pk, employment)
        for number, pk, employment in Employee.objects.filter(
            number__in={str(row.values["number"]) for row in rows}, positions__valid_to__isnull=True
        ).values_list("number", "pk", "positions__employment")
    }
    units = dict(Unit.objects.values_list("code", "pk"))
    stored = _stored(rows)
    fresh: list[Shift] = []
    for row in rows:
        number = str(row.values["number"])
        starts_at, ends_at = _times(row)
        before = stored.get((number, starts_at))
        if before == _rest(row):
            outcome.unchanged += 1
            continue
        employee_id, employment = people[number]
        values = {
            "unit_id": units[str(row.values["unit"])],
            "kind": _kind(row),
            "ends_at": ends_at,
            "office": bool(row.values["office"]),
        }
        if before is not None:
            Shift.objects.filter(employee_id=employee_id, starts_at=starts_at).update(**values)
            outcome.changed += 1
            continue
        fresh.append(
            Shift(
                employee_id=employee_id,
                on=row.values["on"],  # type: ignore[misc]
                starts_at=starts_at,
                is_extra=employment == Employment.TEMPORARY,
                **values,
            )
        )
        outcome.created += 1
    Shift.objects.bulk_create(fresh, batch_size=1000)
    return outcome


def _times(row: Row) -> tuple[datetime, datetime]:
    on, starts, ends = row.values["on"], row.values["starts"], row.values["ends"]
    assert isinstance(on, date) and isinstance(starts, time) and isinstance(ends, time)
    end_day = on if ends > starts else on + timedelta(days=1)
    return oslo.moment(on, starts), oslo.moment(end_day, ends)


def _kind(row: Row) -> str:
    if row.values["kind"]:
        return str(row.values["kind"])
    starts, ends = row.values["starts"], row.values["ends"]
    assert isinstance(starts, time) and isinstance(ends, time)
    return kind_of(starts, ends).value


def _rest(row: Row) -> tuple[object, ...]:
    return (str(row.values["unit"]), _kind(row), _times(row)[1], bool(row.values["office"]))


def _stored(rows: Sequence[Row]) -> dict[tuple[str, datetime], tuple[object, ...]]:
    days = [row.values["on"] for row in rows]
    if not days:
        return {}
    found = Shift.objects.filter(
        on__gte=min(days),  # type: ignore[type-var]
        on__lte=max(days),  # type: ignore[type-var]
    ).values_list("employee__number", "starts_at", "unit__code", "kind", "ends_at", "office")
    return {(number, starts_at): tuple(rest) for number, starts_at, *rest in found}


def _problems(rows: Sequence[Row], known: Known) -> list[Problem]:
    found: list[Problem] = []
    spans: dict[str, list[tuple[datetime, datetime, int]]] = {}
    for row in rows:
        number = str(row.values["number"])
        if number not in known.employee_numbers:
            found.append(
                Problem(
                    "shifts",
                    row.number,
                    _("Ansattnummer"),
                    _("Ansattnummer «%(number)s» finnes ikke. Ta det med i arket Ansatte.") % {"number": number},
                )
            )
            continue
        problem = known.unit_problem("shifts", row.number, _("Team"), str(row.values["unit"]))
        if problem:
            found.append(problem)
            continue
        starts_at, ends_at = _times(row)
        if ends_at - starts_at > _LONGEST:
            found.append(
                Problem(
                    "shifts", row.number, _("Til klokka"), _("Vakta er lengre enn 16 timer. Er klokkeslettet rett?")
                )
            )
        spans.setdefault(number, []).append((starts_at, ends_at, row.number))
    for theirs in spans.values():
        theirs.sort()
        for (_start, end, earlier), (start, _end, later) in pairwise(theirs):
            if start < end:
                found.append(
                    Problem(
                        "shifts",
                        later,
                        _("Fra klokka"),
                        _("Vakta går over vakta i rad %(row)s for samme person.") % {"row": earlier},
                    )
                )
    return found
