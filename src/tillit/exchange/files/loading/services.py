"""Services: one citizen's rows become a care plan in use. Written by the plans' own rules, as a new version."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.care.careplans.actions import PlanOutlook, PlanTold, foresee_plans, take_in_plans
from tillit.care.careplans.rules.recurrence import TimeOfDay
from tillit.care.careplans.rules.taking_in import Help, ServiceTold
from tillit.exchange.files.checking import Problem, Row
from tillit.exchange.files.loading.identity import citizens_by_key
from tillit.exchange.files.loading.outcome import Outcome
from tillit.exchange.files.loading.reach import Known
from tillit.foundation.organisation.models import Unit

#: When a part of the day is, unless the row says otherwise.
USUAL_TIMES: dict[str, tuple[time, time]] = {
    "MORNING": (time(7, 30), time(10, 30)),
    "MIDDAY": (time(11, 0), time(13, 30)),
    "AFTERNOON": (time(14, 0), time(16, 30)),
    "EVENING": (time(17, 0), time(21, 30)),
    "NIGHT": (time(23, 0), time(5, 0)),
}
_COLUMNS: dict[str, str | Promise] = {
    "citizen": gettext_lazy("Bruker-id"),
    "title": gettext_lazy("Tiltak"),
    "minutes": gettext_lazy("Minutter"),
    "helpers": gettext_lazy("Hjelpere"),
    "every_weeks": gettext_lazy("Hver … uke"),
    "times": gettext_lazy("Senest"),
    "ends_on": gettext_lazy("Til dato"),
    "competence": gettext_lazy("Kompetanse"),
    "unit": gettext_lazy("Utføres av"),
}


def compare(rows: Sequence[Row], known: Known) -> Outcome:
    """Return what writing the rows would do, and what is wrong with them. Counts citizens' plans.

    Somebody with a wrong row is left out with all of them: half a plan is another plan.
    """
    outcome = Outcome(problems=_problems(rows, known))
    bad = {problem.row for problem in outcome.problems if problem.stops}
    good = [theirs for theirs in _by_key(rows).values() if bad.isdisjoint(row.number for row in theirs)]
    outlooks = foresee_plans(actor=known.actor, rows=_told(good), on=known.today)
    for theirs, outlook in zip(good, outlooks, strict=True):
        outcome.problems += _about(theirs, outlook)
        if outlook.refused is None:
            outcome.created += outlook.is_new
            outcome.changed += outlook.is_changed
            outcome.unchanged += not (outlook.is_new or outlook.is_changed)
    return outcome


def write(rows: Sequence[Row], known: Known, *, today: date, at: datetime) -> Outcome:
    """Let the plans take the rows in; coming visits follow. The rows passed `compare`."""
    told = [one for one in _told(list(_by_key(rows).values())) if one.citizen_id is not None]
    done = take_in_plans(actor=known.actor, rows=told, on=today, at=at)
    return Outcome(
        created=len(done.new), changed=len(done.changed), unchanged=len(told) - len(done.new) - len(done.changed)
    )


def _by_key(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[str(row.values["key"])].append(row)
    return dict(found)


def _told(grouped: Sequence[Sequence[Row]]) -> list[PlanTold]:
    """What the rows say, in the plans' own words. Three queries."""
    citizens = citizens_by_key(str(theirs[0].values["key"]) for theirs in grouped)
    codes = {str(row.values["carried_out_by"]) for theirs in grouped for row in theirs if row.values["carried_out_by"]}
    units = dict(Unit.objects.filter(code__in=codes).values_list("code", "pk"))
    return [
        PlanTold(citizens.get(str(theirs[0].values["key"])), tuple(_service(row, units) for row in theirs))
        for theirs in grouped
    ]


def _service(row: Row, units: Mapping[str, int]) -> ServiceTold:
    values = row.values
    unit = units.get(str(values["carried_out_by"] or ""))
    part = str(values["part_of_day"])
    return ServiceTold(
        Help(
            title=str(values["title"]),
            minutes=int(str(values["minutes"])),
            kind=str(values["kind"] or "OTHER"),
            helpers=int(str(values["helpers"] or 1)),
            competence=str(values["competence"] or "").upper(),
            weekdays=str(values["weekdays"] or "1234567"),
            every_weeks=int(str(values["every_weeks"] or 1)),
            goal=str(values["goal"] or ""),
            unit_id=unit,
            ends_on=row.day("ends_on"),
        ),
        TimeOfDay(part, *_window(row)),
        says_unit=unit is not None,
        evaluate_on=row.day("evaluate_on"),
        starts_on=row.day("starts_on"),
    )


def _window(row: Row) -> tuple[time, time]:
    usual = USUAL_TIMES[str(row.values["part_of_day"])]
    earliest, latest = row.values["earliest"], row.values["latest"]
    return (
        earliest if isinstance(earliest, time) else usual[0],
        latest if isinstance(latest, time) else usual[1],
    )


def _about(theirs: Sequence[Row], outlook: PlanOutlook) -> list[Problem]:
    """What the plans' own rules say of one citizen's rows."""
    if outlook.refused is not None:
        column = str(_COLUMNS.get(outlook.refused.fact, ""))
        return [Problem("services", theirs[outlook.refused.row].number, column, outlook.refused.text)]
    over = _("Tiltaket er over. Det leses ikke inn.")
    found = [Problem("services", theirs[row].number, _("Til dato"), over, stops=False) for row in outlook.over]
    if outlook.has_draft:
        text = _("Noen skriver på et utkast til planen. Det fra fila gjelder til utkastet tas i bruk.")
        found.append(Problem("services", theirs[0].number, _("Bruker-id"), text, stops=False))
    return found


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
