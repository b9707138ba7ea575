"""A team's shifts and absences, day by day, and who steps in for those who are away."""

import random
from datetime import date, datetime, time, timedelta

from tillit.demo.chance import Chance
from tillit.demo.people import rosters
from tillit.demo.people.rosters import DAY, EVENING, NIGHT, Away, Rota
from tillit.demo.people.staff import Member, OnShift, Staff
from tillit.demo.people.teams import TeamPlan
from tillit.demo.store import Store
from tillit.demo.story.solvik import FELL_ILL
from tillit.foundation.workforce.models import (
    Absence,
    Shift,
)
from tillit.kernel import oslo

#: Shifts are made this many days ahead: six weeks.
SHIFTS_AHEAD = 42
#: Somebody to cover for those away is looked for this many days ahead.
COVER_AHEAD = 7
#: Those who take others' shifts.
FLEXIBLE = frozenset({"TEMP", "MIXED", "EVENING"})
#: Nobody is left alone with a team's visits by day or in the evening: the leader asks until somebody comes.
LEAST_AT_WORK = 2
SMALL_TEAM = 8  # with fewer, one at work is what there is
#: The day shown needs its people whatever weekday it is: on a weekend these two take an extra shift.
EXTRA_AT_WEEKENDS = ("AY", "SH")


def make_shifts(
    store: Store,
    chance: Chance,
    plan: TeamPlan,
    members: list[Member],
    unit_id: int,
    *,
    anchor: date,
    first: date,
    copy: int,
) -> Staff:
    """Roll the base roster over [first, anchor + 42 days), write shifts and absences, and let others step in."""
    draw = chance.stream("roster", copy, plan.name)
    rotas = [Rota(one.percent, one.flavour, one.level == 2) for one in members]
    pins, closed = _pins(plan, members, anchor)
    roster = rosters.base_roster(draw, rotas, plan.demand, pins, closed)
    after = anchor + timedelta(days=SHIFTS_AHEAD)
    changed = anchor - timedelta(days=plan.changed_days_ago)
    for number, one in enumerate(members):
        away_draw = chance.stream("absence", copy, plan.name, number)
        one.away = rosters.absences(
            away_draw,
            first - timedelta(days=21),
            after + timedelta(days=21),
            anchor=anchor,
            sick=plan.sick,
            changed=changed,
            well_on=_is_shown(plan, one),
        )
        if plan.named and one.initials == FELL_ILL:
            one.away = [spell for spell in one.away if spell.after is None or spell.after <= anchor]
            one.away.append(Away("SELF_CERTIFIED", anchor, anchor + timedelta(days=2)))
        if plan.named and one.initials == "SS":
            one.away = [spell for spell in one.away if spell.kind != "COURSE"]
            one.away.append(Away("COURSE", anchor + timedelta(days=3), anchor + timedelta(days=4)))
        for spell in one.away:
            reported = min(datetime.combine(spell.first, time(6, 10), tzinfo=oslo.OSLO), _moment(anchor, 370))
            if plan.named and one.initials == FELL_ILL and spell.first == anchor:
                reported = _moment(anchor, 462)
            store.add(
                Absence,
                employee_id=one.id,
                kind=spell.kind,
                valid_from=spell.first,
                valid_to=spell.after,
                reported_at=reported,
            )
    staff = Staff(members)
    _roll(store, draw, plan, staff, roster, unit_id, first=first, after=after, anchor=anchor)
    return staff


def _is_shown(plan: TeamPlan, one: Member) -> bool:
    """Whether she is one of those the demo counts on being at work on the day shown."""
    if plan.face is not None and (one.given, one.family) == plan.face[:2]:
        return True
    return any((one.given, one.family) == (named.given, named.family) for named in plan.named)


