"""Which services a citizen's plan stands for, and how much of each."""

import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from tillit.care.careplans.rules.recurrence import PlannedHelp
from tillit.demo.people.citizens import Person
from tillit.demo.words import cases as words

SPAN = 20
MOSTLY = Decimal("0.85")
"""What comes every third week swings from week to week: a frame is for help that mostly is the same each week."""
LEAST_FRAMED = 60
"""Minutes a week: less than this is decided as it is, for five minutes more would leave a span."""
REABLEMENT_TRAINER = "REHAB"
_ASSISTANCE = frozenset({"CLEANING", "ERRAND", "SOCIAL"})


@dataclass(frozen=True, slots=True)
class Needed:
    """One service with its extent; weekly: the same every week, so that a frame with a span fits it."""

    code: str
    extent: Decimal
    content: str
    weekly: bool = True
    days: int | None = None


def service_of(help_: PlannedHelp) -> str:
    """Return the service an intervention belongs to."""
    if help_.kind == "TRAINING":
        return "REABLEMENT" if help_.competence == REABLEMENT_TRAINER else "HOME_NURSING"
    return "PRACTICAL_ASSISTANCE" if help_.kind in _ASSISTANCE else "HOME_NURSING"


def minutes_a_week(help_: PlannedHelp) -> Decimal:
    """Return what an intervention takes on average."""
    rule = help_.recurrence
    return Decimal(help_.minutes * len(rule.weekdays) * max(1, len(help_.times))) / rule.every_weeks


def hours(minutes: Decimal) -> Decimal:
    """Return minutes as hours in a decision: half hours where that is near enough, else finer."""
    exact = minutes / 60
    for step in (Decimal("0.5"), Decimal("0.25"), Decimal("0.1"), Decimal("0.05")):
        rounded = (exact / step).quantize(Decimal(1), ROUND_HALF_UP) * step
        if abs(rounded - exact) <= exact * Decimal("0.08"):
            return rounded
    return exact.quantize(Decimal("0.01"))


def from_plan(person: Person, *, newest: bool = True) -> list[Needed]:
    """Return the services behind a plan: extents are its weekly minutes, content the first things it says."""
    if not person.plans:
        return []
    helps = person.plans[-1 if newest else 0].helps
    found: dict[str, list[PlannedHelp]] = {}
    for one in helps:
        found.setdefault(service_of(one), []).append(one)
    needed = []
    for code in ("HOME_NURSING", "PRACTICAL_ASSISTANCE", "REABLEMENT"):
        if mine := found.get(code):
            total = sum((minutes_a_week(one) for one in mine), Decimal(0))
            often = sum((minutes_a_week(one) for one in mine if one.recurrence.every_weeks == 1), Decimal(0))
            days = 70 if code == "REABLEMENT" else None
            weekly = often >= total * MOSTLY and total >= LEAST_FRAMED
            needed.append(Needed(code, hours(total), _content(mine), weekly, days))
    return needed


def besides(draw: random.Random, person: Person, *, age: int) -> list[Needed]:
    """Return what she has that no visit shows: an alarm, meals on wheels, a day centre."""
    found = []
    dementia = person.archetype in {"dementia", "story_dementia"}
    if draw.random() < (0.42 if age >= 75 else 0.12) and person.archetype not in {"lift", "stoma"}:
        found.append(Needed("SAFETY_ALARM", Decimal(1), words.CONTENT["SAFETY_ALARM"], weekly=False))
    if draw.random() < (0.3 if person.archetype in {"meals", "frail"} else 0.05):
        times = Decimal(draw.choice((3, 5, 7)))
        found.append(Needed("MEALS", times, words.CONTENT["MEALS"], weekly=False))
    if draw.random() < (0.35 if dementia else 0.03):
        times = Decimal(draw.choice((1, 2, 2, 3)))
        found.append(Needed("DAY_CENTRE", times, words.CONTENT["DAY_CENTRE"], weekly=False))
    return found


def _content(helps: Iterable[PlannedHelp]) -> str:
    titles = list(dict.fromkeys(_plain(one) for one in helps))[:3]
    text = titles[0] if len(titles) == 1 else f"{', '.join(titles[:-1])} og {titles[-1]}"
    return text[0].upper() + text[1:]


def _plain(help_: PlannedHelp) -> str:
    title = help_.title.split(",")[0]
    title = title[0].lower() + title[1:]
    every = help_.recurrence.every_weeks
    return title if every == 1 else f"{title} hver {every}. uke, {help_.minutes} minutter"


def age_on(born_on: date, on: date) -> int:
    """Return somebody's age."""
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))
