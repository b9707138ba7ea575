"""Services: one citizen's rows become a care plan in use. Known again by what it says: the same rows, the same plan."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils.translation import gettext as _

from tillit.care.careplans.models import CarePlan, Goal, Intervention, InterventionTime
from tillit.care.needs.models import WhatMatters
from tillit.exchange.files.checking import Problem, Row
from tillit.exchange.files.loading.identity import citizens_by_key
from tillit.exchange.files.loading.outcome import Outcome
from tillit.exchange.files.loading.reach import Known
from tillit.foundation.access import reading
from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce.models import Competence

#: When a part of the day is, unless the row says otherwise.
USUAL_TIMES: dict[str, tuple[time, time]] = {
    "MORNING": (time(7, 30), time(10, 30)),
    "MIDDAY": (time(11, 0), time(13, 30)),
    "AFTERNOON": (time(14, 0), time(16, 30)),
    "EVENING": (time(17, 0), time(21, 30)),
    "NIGHT": (time(23, 0), time(5, 0)),
}
_SEPARATE = frozenset({"CLEANING", "TRAINING"})
Line = tuple[object, ...]
When = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Stored:
    """One citizen's services in use, comparable with rows. units: code of whom the plan names, by title and part of
    the day; those of the main unit are not in it."""

    lines: frozenset[Line]
    units: Mapping[When, str]


def compare(rows: Sequence[Row], known: Known) -> Outcome:
    """Return what writing the rows would do, and what is wrong with them. Counts citizens' plans."""
    outcome = Outcome(problems=_problems(rows, known))
    bad = {
        str(row.values["key"])
        for row in rows
        for problem in outcome.problems
        if problem.row == row.number and problem.stops
    }
    stored = _stored({str(row.values["key"]) for row in rows})
    for key, theirs in _by_key(rows).items():
        if key in bad:
            continue
        if key not in stored:
            outcome.created += 1
        elif stored[key].lines == _lines(theirs, stored[key], known):
            outcome.unchanged += 1
        else:
            outcome.changed += 1
    return outcome


def write(rows: Sequence[Row], known: Known, *, today: date, at: datetime) -> tuple[Outcome, list[int]]:
    """Store a plan in use for each citizen whose services are new or changed, and close the one it replaces.

    Returns the outcome and the ids of the citizens whose visits must be made anew.
    """
    outcome = Outcome()
    grouped = _by_key(rows)
    stored = _stored(set(grouped))
    citizens = citizens_by_key(grouped)
    competences = dict(Competence.objects.values_list("code", "pk"))
    units = dict(Unit.objects.filter(code__in=_named(rows, stored)).values_list("code", "pk"))
    words = dict(
        WhatMatters.objects.filter(citizen_id__in=citizens.values())
        .order_by("recorded_at")
        .values_list("citizen_id", "pk")
    )
    todo: dict[int, list[Row]] = {}
    carriers: dict[int, int | None] = {}
    for key, theirs in grouped.items():
        if key in stored and stored[key].lines == _lines(theirs, stored[key], known):
            outcome.unchanged += 1
            continue
        if key in stored:
            outcome.changed += 1
        else:
            outcome.created += 1
        todo[citizens[key]] = theirs
        carriers.update({row.number: units.get(_carrier(row, stored.get(key), known)) for row in theirs})
    reading.note_all(todo, changed=True)
    CarePlan.objects.filter(citizen_id__in=todo, valid_from__isnull=False, valid_to__isnull=True).update(valid_to=at)
    plans = CarePlan.objects.bulk_create(
        [CarePlan(citizen_id=citizen_id, made_at=at, changed_at=at, valid_from=at) for citizen_id in todo]
    )
    _put_contents(plans, todo, competences, words, carriers, today)
    return outcome, list(todo)


