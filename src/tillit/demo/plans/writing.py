"""Writes care plans with all that belongs to them; some with gaps on purpose."""

import random
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from tillit.care.careplans.models import (
    CarePlan,
    Goal,
    GoalProgress,
    Intervention,
    InterventionTime,
    Need,
)
from tillit.care.careplans.rules.recurrence import PlannedHelp, Recurrence, TimeOfDay, weekdays_of
from tillit.demo.people.citizens import Person, PlanPeriod
from tillit.demo.plans.archetypes import BY_CODE, Aim, Help, Slot
from tillit.demo.plans.conversations import Context
from tillit.demo.story.solvik import ANCHOR_DAY, Call, Curated
from tillit.kernel import oslo


def write_plans(context: Context, draw: random.Random, person: Person, *, nights: bool) -> None:
    """Write the plan in use, for some the one it replaced, for some a draft that waits."""
    if person.curated is not None and person.curated.is_new:
        return
    if person.curated is None and _is_quite_new(person, context.anchor) and draw.random() < 0.5:
        return  # new: no plan yet, shown on the board
    needs, aims, helps = (
        _story_parts(context, person.curated) if person.curated else _drawn_parts(draw, person, nights=nights)
    )
    if not helps:
        return
    begins = min(person.first + timedelta(days=draw.randrange(0, 4)), context.anchor)
    if person.curated is not None and person.curated.since_days:
        begins = person.first
    has_two = context.anchor - begins > timedelta(days=60) and draw.random() < (
        0.9 if person.archetype == "story_astrid" else 0.22
    )
    last = person.after
    split = begins + (((last or context.anchor) - begins) * draw.randrange(35, 80)) // 100
    if person.archetype == "story_astrid":
        split = context.anchor - timedelta(days=40)
    lines: dict[tuple[str, int], int] = {}
    goals_wanted = person.curated is not None or draw.random() > 0.03
    if has_two and begins < split < (last or context.anchor):
        before = [replace(one, minutes=max(5, one.minutes + draw.choice((-5, 5, 5, 10)))) for one in helps]
        first_id = _write(
            context, draw, person, needs, aims if goals_wanted else [], before, begins, split, lines, made_from=None
        )
        _write(
            context, draw, person, needs, aims if goals_wanted else [], helps, split, last, lines, made_from=first_id
        )
    else:
        first_id = _write(
            context, draw, person, needs, aims if goals_wanted else [], helps, begins, last, lines, made_from=None
        )
    if last is None and (draw.random() < 0.06 or (person.curated is not None and person.family == "Nygård")):
        changed = [replace(one, minutes=max(5, one.minutes - 5)) for one in helps]
        _write(context, draw, person, needs, aims, changed, None, None, lines, made_from=person.plans[-1].plan_id)


def _is_quite_new(person: Person, anchor: date) -> bool:
    return person.after is None and anchor - person.first < timedelta(days=9)


@dataclass(frozen=True, slots=True)
class _Ready:
    """An intervention ready to be written: what it is, and its times in minutes (part, earliest, latest, wished)."""

    help: Help
    times: tuple[tuple[str, int, int, int | None], ...]
    minutes: int
    weekdays: str


def _drawn_parts(draw: random.Random, person: Person, *, nights: bool) -> tuple[list[str], list[Aim], list[_Ready]]:
    archetype = BY_CODE[person.archetype]
    place = {part: draw.random() for part in ("MORNING", "MIDDAY", "AFTERNOON", "EVENING", "NIGHT")}
    weekday = draw.choice("12345")
    ready = []
    for help_ in archetype.helps:
        slots = tuple(slot for slot in help_.slots if nights or slot.part != "NIGHT")
        if not slots:
            continue
        times: list[tuple[str, int, int, int | None]] = []
        for slot in slots:
            if any(part == slot.part for part, *_ in times):
                continue  # one time for each part of the day
            times.append(_window(slot, place[slot.part], draw.random() < 0.6 or slot.part == "MORNING"))
        weekdays = weekday if len(help_.weekdays) == 1 else help_.weekdays
        minutes = max(5, help_.minutes + 5 * draw.choice((-1, 0, 0, 0, 1))) if help_.minutes >= 15 else help_.minutes
        ready.append(_Ready(help_, tuple(times), minutes, weekdays))
    aims = [draw.choice(options) for options in archetype.aims]
    return list(archetype.needs), aims, ready


def _window(slot: Slot, place: float, wish: bool) -> tuple[str, int, int, int | None]:
    earliest = slot.first + round((slot.last - slot.first) * place / 15) * 15
    return slot.part, earliest, earliest + slot.width, earliest + round(slot.width / 2 / 15) * 15 if wish else None


def _story_parts(context: Context, story: Curated) -> tuple[list[str], list[Aim], list[_Ready]]:
    return (
        [story.need] if story.need else [],
        list(story.aims),
        [_from_call(context, call, story) for call in story.calls],
    )


