"""What a file says of one citizen's services, held against her plan in use: which help is which, and what is new.

An empty cell says nothing: what stands of that help, stays. The file tells of all her help: what it does not name
ends. Told twice, nothing is different the second time.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time

from tillit.care.careplans.rules.recurrence import TimeOfDay


@dataclass(frozen=True, slots=True)
class Help:
    """One sort of help, as a file and a plan both tell of it. unit_id: None is her main unit."""

    title: str
    minutes: int
    kind: str = "OTHER"
    helpers: int = 1
    competence: str = ""
    weekdays: str = "1234567"
    every_weeks: int = 1
    goal: str = ""
    unit_id: int | None = None
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class ServiceTold:
    """One row: help at one time of the day. says_unit: whether `help.unit_id` is said, or the row says nothing."""

    help: Help
    time: TimeOfDay
    says_unit: bool = False
    evaluate_on: date | None = None
    starts_on: date | None = None


@dataclass(frozen=True, slots=True)
class Stands:
    """One intervention in the plan in use."""

    intervention_id: int
    help: Help
    times: Mapping[str, TimeOfDay]
    starts_on: date


@dataclass(frozen=True, slots=True)
class Wanted:
    """One intervention of the plan to be. was: the id of the one it goes on from; starts_on: None is from now on."""

    help: Help
    times: tuple[TimeOfDay, ...]
    starts_on: date | None
    was: int | None = None


@dataclass(frozen=True, slots=True)
class PlanWanted:
    """The plan to be. goals: those that are told of, with when to evaluate them; None says nothing."""

    interventions: tuple[Wanted, ...]
    goals: Mapping[str, date | None] = field(default_factory=dict)
    is_same: bool = False


def plan_wanted(told: Sequence[ServiceTold], stands: Sequence[Stands], goals: Mapping[str, date | None]) -> PlanWanted:
    """Return the plan that the rows make of the one that stands.

    told: each title once at each time of the day. stands: help that is not over. goals: those that stand, with when
    they are evaluated. Rows that differ only in when in the day are one intervention with several times. An
    intervention goes on from one that is just as told, else from one of that title, the one with most times in common.
    """
    by_time = {(one.help.title, part): one for one in stands for part in one.times}
    grouped: dict[Help, list[ServiceTold]] = {}
    said: dict[str, date | None] = {}
    for row in told:
        before = by_time.get((row.help.title, row.time.part))
        help_ = row.help
        if before is not None:
            unit_id = help_.unit_id if row.says_unit else before.help.unit_id
            help_ = replace(help_, unit_id=unit_id, goal=help_.goal or before.help.goal)
        if help_.goal:
            said[help_.goal] = said.get(help_.goal) or row.evaluate_on
        grouped.setdefault(help_, []).append(row)
    groups = [
        Wanted(help_, tuple(row.time for row in rows), min(filter(None, (row.starts_on for row in rows)), default=None))
        for help_, rows in grouped.items()
    ]
    left = {one.intervention_id: one for one in stands}
    found: dict[int, Wanted] = {}
    for number, group in enumerate(groups):
        if (same := next((one for one in left.values() if _is_same(group, one)), None)) is not None:
            found[number] = _goes_on(group, left.pop(same.intervention_id))
    is_same = len(found) == len(groups) and not left
    for number, group in enumerate(groups):
        alike = [one for one in left.values() if one.help.title.casefold() == group.help.title.casefold()]
        if number not in found and alike:
            parts = {one.part for one in group.times}
            found[number] = _goes_on(group, left.pop(max(alike, key=lambda one: _rank(one, parts)).intervention_id))
    return PlanWanted(
        tuple(found.get(number, group) for number, group in enumerate(groups)),
        said,
        is_same and all(name in goals and (day is None or day == goals[name]) for name, day in said.items()),
    )


def _rank(one: Stands, parts: set[str]) -> tuple[int, int]:
    return len(parts & one.times.keys()), -one.intervention_id


def _is_same(group: Wanted, one: Stands) -> bool:
    windows = {(now.part, now.earliest, now.latest) for now in group.times}
    return (
        group.help == one.help
        and windows == {(now.part, now.earliest, now.latest) for now in one.times.values()}
        and group.starts_on in (None, one.starts_on)
    )


def _goes_on(group: Wanted, one: Stands) -> Wanted:
    """The intervention with what the file cannot say: since when, and when in the day she wishes it."""
    times = tuple(replace(now, wished=_kept_wish(now, one.times.get(now.part))) for now in group.times)
    return replace(group, times=times, starts_on=group.starts_on or one.starts_on, was=one.intervention_id)


def _kept_wish(now: TimeOfDay, before: TimeOfDay | None) -> time | None:
    if before is None or (before.earliest, before.latest) != (now.earliest, now.latest):
        return None
    return before.wished
