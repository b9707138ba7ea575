"""Addresses of the work lists' pages, and the marks and names every one of them needs."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from tillit.teamwork.planning import queries
from tillit.teamwork.planning.queries import TeamDay
from tillit.teamwork.planning.rules.day import Worker
from tillit.teamwork.planning.words import Names
from tillit.ui.parts import HelperMark


@dataclass(frozen=True, slots=True)
class Where:
    """One part of one day of one team: what every address holds."""

    unit_id: int
    on: date
    shift_kind: str

    def href(self, name: str, *extra: int) -> str:
        """The address of a page about these lists."""
        return reverse(f"planning:{name}", args=(self.unit_id, self.on, self.shift_kind, *extra))


def where_of(team_day: TeamDay) -> Where:
    """The lists' place."""
    return Where(team_day.unit.pk, team_day.day.on, team_day.day.shift_kind)


def mark_of(worker: Worker, *, spoken: bool = False) -> HelperMark:
    """A colleague's mark."""
    kind = "away" if worker.is_absent else "temp" if worker.is_temp else ""
    return HelperMark(worker.initials, worker.name, colour=worker.colour, kind=kind, spoken=spoken)  # type: ignore[arg-type]


def names_of(team_day: TeamDay) -> Names:
    """What people, visits and competences are called on these lists. One query."""
    codes = {code for call in team_day.day.calls for code in call.needs}
    briefs = team_day.briefs
    return Names(
        people={worker.employee_id: worker.given_name for worker in team_day.day.workers},
        visits={
            visit_id: briefs[row.citizen_id].family_name
            for visit_id, row in team_day.visits.items()
            if row.citizen_id in briefs
        },
        citizens={
            visit_id: briefs[row.citizen_id].first_name
            for visit_id, row in team_day.visits.items()
            if row.citizen_id in briefs
        },
        competences=queries.competence_names(codes),
    )