def _pins(
    plan: TeamPlan, members: list[Member], anchor: date
) -> tuple[dict[tuple[int, int], str], frozenset[tuple[int, int]]]:
    day = anchor.weekday()
    if plan.face is not None and _is_shown(plan, members[0]):
        return {(0, each): DAY for each in ((5, 6) if day >= 5 else (day,))}, frozenset()
    if not plan.named:
        return {}, frozenset()
    place = {one.initials: number for number, one in reversed(list(enumerate(members)))}
    by_day = ("KN", "IS", "PN", "HL", "JB") if day >= 5 else ("KN", "IS", "AY", "PN", "HL", "SH", "TD", "JB")
    days = (5, 6) if day >= 5 else (day,)
    pins = {(place[initials], each): DAY for initials in by_day for each in days}
    pins |= {(place[initials], each): EVENING for initials in ("OV", "EM") for each in days}
    if day >= 5:
        extra = (place[initials] for initials in EXTRA_AT_WEEKENDS)
        return pins, frozenset((number, each) for number in extra for each in (4, 5, 6))
    closed = frozenset((number, day) for number, one in enumerate(members) if one.visits and (number, day) not in pins)
    return pins, closed


def _roll(
    store: Store,
    draw: random.Random,
    plan: TeamPlan,
    staff: Staff,
    roster: rosters.BaseRoster,
    unit_id: int,
    *,
    first: date,
    after: date,
    anchor: date,
) -> None:
    monday = anchor - timedelta(days=anchor.weekday())
    worked: dict[int, dict[date, str]] = {one.id: {} for one in staff.members}
    day = first
    while day < after:
        cycle_day = (day - monday).days % rosters.CYCLE
        missing: list[tuple[str, int]] = []  # kind, and the work group it is for
        for number, one in enumerate(staff.members):
            kind = roster.of(number, cycle_day)
            if kind and day >= one.employed_from:
                _add_shift(store, staff, one, unit_id, day, kind, extra=False, group_id=one.group_id)
                if one.is_away(day):
                    missing.append((kind, one.group_id))
                else:
                    worked[one.id][day] = kind
        if day == anchor and plan.named:
            steps_in = {"ES": EVENING} | dict.fromkeys(EXTRA_AT_WEEKENDS if day.weekday() >= 5 else (), DAY)
            for one in staff.members:
                if one.initials in steps_in and one.given in {"Emil", "Amina", "Samira"}:
                    _add_shift(store, staff, one, unit_id, day, steps_in[one.initials], extra=True)
                    worked[one.id][day] = steps_in[one.initials]
        elif day < anchor + timedelta(days=COVER_AHEAD):
            if day.weekday() >= 5:
                missing += [(kind, 0) for kind in _weekend_gaps(plan, staff, roster, cycle_day)]
            for kind, group_id in missing:
                if (
                    kind == NIGHT
                    or day.weekday() >= 5
                    or day == anchor
                    or draw.random() < (0.7 if plan.sick[1] > 0.12 else 0.88)
                ):
                    _step_in(store, draw, staff, roster, worked, unit_id, day, cycle_day, kind, group_id)
            for kind in (DAY, EVENING):
                for _ in range((LEAST_AT_WORK if len(staff.members) >= SMALL_TEAM else 1) - _at_work(staff, day, kind)):
                    _step_in(store, draw, staff, roster, worked, unit_id, day, cycle_day, kind, 0, must=True)
        day += timedelta(days=1)


def _at_work(staff: Staff, day: date, kind: str) -> int:
    """How many go out for the team itself: a work group's people have lists of their own by day."""
    return sum(one.kind == kind and not one.group_id for one in staff.present[day])


def _weekend_gaps(plan: TeamPlan, staff: Staff, roster: rosters.BaseRoster, cycle_day: int) -> list[str]:
    """What the base roster leaves open at weekends: temps with weekend positions take it."""
    gaps: list[str] = []
    for kind, wanted in ((DAY, plan.demand.weekend_day), (EVENING, plan.demand.weekend_evening)):
        there = sum(roster.of(number, cycle_day) == kind for number in range(len(staff.members)))
        gaps += [kind] * max(0, wanted - there)
    return gaps


