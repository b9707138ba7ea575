"""Look-ups that stand out, each for one stated reason: pure, on plain values. No sum, no score, no ranking of anybody.

That something stands out is a reason to ask, not a finding of wrong: most have a good explanation. The rules, their
bounds and an example reckoned by hand stand in docs/how-we-count/unusual-lookups.md.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from tillit.kernel import oslo
from tillit.kernel.geo import Place, metres_between
from tillit.kernel.periods import Period

NEAR_DAYS = 7
"""A visit so many days before or after explains that somebody opened the record."""
NEAR_SHIFT = timedelta(hours=24)
"""So does a shift that began or ended within a day."""
MANY = 20
"""Opening this many citizens within an hour is asked about."""
WITHIN = timedelta(hours=1)
NIGHT_STARTS, NIGHT_ENDS = time(22), time(6)
AROUND_SHIFT = timedelta(hours=1)
"""Before and after a shift, when the night rule still takes it for the shift's."""
SEVERAL_REFUSED = 3
"""Different things asked for in vain on one day. One wrong address is nothing to ask about."""
NEIGHBOUR_METRES = 30
"""Closer than this is the same house as far as coordinates can tell."""
SAMPLE = 5
"""Ordinary look-ups drawn by lot for each review."""


class Rule(StrEnum):
    """Why a look-up stands out."""

    NO_VISIT_NEAR = "NO_VISIT_NEAR"
    MANY = "MANY"
    SAME_NAME = "SAME_NAME"
    SAME_HOME = "SAME_HOME"
    FORMER = "FORMER"
    NIGHT = "NIGHT"
    REFUSED = "REFUSED"
    SAMPLE = "SAMPLE"


_OF_THE_PAIR = frozenset({Rule.SAME_NAME, Rule.SAME_HOME})
"""About who the two are, not about a day: asked about once."""


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody opened one citizen's data (not a list). at: aware UTC. ground: a code of access.grounds.

    device, network: from where, by access.whence. No rule asks them: they help whoever asks about a look-up.
    """

    user_id: int
    citizen_id: int
    at: datetime
    ground: str = ""
    device: str = ""
    network: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """Somebody asked for a certain thing and was told no."""

    user_id: int
    at: datetime
    asked_for: str


@dataclass(frozen=True, slots=True)
class Employee:
    """What is known of the one who looked.

    goes_out: she visits citizens, so that visits and shifts are to be expected. visits: (citizen, day).
    answers_for: citizens she is responsible, contact or case worker for. home: where she lives, if known.
    """

    user_id: int
    family_name: str
    goes_out: bool
    shifts: tuple[Period, ...] = ()
    visits: frozenset[tuple[int, date]] = frozenset()
    answers_for: frozenset[int] = frozenset()
    home: Place | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """What is known of the citizen."""

    family_name: str
    home: Place | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to ask somebody about, once. citizen_ids: by number; none when she did not see anybody.

    count: times (of one citizen), citizens, or things asked for (REFUSED).
    """

    rule: Rule
    user_id: int
    citizen_ids: tuple[int, ...]
    on: date
    first_at: datetime
    last_at: datetime
    count: int

    @property
    def key(self) -> str:
        """The finding's name, the same every time the rules are asked, and another when more has come to it."""
        if self.rule in _OF_THE_PAIR:
            return f"{self.rule}:{self.user_id}:{self.citizen_ids[0]}"
        about = self.citizen_ids[0] if self.rule == Rule.SAMPLE else f"x{self.count}"
        return f"{self.rule}:{self.user_id}:{self.on.isoformat()}:{about}"


def findings(
    looks: Iterable[Look],
    refused: Iterable[Refused],
    *,
    employees: Mapping[int, Employee],
    citizens: Mapping[int, Person],
    draw: Callable[[str], str],
) -> tuple[Finding, ...]:
    """Return what stands out, the newest day first, and then a sample of what does not.

    One finding for each rule, person and day, with the citizens it is about; of the same name or home one for each
    pair; in the sample one for each citizen. Nobody is judged by what is not known of her.
    draw: text → its place in the lot, which nobody who looks can foresee or choose.
    """
    by_day: dict[tuple[int, int, date], list[Look]] = {}
    by_user: dict[int, list[Look]] = {}
    for look in sorted(looks, key=lambda one: (one.at, one.citizen_id)):
        by_day.setdefault((look.user_id, look.citizen_id, oslo.day_of(look.at)), []).append(look)
        by_user.setdefault(look.user_id, []).append(look)
    found: list[Finding] = []
    ordinary: list[Finding] = []
    of_the_day: dict[tuple[Rule, int, date], list[Look]] = {}
    for (user_id, citizen_id, day), group in by_day.items():
        rules = _rules_for(group, employees.get(user_id), citizens.get(citizen_id))
        for rule, those in rules:
            if rule in _OF_THE_PAIR:
                found.append(_finding(rule, those))
            else:
                of_the_day.setdefault((rule, user_id, day), []).extend(those)
        if not rules:
            ordinary.append(_finding(Rule.SAMPLE, group))
    found += [_finding(rule, group) for (rule, _user, _day), group in of_the_day.items()]
    for group in by_user.values():
        found += _many(group)
    found += _refused(refused)
    sample = sorted(ordinary, key=lambda one: draw(one.key))[:SAMPLE]
    once = {one.key: one for one in sorted(found, key=lambda one: one.on)}  # the newest of what is asked about once
    return (*sorted(once.values(), key=_order), *sorted(sample, key=_order))


