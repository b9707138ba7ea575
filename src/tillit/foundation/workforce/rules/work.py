"""Rules about people at work: level, competence in force, who is away, which absences one reports oneself."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from tillit.kernel.periods import Days

_LEVELS = {
    "NURSE": 2,
    "SOCIAL_EDUCATOR": 2,
    "HEALTH_WORKER": 1,
    "OCCUPATIONAL_THERAPIST": 1,
    "PHYSIOTHERAPIST": 1,
}

#: Colours of helpers' marks: 1–12; 0 is grey, for those who do not visit.
COLOURS = 12
#: Professions that do not go on visits unless a shift says so.
WITHOUT_COLOUR = frozenset({"LEADER", "CASE_WORKER", "OTHER"})
#: Professions whose own work is training and adaptation: they take ordinary care visits only as the last way out.
THERAPISTS = frozenset({"OCCUPATIONAL_THERAPIST", "PHYSIOTHERAPIST"})
#: What one may report oneself. Holiday, courses and leave are agreed with the leader first.
OWN_ABSENCES = ("SELF_CERTIFIED", "CHILD_SICK", "SICK_LEAVE")


def level_of(profession: str) -> int:
    """Return the level a visit's needs are held against.

    2 nurse and social educator, 1 health worker and therapists, 0 home helper and everybody else. A higher level may
    do what a lower one may; planning should not spend a 2 where a 1 will do.
    """
    return _LEVELS.get(profession, 0)


@dataclass(frozen=True, slots=True)
class Holding:
    """A competence one employee holds, in these days."""

    employee_id: int
    code: str
    days: Days


def competences_in_force(
    professions: Mapping[int, str],
    brings: Mapping[str, Iterable[str]],
    holdings: Iterable[Holding],
    on: date,
) -> dict[int, frozenset[str]]:
    """Return employee id → competence codes on the day.

    professions: employee id → profession code; brings: competence code → professions that bring it with them.
    A competence that the profession brings does not run out; a held one counts in its own days only.
    """
    by_profession: dict[str, set[str]] = {}
    for code, carriers in brings.items():
        for profession in carriers:
            by_profession.setdefault(profession, set()).add(code)
    found = {employee: set(by_profession.get(profession, ())) for employee, profession in professions.items()}
    for holding in holdings:
        if holding.employee_id in found and holding.days.contains(on):
            found[holding.employee_id].add(holding.code)
    return {employee: frozenset(codes) for employee, codes in found.items()}


def runs_out_on(valid_from: date, months: int | None) -> date | None:
    """Return the first day a competence no longer holds, so many months after `valid_from`; None never.

    The 31st becomes the last day of a shorter month.
    """
    if months is None:
        return None
    year, month = divmod(valid_from.year * 12 + valid_from.month - 1 + months, 12)
    for day in (valid_from.day, 30, 29, 28):
        try:
            return date(year, month + 1, day)
        except ValueError:
            continue
    raise AssertionError("Every month has 28 days.")


def colour_for(taken: Iterable[int], profession: str) -> int:
    """Return the mark's colour for somebody new in a team: the least used of 1–12, the lowest first; 0 for leaders."""
    if profession in WITHOUT_COLOUR:
        return 0
    used = [colour for colour in taken if colour]
    return min(range(1, COLOURS + 1), key=lambda colour: (used.count(colour), colour))


def may_report_oneself(kind: str) -> bool:
    """Whether an employee reports this kind of absence without her leader."""
    return kind in OWN_ABSENCES


def monday_of(day: date) -> date:
    """Return the Monday of the ISO week of `day`."""
    return day - timedelta(days=day.isoweekday() - 1)


def full_time_equivalents(parts: Iterable[tuple[float, float]]) -> float:
    """Return the sum of positions in full-time equivalents (årsverk).

    parts: (per cent of full time, per cent of that position given to the team): an 80 % position shared 50/50
    between two teams is 0.4 in each (R01).
    """
    return sum(percent * share for percent, share in parts) / 10_000