def _put_contents(
    plans: Sequence[CarePlan],
    todo: Mapping[int, Sequence[Row]],
    competences: Mapping[str, int],
    words: Mapping[int, int],
    carriers: Mapping[int, int | None],
    today: date,
) -> None:
    wanted = {(plan, goal): None for plan in plans for goal in _goals(todo[plan.citizen_id])}
    goals = Goal.objects.bulk_create(
        [
            Goal(
                plan=plan,
                words=goal,
                matters_id=words.get(plan.citizen_id),
                evaluate_on=_goals(todo[plan.citizen_id])[goal],
                rank=rank,
            )
            for rank, (plan, goal) in enumerate(wanted)
        ]
    )
    goal_ids = {(goal.plan_id, goal.words): goal.pk for goal in goals}
    pairs = [(plan, row) for plan in plans for row in _interventions(todo[plan.citizen_id], carriers)]
    made = Intervention.objects.bulk_create(
        [
            _intervention(plan, row, goal_ids, competences, carriers[row.number], today, rank)
            for rank, (plan, row) in enumerate(pairs)
        ]
    )
    for intervention in made:
        intervention.line = intervention.pk
    Intervention.objects.bulk_update(made, ["line"], batch_size=500)
    for goal in goals:
        goal.line = goal.pk
    Goal.objects.bulk_update(goals, ["line"], batch_size=500)
    times = []
    for intervention, (plan, first) in zip(made, pairs, strict=True):
        for row in todo[plan.citizen_id]:
            if (_what(row), carriers[row.number]) == (_what(first), carriers[first.number]):
                earliest, latest = _window(row)
                times.append(
                    InterventionTime(
                        intervention=intervention,
                        part_of_day=str(row.values["part_of_day"]),
                        earliest=earliest,
                        latest=latest,
                    )
                )
    InterventionTime.objects.bulk_create(times, batch_size=1000)


def _intervention(
    plan: CarePlan,
    row: Row,
    goal_ids: Mapping[tuple[int, str], int],
    competences: Mapping[str, int],
    unit_id: int | None,
    today: date,
    rank: int,
) -> Intervention:
    kind = str(row.values["kind"] or "OTHER")
    goal = str(row.values["goal"] or "")
    return Intervention(
        plan=plan,
        goal_id=goal_ids.get((plan.pk, goal)),
        unit_id=unit_id,
        title=str(row.values["title"]),
        kind=kind,
        minutes=int(str(row.values["minutes"])),
        helpers=int(str(row.values["helpers"] or 1)),
        competence_id=competences.get(str(row.values["competence"] or "").upper()),
        separate_visit=kind in _SEPARATE,
        weekdays=str(row.values["weekdays"] or "1234567"),
        every_weeks=int(str(row.values["every_weeks"] or 1)),
        starts_on=row.day("starts_on") or today,
        ends_on=row.day("ends_on"),
        rank=rank,
    )


