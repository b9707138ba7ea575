"""From the interventions of a plan to the visits of one day.

Interventions at the same part of the day become one visit when their windows meet: people are visited, not tasks.
Where two units share the help, each has its own visits: nobody is asked to do what the plan gave another team.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import pairwise

from tillit.care.careplans.rules.recurrence import PARTS_OF_DAY, PlannedHelp, TimeOfDay
from tillit.foundation.workforce.competence_catalogue import NURSING
from tillit.kernel import oslo
from tillit.kernel.periods import Period

HORIZON_DAYS = 14
"""Visits are made for today and the 13 days after. Long enough for the shift plan and for telling the citizen who
comes, short enough that a plan change does not rewrite what nobody has looked at."""

DAY_FROM = time(7)
EVENING_FROM = time(15)
NIGHT_FROM = time(22, 30)
"""Clock times in Oslo that part a day between the shifts, read at the middle of a visit's window."""

HOME_HELPER, HEALTH_WORKER, NURSE = 0, 1, 2
_LEVELS: Mapping[str, int] = {
    "PERSONAL_CARE": HEALTH_WORKER,
    "MEDICATION": HEALTH_WORKER,
    "WOUND": HEALTH_WORKER,
    "TRAINING": HEALTH_WORKER,
    "SUPERVISION": HEALTH_WORKER,
    "NURSING": NURSE,
}


@dataclass(frozen=True, slots=True)
class DraftTask:
    """One thing to do in a visit. intervention_id: of the plan the visit is made from."""

    intervention_id: int
    line: int
    title: str
    how: str
    goal_words: str
    minutes: int


@dataclass(frozen=True, slots=True)
class DraftVisit:
    """A visit as the plan wants it. Moments are aware UTC; `on` is the day in Oslo it belongs to.

    unit_id: a unit beside the citizen's main one; None is the main unit.
    """

    on: date
    slot: str
    part_of_day: str
    shift_kind: str
    title: str
    earliest_at: datetime
    latest_at: datetime
    wished_at: datetime | None
    minutes: int
    helpers: int
    needs: tuple[str, ...]
    level: int
    priority: int
    tasks: tuple[DraftTask, ...]
    unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class DraftLink:
    """Least and most minutes between the starts of two visits of the day, named by their slots."""

    first_slot: str
    then_slot: str
    least_minutes: int | None
    most_minutes: int | None


@dataclass(frozen=True, slots=True)
class _Occurrence:
    help: PlannedHelp
    part: str
    window: Period
    wished_at: datetime | None


def visits_on(
    day: date,
    helps: Sequence[PlannedHelp],
    *,
    learned: Mapping[int, int] | None = None,
    beside: frozenset[int] = frozenset(),
) -> list[DraftVisit]:
    """Return the visits one citizen should have on `day`, in the order of the day.

    helps: the interventions of the plan in use. learned: minutes by line, where there is a basis (rules.learning);
    others take what the plan says. Each visit holds the interventions of one part of the day whose windows meet:
    its window is what they share, minutes are summed, helpers and level are the highest, priority the most
    pressing, competences all of them. An intervention that needs its own visit, or whose window meets no other,
    stands alone. Slots are unique within the day and the same every time the same plan is asked.

    beside: the units that follow the citizen on `day` beside her main one. What the plan gives one of these is in
    visits of its own, with the unit in the slot; all else, also what it gives a unit that does not follow her, is the
    main unit's, whose slots are the same whoever else there is.
    """
    found: list[DraftVisit] = []
    minutes = learned or {}
    for part, of_part in _by_part(day, helps).items():
        by_unit: dict[int | None, list[_Occurrence]] = {}
        for one in of_part:
            by_unit.setdefault(one.help.unit_id if one.help.unit_id in beside else None, []).append(one)
        for unit_id, occurrences in by_unit.items():
            found += _of_unit(day, part, unit_id, occurrences, minutes)
    return sorted(found, key=lambda visit: (visit.earliest_at, visit.latest_at, visit.slot))


def slot_of(name: str, unit_id: int | None) -> str:
    """Return the name of a visit within the citizen's day: of the main unit as it is, of others with the unit."""
    return name if unit_id is None else f"{name}@{unit_id}"


def part_named_by(slot: str) -> str:
    """Return the part of the day that a slot is the first, gathered visit of; empty for all other slots."""
    name = slot.partition("@")[0]
    return name if name in PARTS_OF_DAY else ""


def _of_unit(
    day: date, part: str, unit_id: int | None, occurrences: Sequence[_Occurrence], learned: Mapping[int, int]
) -> list[DraftVisit]:
    """One unit's visits in one part of the day."""
    together = [one for one in occurrences if not one.help.needs_own_visit]
    named = [
        (part if number == 0 else f"{part}:{min(one.help.line for one in group)}", group)
        for number, group in enumerate(_meeting(together))
    ]
    named += [(f"{part}:{one.help.line}", [one]) for one in occurrences if one.help.needs_own_visit]
    return [_visit(day, slot_of(name, unit_id), group, learned, unit_id) for name, group in named]