def _step_in(
    store: Store,
    draw: random.Random,
    staff: Staff,
    roster: rosters.BaseRoster,
    worked: dict[int, dict[date, str]],
    unit_id: int,
    day: date,
    cycle_day: int,
    kind: str,
    group_id: int,
    *,
    must: bool = False,
) -> None:
    """Give the shift to the one whom it costs least. must: also many days in a row, but with eleven hours' rest."""
    best: tuple[float, int] | None = None
    for number, one in enumerate(staff.members):
        suits = (
            one.flavour == "NIGHT" if kind == NIGHT else one.flavour in (FLEXIBLE | {"WEEKDAY"} if must else FLEXIBLE)
        )
        if (
            not suits
            or one.is_away(day)
            or day < one.employed_from
            or roster.of(number, cycle_day)
            or day in worked[one.id]
        ):
            continue
        before = worked[one.id].get(day - timedelta(days=1), "")
        next_ = roster.of(number, cycle_day + 1)
        if (
            (kind == DAY and before in {EVENING, NIGHT})
            or (kind != DAY and next_ == DAY)
            or (kind == EVENING and before == NIGHT)
        ):
            continue
        lately = sum(day - timedelta(days=back) in worked[one.id] for back in range(1, 7))
        ahead = sum(bool(roster.of(number, cycle_day + step)) for step in range(1, 7))
        run = 0
        while day - timedelta(days=run + 1) in worked[one.id]:
            run += 1
        while roster.of(number, cycle_day + run + 1) and run < 6 and run == 0:
            run += 1
        if not must and (lately >= 5 or run >= 5 or lately + ahead >= (9 if one.percent < 100 else 8)):
            continue
        cost = lately + (0 if one.is_temp else 2.5 if one.percent < 100 else 4.5) + draw.random()
        if best is None or cost < best[0]:
            best = (cost, number)
    if best is not None:
        one = staff.members[best[1]]
        worked[one.id][day] = kind
        _add_shift(store, staff, one, unit_id, day, kind, extra=True, group_id=group_id)


def _add_shift(
    store: Store,
    staff: Staff,
    one: Member,
    unit_id: int,
    day: date,
    kind: str,
    *,
    extra: bool,
    group_id: int = 0,
) -> None:
    clock = one.starts if kind == DAY else rosters.EVENING_START if kind == EVENING else rosters.NIGHT_START
    starts_at = _moment(day, clock)
    ends_at = _moment(day, clock + (rosters.NIGHT_LENGTH if kind == NIGHT else rosters.LENGTH))
    store.add(
        Shift,
        employee_id=one.id,
        unit_id=group_id or unit_id,
        kind=kind,
        on=day,
        starts_at=starts_at,
        ends_at=ends_at,
        is_extra=extra,
    )
    if not one.is_away(day) and one.visits:
        base = _moment(day, 0)
        staff.present[day].append(
            OnShift(
                one,
                kind,
                int((starts_at - base).total_seconds()) // 60,
                int((ends_at - base).total_seconds()) // 60,
                group_id,
            )
        )


def add_office_shifts(
    store: Store,
    employee_id: int,
    unit_id: int,
    *,
    first: date,
    after: date,
    on: tuple[int, ...] = (0, 1, 2, 3, 4),
    start: int = 480,
    end: int = 930,
    office: bool = True,
    every_other_from: date | None = None,
    odd: bool = False,
) -> None:
    """Write shifts on weekdays for those with office hours. every_other_from: days an even number away."""
    day = first
    while day < after:
        if day.weekday() in on and (every_other_from is None or ((day - every_other_from).days % 2 == 1) == odd):
            store.add(
                Shift,
                employee_id=employee_id,
                unit_id=unit_id,
                kind=DAY,
                on=day,
                starts_at=_moment(day, start),
                ends_at=_moment(day, end),
                office=office,
            )
        day += timedelta(days=1)


def _moment(day: date, minutes: int) -> datetime:
    """The moment when the clock shows so many minutes after midnight, the next day's when past 24 hours."""
    days, rest = divmod(minutes, 1440)
    return oslo.moment(day + timedelta(days=days), time(rest // 60, rest % 60))