def _order(one: Finding) -> tuple[int, str, str]:
    """The newest day first; within a day by rule and key, so that nobody stands first for being herself."""
    return (-one.on.toordinal(), one.rule, one.key)


def _finding(rule: Rule, looks: Sequence[Look]) -> Finding:
    times = sorted(look.at for look in looks)
    citizens = tuple(sorted({look.citizen_id for look in looks}))
    count = len(citizens) if len(citizens) > 1 else len(looks)
    return Finding(rule, looks[0].user_id, citizens, oslo.day_of(times[0]), times[0], times[-1], count)


def _rules_for(
    looks: Sequence[Look], employee: Employee | None, citizen: Person | None
) -> list[tuple[Rule, Sequence[Look]]]:
    """Return the rules that one person's looks at one citizen on one day fall under, with the looks that do."""
    found: list[tuple[Rule, Sequence[Look]]] = []
    if former := [look for look in looks if look.ground == "FORMER"]:
        found.append((Rule.FORMER, former))
    if employee is None:
        return found
    if employee.goes_out and (far := [look for look in looks if _is_far(look, employee)]):
        found.append((Rule.NO_VISIT_NEAR, far))
    if employee.goes_out and (late := [look for look in looks if _is_night(look, employee)]):
        found.append((Rule.NIGHT, late))
    if citizen is not None:
        if citizen.family_name and citizen.family_name.casefold() == employee.family_name.casefold():
            found.append((Rule.SAME_NAME, looks))
        if employee.home and citizen.home and metres_between(employee.home, citizen.home) < NEIGHBOUR_METRES:
            found.append((Rule.SAME_HOME, looks))
    return found


def _is_far(look: Look, employee: Employee) -> bool:
    """Whether neither a visit, a shift nor a duty to the citizen stands near a look in time."""
    if look.citizen_id in employee.answers_for:
        return False
    if any(shift.start - NEAR_SHIFT <= look.at < shift.end + NEAR_SHIFT for shift in employee.shifts):
        return False
    day = oslo.day_of(look.at)
    near = range(-NEAR_DAYS, NEAR_DAYS + 1)
    return not any((look.citizen_id, day + timedelta(days=step)) in employee.visits for step in near)


def _is_night(look: Look, employee: Employee) -> bool:
    clock = oslo.clock_of(look.at)
    if NIGHT_ENDS <= clock < NIGHT_STARTS:
        return False
    return not any(shift.start - AROUND_SHIFT <= look.at < shift.end + AROUND_SHIFT for shift in employee.shifts)


def _many(looks: Sequence[Look]) -> list[Finding]:
    """Return one finding for each day with MANY different citizens opened within an hour: the hour with most."""
    most: dict[date, Finding] = {}
    first = 0
    for last, look in enumerate(looks):
        while look.at - looks[first].at >= WITHIN:
            first += 1
        if last - first + 1 < MANY:
            continue  # fewer looks than that are fewer citizens
        citizens = {one.citizen_id for one in looks[first : last + 1]}
        day = oslo.day_of(look.at)
        if len(citizens) >= MANY and (day not in most or len(citizens) > most[day].count):
            ids = tuple(sorted(citizens))
            most[day] = Finding(Rule.MANY, look.user_id, ids, day, looks[first].at, look.at, len(citizens))
    return list(most.values())


def _refused(tries: Iterable[Refused]) -> list[Finding]:
    by_day: dict[tuple[int, date], list[Refused]] = {}
    for one in sorted(tries, key=lambda one: one.at):
        by_day.setdefault((one.user_id, oslo.day_of(one.at)), []).append(one)
    return [
        Finding(Rule.REFUSED, user_id, (), day, group[0].at, group[-1].at, different)
        for (user_id, day), group in by_day.items()
        if (different := len({one.asked_for for one in group})) >= SEVERAL_REFUSED
    ]