def _from_call(context: Context, call: Call, story: Curated) -> _Ready:
    weekdays = call.weekdays
    if weekdays in {ANCHOR_DAY, "NEXT"}:
        day = context.anchor + timedelta(days=weekdays == "NEXT")
        weekdays = str(day.isoweekday() if day.isoweekday() < 6 else 1)  # nobody cleans on a Sunday
    aim = call.aim if call.aim is not None and call.aim < len(story.aims) else None
    slot = Slot(call.part, call.start - call.before, call.start - call.before, call.width)
    help_ = Help(
        call.title,
        call.kind,
        call.minutes,
        (slot,),
        weekdays,
        call.how,
        aim,
        call.basis if aim is None else "GOAL",
        call.every_weeks,
        call.helpers,
        call.competence,
        call.profession,
        call.own_visit,
        call.priority,
        call.own_visit and call.kind == "CLEANING",
    )
    time_ = (call.part, call.start - call.before, call.start - call.before + call.width, call.start)
    return _Ready(help_, (time_,), call.minutes, weekdays)


def _write(
    context: Context,
    draw: random.Random,
    person: Person,
    needs: list[str],
    aims: list[Aim],
    helps: list[_Ready],
    first: date | None,
    after: date | None,
    lines: dict[tuple[str, int], int],
    *,
    made_from: int | None,
) -> int:
    """Write one version. first None: a draft, whose goals have no date to look at them on."""
    store = context.store
    made = first or context.anchor - timedelta(days=draw.randrange(1, 9))
    made_at = datetime.combine(made, time(14, 5), tzinfo=oslo.OSLO)
    plan_id = store.add(
        CarePlan,
        citizen_id=person.id,
        made_from_id=made_from,
        made_by_id=person.service_id,
        made_at=made_at,
        changed_by_id=person.service_id,
        changed_at=made_at,
        valid_from=_at(first),
        valid_to=_at(after) if first else None,
    )
    need_ids = [store.add(Need, plan_id=plan_id, text=text, rank=rank) for rank, text in enumerate(needs)]
    goal_ids = []
    for rank, aim in enumerate(aims):
        need_id = need_ids[min(rank, len(need_ids) - 1)] if need_ids else None
        goal_ids.append(_write_goal(context, draw, person, plan_id, need_id, aim, rank, first, after, lines))
    planned = []
    for rank, one in enumerate(helps):
        planned.append(_write_help(context, draw, person, plan_id, goal_ids, aims, one, rank, made, lines))
    if first is not None:
        person.plans.append(PlanPeriod(plan_id, first, after, tuple(planned)))
    return plan_id


def _write_goal(
    context: Context,
    draw: random.Random,
    person: Person,
    plan_id: int,
    need_id: int | None,
    aim: Aim,
    rank: int,
    first: date | None,
    after: date | None,
    lines: dict[tuple[str, int], int],
) -> int:
    store, anchor = context.store, context.anchor
    astrid = person.archetype == "story_astrid"
    evaluate_on: date | None = anchor + timedelta(days=draw.randrange(5, 95))
    if draw.random() < 0.04 and not context.is_story:
        evaluate_on = anchor - timedelta(days=draw.randrange(1, 15))
    state, state_on, responsible = "ACTIVE", None, person.primary_id or person.service_id
    if astrid:
        evaluate_on = anchor + timedelta(days=(7, 30, 21)[rank])
        responsible = (person.therapist_id, person.primary_id, person.service_id)[rank]
        if rank == 1:
            state, state_on = "REACHED", anchor - timedelta(days=6)
    elif person.curated is None and after is None and draw.random() < 0.04:
        state, state_on = "REACHED", anchor - timedelta(days=draw.randrange(2, 40))
    elif person.curated is not None and person.family == "Nygård" and rank == 0:
        evaluate_on = anchor - timedelta(days=1)
    elif person.curated is not None and person.curated.case_number and rank == 1:
        evaluate_on = None  # the picture of the decision shows what a missing day means
    if first is None:
        evaluate_on, state, state_on = (None if rank == 0 else evaluate_on), "ACTIVE", None
    hangs_on = draw.random() > 0.08 or person.curated is not None  # goals written by hand are the citizen's own words
    linked = (person.matters_id or None) if hangs_on else None
    number = store.add(
        Goal,
        plan_id=plan_id,
        need_id=need_id,
        matters_id=linked,
        words=aim.words,
        agreed=aim.agreed,
        unit_of_measure=aim.measure,
        start_value=aim.start,
        now_value=aim.now,
        target_value=aim.target,
        start_words=aim.start_words,
        now_words=aim.now_words,
        target_words=aim.target_words,
        evaluate_on=evaluate_on,
        responsible_id=responsible or None,
        state=state,
        state_on=state_on,
        line=lines.get(("goal", rank)),
        rank=rank,
    )
    if ("goal", rank) not in lines:
        lines["goal", rank] = number
        store.change_last(Goal, line=number)
    if first is not None and after is None:
        _write_progress(context, draw, person, number, aim, first, responsible)
    return number


