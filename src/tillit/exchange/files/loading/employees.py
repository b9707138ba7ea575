"""Employees: known again by their number. A row for each team they share their position between.

Written by the workforce's own rules: what something was is kept, and roles and logins are given by those who may.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.exchange.files.checking import Problem, Row
from tillit.exchange.files.loading.outcome import Outcome
from tillit.exchange.files.loading.reach import Known
from tillit.foundation.workforce.actions import Outlook, foresee_employees, take_in_employees
from tillit.foundation.workforce.rules import EmployeeTold, Facts, Remark, ShareTold
from tillit.kernel import clock

_COLUMNS: dict[str, str | Promise] = {
    "number": gettext_lazy("Ansattnummer"),
    "given_name": gettext_lazy("Fornavn"),
    "unit": gettext_lazy("Team"),
    "share": gettext_lazy("Andel i teamet"),
    "role": gettext_lazy("Rolle"),
    "competences": gettext_lazy("Kompetanse"),
    "username": gettext_lazy("Brukernavn"),
    "employed_to": gettext_lazy("Ansatt til"),
}


def compare(rows: Sequence[Row], known: Known) -> Outcome:
    """Return what writing the rows would do, and what is wrong with them. Counts people.

    Somebody with a wrong row is left out with all her rows: half of a position is another position.
    """
    outcome = Outcome(problems=_problems(rows, known))
    bad = {problem.row for problem in outcome.problems}
    good = [theirs for theirs in _by_number(rows).values() if bad.isdisjoint(row.number for row in theirs)]
    coming = [code for code, path in known.unit_paths.items() if not path]
    outlooks = foresee_employees(
        actor=known.actor, rows=[_told(theirs) for theirs in good], on=known.today, coming=coming
    )
    for theirs, outlook in zip(good, outlooks, strict=True):
        outcome.problems += _about(theirs, outlook)
        if outlook.steps is None:
            continue
        if outlook.is_new:
            outcome.created += 1
        elif outlook.steps.is_nothing:
            outcome.unchanged += 1
        else:
            outcome.changed += 1
    return outcome


def write(rows: Sequence[Row], known: Known, *, today: date) -> Outcome:
    """Let the workforce take the rows in. They have passed `compare`."""
    told = [_told(theirs) for theirs in _by_number(rows).values()]
    done = take_in_employees(actor=known.actor, rows=told, on=today, at=clock.now())
    return Outcome(
        created=len(done.new), changed=len(done.changed), unchanged=len(told) - len(done.new) - len(done.changed)
    )


def _by_number(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[str(row.values["number"])].append(row)
    return dict(found)


def _told(theirs: Sequence[Row]) -> EmployeeTold:
    """What the rows of one person say; of what is the same on all, the first."""
    first = theirs[0]
    return EmployeeTold(
        number=_text(first, "number"),
        facts=Facts(
            given_name=_text(first, "given_name"),
            family_name=_text(first, "family_name"),
            profession=_text(first, "profession"),
            phone=_text(first, "phone"),
            travel=_text(first, "travel"),
            employed_to=first.day("employed_to"),
        ),
        percent=Decimal(_text(first, "percent")),
        shares=tuple(ShareTold(_text(row, "unit"), _share(row), _text(row, "role")) for row in theirs),
        employment=_text(first, "employment"),
        competences=frozenset(code for row in theirs for code in _codes(row)),
        username=_text(first, "username").lower(),
        employed_from=first.day("employed_from"),
    )


def _text(row: Row, column: str) -> str:
    value = row.values[column]
    return "" if value is None else str(value)


def _share(row: Row) -> Decimal:
    found = row.values["share"]
    return found if isinstance(found, Decimal) else Decimal(100)


def _codes(row: Row) -> tuple[str, ...]:
    return tuple(code.upper() for code in row.texts("competences"))


def _problems(rows: Sequence[Row], known: Known) -> list[Problem]:
    """What is wrong with what single rows point at. The rest the workforce's own rules say (`_about`)."""
    found: list[Problem] = []
    for row in rows:
        if problem := known.unit_problem("employees", row.number, _("Team"), _text(row, "unit")):
            found.append(problem)
        found += [
            Problem(
                "employees",
                row.number,
                _("Kompetanse"),
                _("Kompetansen «%(code)s» finnes ikke. Kodene står i malen.") % {"code": code},
            )
            for code in _codes(row)
            if code not in known.competence_codes
        ]
    return found


def _about(theirs: Sequence[Row], outlook: Outlook) -> list[Problem]:
    """What the workforce's own rules say of a person, at the row of the unit concerned, else at her first."""
    if outlook.refused is not None:
        unit = outlook.refused.unit
        row = next((row for row in theirs if unit and _text(row, "unit") == unit), theirs[0])
        column = str(_COLUMNS.get(outlook.refused.field, ""))
        return [Problem("employees", row.number, column, outlook.refused.text)]
    remarks = outlook.steps.remarks if outlook.steps else ()
    return [Problem("employees", theirs[0].number, *_remark(remark, code), stops=False) for remark, code in remarks]


def _remark(remark: Remark, code: str) -> tuple[str, str]:
    """Which column, and what people should know of it. The rest of the row is read in."""
    match remark:
        case Remark.SEVERAL_POSITIONS:
            return _("Stillingsprosent"), _("Den ansatte har flere stillinger. Stillingen i fila leses ikke inn.")
        case Remark.OTHER_USERNAME:
            return _("Brukernavn"), _("Den ansatte har et annet brukernavn fra før. Feltet leses ikke inn.")
        case Remark.RENEWED:
            text = _("«%(code)s» har gått ut. Leses raden inn, gjelder kompetansen på nytt fra i dag.")
            return _("Kompetanse"), text % {"code": code}