def _by_key(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[str(row.values["key"])].append(row)
    return dict(found)


def _goals(rows: Iterable[Row]) -> dict[str, date | None]:
    found: dict[str, date | None] = {}
    for row in rows:
        goal, evaluate_on = str(row.values["goal"] or ""), row.values["evaluate_on"]
        if goal:
            found[goal] = found.get(goal) or (evaluate_on if isinstance(evaluate_on, date) else None)
    return found


def _what(row: Row) -> Line:
    """Rows that differ only in when in the day are one intervention with several times."""
    values = row.values
    return (
        str(values["title"]),
        str(values["kind"] or "OTHER"),
        int(str(values["minutes"])),
        int(str(values["helpers"] or 1)),
        str(values["competence"] or "").upper(),
        str(values["weekdays"] or "1234567"),
        int(str(values["every_weeks"] or 1)),
        str(values["goal"] or ""),
        values["ends_on"],
    )


def _interventions(rows: Iterable[Row], carriers: Mapping[int, int | None]) -> list[Row]:
    first: dict[Line, Row] = {}
    for row in rows:
        first.setdefault((*_what(row), carriers[row.number]), row)
    return list(first.values())


def _when(row: Row) -> When:
    return str(row.values["title"]), str(row.values["part_of_day"])


def _carrier(row: Row, stored: Stored | None, known: Known) -> str:
    """Return the code of the unit that carries it out; "" is the citizen's main unit, also when it is named.

    An empty cell says nothing: what stands in the plan stays, for most record systems have no such column.
    """
    code = str(row.values["carried_out_by"] or "")
    if not code:
        return stored.units.get(_when(row), "") if stored else ""
    return "" if code == known.citizen_keys.get(str(row.values["key"])) else code


def _named(rows: Iterable[Row], stored: Mapping[str, Stored]) -> set[str]:
    """Every unit code that may be written."""
    return {str(row.values["carried_out_by"]) for row in rows if row.values["carried_out_by"]} | {
        code for one in stored.values() for code in one.units.values()
    }


def _window(row: Row) -> tuple[time, time]:
    usual = USUAL_TIMES[str(row.values["part_of_day"])]
    earliest, latest = row.values["earliest"], row.values["latest"]
    return (
        earliest if isinstance(earliest, time) else usual[0],
        latest if isinstance(latest, time) else usual[1],
    )


def _lines(rows: Iterable[Row], stored: Stored, known: Known) -> frozenset[Line]:
    """One citizen's services as comparable lines. A row without a start says nothing about when it began."""
    starts = {line[:-1]: line[-1] for line in stored.lines}
    found = set()
    for row in rows:
        line = (
            *_what(row),
            _goals([row]).get(str(row.values["goal"] or "")),
            str(row.values["part_of_day"]),
            *_window(row),
            _carrier(row, stored, known),
        )
        found.add((*line, row.values["starts_on"] or starts.get(line)))
    return frozenset(found)


def _stored(keys: set[str]) -> dict[str, Stored]:
    """The services in use of these citizens as comparable lines, in three queries."""
    key_of = {citizen_id: key for key, citizen_id in citizens_by_key(keys).items()}
    found: dict[str, set[Line]] = {}
    units: dict[str, dict[When, str]] = {}
    rows = InterventionTime.objects.filter(
        intervention__plan__citizen_id__in=key_of,
        intervention__plan__valid_from__isnull=False,
        intervention__plan__valid_to__isnull=True,
    ).values_list(
        "intervention__plan__citizen_id", "intervention__title", "intervention__kind", "intervention__minutes",
        "intervention__helpers", "intervention__competence__code", "intervention__weekdays",
        "intervention__every_weeks", "intervention__goal__words", "intervention__ends_on",
        "intervention__goal__evaluate_on", "part_of_day", "earliest", "latest", "intervention__unit__code",
        "intervention__starts_on",
    )  # fmt: skip
    for citizen_id, title, kind, minutes, helpers, competence, weekdays, weeks, goal, ends_on, *rest in rows:
        evaluate_on, part, earliest, latest, unit, starts_on = rest
        what = (title, kind, minutes, helpers, competence or "", weekdays, weeks, goal or "", ends_on)
        line = (*what, evaluate_on, part, earliest, latest, unit or "", starts_on)
        found.setdefault(key_of[citizen_id], set()).add(line)
        if unit:
            units.setdefault(key_of[citizen_id], {})[title, str(part)] = str(unit)
    return {key: Stored(frozenset(lines), units.get(key, {})) for key, lines in found.items()}


def _problems(rows: Sequence[Row], known: Known) -> list[Problem]:
    found: list[Problem] = []
    for row in rows:
        key = str(row.values["key"])
        if key not in known.citizen_keys:
            found.append(
                Problem(
                    "services",
                    row.number,
                    _("Bruker-id"),
                    _("Bruker «%(key)s» finnes ikke. Ta henne med i arket Brukere.") % {"key": key},
                )
            )
            continue
        if known.citizen_keys[key] and not known.reaches(known.citizen_keys[key]):
            found.append(Problem("services", row.number, _("Bruker-id"), _("Du kan bare lese inn for dine egne team.")))
        code = str(row.values["competence"] or "").upper()
        if code and code not in known.competence_codes:
            found.append(
                Problem(
                    "services",
                    row.number,
                    _("Kompetanse"),
                    _("Kompetansen «%(code)s» finnes ikke. Kodene står i malen.") % {"code": code},
                )
            )
        found += _about_carrier(row, key, known)
        earliest, latest = _window(row)
        if latest < earliest and str(row.values["part_of_day"]) != "NIGHT":
            found.append(
                Problem("services", row.number, _("Senest"), _("Senest er før tidligst. Bytt om, eller velg natt."))
            )
        starts_on, ends_on = row.values["starts_on"], row.values["ends_on"]
        if isinstance(starts_on, date) and isinstance(ends_on, date) and ends_on < starts_on:
            found.append(Problem("services", row.number, _("Til dato"), _("Tiltaket slutter før det starter.")))
        if row.values["goal"] and not row.values["evaluate_on"]:
            found.append(
                Problem(
                    "services",
                    row.number,
                    _("Evalueres"),
                    _("Målet mangler dato for når dere ser på det sammen. Planen blir merket."),
                    stops=False,
                )
            )
    return found


def _about_carrier(row: Row, key: str, known: Known) -> list[Problem]:
    """What is wrong with who carries it out. Another leader's team may be named, if it follows the citizen."""
    code = str(row.values["carried_out_by"] or "")
    if not code:
        return []
    if code not in known.unit_paths:
        text = _("Enheten «%(code)s» finnes ikke. Ta den med i arket Enheter.") % {"code": code}
    elif not known.follows(key, code):
        text = _("«%(code)s» følger ikke brukeren. La teamet følge henne først, på siden om henne i Tillit.") % {
            "code": code
        }
    else:
        return []
    return [Problem("services", row.number, _("Utføres av"), text)]