def _write_progress(
    context: Context, draw: random.Random, person: Person, goal_id: int, aim: Aim, first: date, responsible: int
) -> None:
    until = context.anchor
    steps = 6 if person.archetype == "story_astrid" else draw.randrange(2, 5)
    span = max(1, (until - first).days)
    for step in range(1, steps + 1):
        on = until - timedelta(days=min(span, (steps - step) * 5 + 1))
        if on < first:
            continue
        at = datetime.combine(on, time(13, 40), tzinfo=oslo.OSLO)
        if aim.start is not None and aim.now is not None:
            value = aim.start + (aim.now - aim.start) * Decimal(step) / Decimal(steps)
            if 1 < step < steps and draw.random() < 0.25:
                value = aim.start + (aim.now - aim.start) * Decimal(step - 1) / Decimal(steps)
            context.store.add(
                GoalProgress,
                goal_id=goal_id,
                on=on,
                value=round(value),
                recorded_by_id=responsible or None,
                recorded_at=at,
            )
        elif aim.now_words and step == steps:
            context.store.add(
                GoalProgress,
                goal_id=goal_id,
                on=on,
                words=aim.now_words,
                recorded_by_id=responsible or None,
                recorded_at=at,
            )


def _write_help(
    context: Context,
    draw: random.Random,
    person: Person,
    plan_id: int,
    goal_ids: list[int],
    aims: list[Aim],
    one: _Ready,
    rank: int,
    starts_on: date,
    lines: dict[tuple[str, int], int],
) -> PlannedHelp:
    store, help_ = context.store, one.help
    goal = help_.aim if help_.aim is not None and help_.aim < len(goal_ids) else None
    unlinked = goal is None and help_.basis == "GOAL"
    begins = starts_on - timedelta(days=(rank + person.id) % 3 * 7) if help_.every_weeks > 1 else starts_on
    if person.curated is not None and help_.every_weeks > 1:
        ahead = (int(help_.weekdays) - context.anchor.isoweekday()) % 7
        begins = context.anchor + timedelta(days=ahead) - timedelta(days=21 * 40)
    number = store.add(
        Intervention,
        plan_id=plan_id,
        goal_id=goal_ids[goal] if goal is not None else None,
        unit_id=person.carrier(help_.kind),
        basis="SAFETY" if unlinked and draw.random() < 0.5 else help_.basis,
        title=help_.title,
        how=help_.how,
        kind=help_.kind,
        minutes=one.minutes,
        helpers=help_.helpers,
        competence_id=context.competences[help_.competence] if help_.competence else None,
        responsible_profession=help_.profession,
        separate_visit=help_.own_visit,
        priority=help_.priority,
        weekdays=one.weekdays,
        every_weeks=help_.every_weeks,
        on_holidays="SKIP" if help_.skip_holidays else "AS_USUAL",
        starts_on=begins,
        least_minutes=help_.least,
        most_minutes=help_.most,
        line=lines.get(("help", rank)),
        rank=rank,
    )
    if ("help", rank) not in lines:
        lines["help", rank] = number
        store.change_last(Intervention, line=number)
        person.slowness[number] = _slowness(draw)
    times = []
    for part, earliest, latest, wished in one.times:
        wish = _clock(wished) if wished is not None else None
        store.add(
            InterventionTime,
            intervention_id=number,
            part_of_day=part,
            earliest=_clock(earliest),
            latest=_clock(latest),
            wished=wish,
        )
        times.append(TimeOfDay(part, _clock(earliest), _clock(latest), wish))
    return PlannedHelp(
        intervention_id=number,
        line=lines["help", rank],
        title=help_.title,
        kind=help_.kind,
        minutes=one.minutes,
        recurrence=Recurrence(weekdays_of(one.weekdays), begins, help_.every_weeks, None, help_.skip_holidays),
        times=tuple(times),
        how=help_.how,
        goal_words=aims[goal].words if goal is not None else "",
        helpers=help_.helpers,
        competence=help_.competence,
        priority=help_.priority,
        needs_own_visit=help_.own_visit,
        least_minutes=help_.least,
        most_minutes=help_.most,
        rank=rank,
        unit_id=person.carrier(help_.kind),
    )


def _slowness(draw: random.Random) -> float:
    """How long it takes this citizen against the plan: most near one, some clearly more or less."""
    if draw.random() < 0.75:
        return draw.uniform(0.92, 1.1)
    return draw.choice((draw.uniform(0.6, 0.8), draw.uniform(1.3, 1.7), draw.uniform(1.3, 1.6)))


def _clock(minutes: int) -> time:
    return time(minutes % 1440 // 60, minutes % 60)


def _at(day: date | None) -> datetime | None:
    return datetime.combine(day, time(0), tzinfo=oslo.OSLO) if day else None