def links_on(visits: Sequence[DraftVisit], helps: Iterable[PlannedHelp]) -> list[DraftLink]:
    """Return what must lie between the visits of one day, from interventions with least or most minutes.

    Each pair of successive times of such an intervention gives a link; where several ask for the same pair, the
    longest least and the shortest most count, though never a most below the least.
    """
    bounds: dict[tuple[str, str], tuple[int | None, int | None]] = {}
    for help_ in helps:
        if help_.least_minutes is None and help_.most_minutes is None:
            continue
        own = [visit.slot for visit in visits if any(task.line == help_.line for task in visit.tasks)]
        for first, then in pairwise(own):
            least, most = bounds.get((first, then), (None, None))
            least = max((n for n in (least, help_.least_minutes) if n is not None), default=None)
            most = min((n for n in (most, help_.most_minutes) if n is not None), default=None)
            if least is not None and most is not None:
                most = max(most, least)
            bounds[first, then] = (least, most)
    return [DraftLink(first, then, least, most) for (first, then), (least, most) in bounds.items()]


def level_of_help(kind: str, competence: str) -> int:
    """Return the least training that suffices: 0 home helper, 1 health worker, 2 nurse.

    Read from the kind of help; the competence «sykepleie» asks for a nurse whatever the kind. Other competences are
    asked for by themselves (`needs`), for they can be held by either profession.
    """
    return NURSE if competence == NURSING else _LEVELS.get(kind, HOME_HELPER)


def shift_kind_of(window: Period) -> str:
    """Return DAY, EVENING or NIGHT: the shift at work in the middle of the window, by the clock in Oslo."""
    clock = oslo.clock_of(window.start + window.length / 2)
    if DAY_FROM <= clock < EVENING_FROM:
        return "DAY"
    return "EVENING" if EVENING_FROM <= clock < NIGHT_FROM else "NIGHT"


def _by_part(day: date, helps: Sequence[PlannedHelp]) -> dict[str, list[_Occurrence]]:
    found: dict[str, list[_Occurrence]] = {part: [] for part in PARTS_OF_DAY}
    for help_ in sorted(helps, key=lambda one: (one.rank, one.line)):
        if not help_.recurrence.happens_on(day):
            continue
        for one in help_.times:
            window = one.window_on(day)
            found[one.part].append(_Occurrence(help_, one.part, window, _wished_at(day, one, window)))
    return found


def _wished_at(day: date, one: TimeOfDay, window: Period) -> datetime | None:
    if one.wished is None:
        return None
    days = {day, oslo.day_of(window.start), oslo.day_of(window.end)}
    inside = [at for at in (oslo.moment(each, one.wished) for each in sorted(days)) if _within(at, window)]
    return inside[0] if inside else None


def _within(at: datetime, window: Period) -> bool:
    return window.start <= at <= window.end


def _meeting(occurrences: Sequence[_Occurrence]) -> list[list[_Occurrence]]:
    """Put each, the earliest first, in the first group whose shared window it meets."""
    groups: list[tuple[Period, list[_Occurrence]]] = []
    for one in sorted(
        occurrences, key=lambda each: (each.window.start, each.window.end, each.help.rank, each.help.line)
    ):
        for number, (shared, members) in enumerate(groups):
            start, end = max(shared.start, one.window.start), min(shared.end, one.window.end)
            if start <= end:
                groups[number] = (Period(start, end), [*members, one])
                break
        else:
            groups.append((one.window, [one]))
    return [members for _, members in groups]


def _visit(
    day: date, slot: str, members: Sequence[_Occurrence], learned: Mapping[int, int], unit_id: int | None
) -> DraftVisit:
    ordered = sorted(members, key=lambda one: (one.help.rank, one.help.line))
    window = Period(max(one.window.start for one in members), min(one.window.end for one in members))
    helps = [one.help for one in ordered]
    tasks = tuple(
        DraftTask(
            intervention_id=help_.intervention_id,
            line=help_.line,
            title=help_.title,
            how=help_.how,
            goal_words=help_.goal_words,
            minutes=learned.get(help_.line, help_.minutes),
        )
        for help_ in helps
    )
    return DraftVisit(
        on=day,
        slot=slot,
        part_of_day=ordered[0].part,
        shift_kind=shift_kind_of(window),
        title=helps[0].title if len(helps) == 1 else "",
        earliest_at=window.start,
        latest_at=window.end,
        wished_at=_wish(ordered, window),
        minutes=sum(task.minutes for task in tasks),
        helpers=max(help_.helpers for help_ in helps),
        needs=tuple(sorted({help_.competence for help_ in helps if help_.competence})),
        level=max(level_of_help(help_.kind, help_.competence) for help_ in helps),
        priority=min(help_.priority for help_ in helps),
        tasks=tasks,
        unit_id=unit_id,
    )


def _wish(ordered: Sequence[_Occurrence], window: Period) -> datetime | None:
    """The wish of the most pressing intervention that has one and fits the shared window."""
    wishes = [
        (one.help.priority, one.wished_at)
        for one in ordered
        if one.wished_at is not None and _within(one.wished_at, window)
    ]
    return min(wishes, key=lambda wish: wish[0])[1] if wishes else None
