"""planning/add_visit.html: an urgent visit is added to the day."""

from dataclasses import dataclass
from datetime import date

from tillit.care.citizens import queries as citizens
from tillit.foundation.organisation.models import Unit
from tillit.teamwork.planning.contexts.places import Where
from tillit.ui import formats
from tillit.ui.language import page_language


@dataclass(frozen=True, slots=True)
class AddVisitPage:
    """planning/add_visit.html."""

    unit_name: str
    day: str
    action: str
    board_href: str


def add_visit_page(*, unit: Unit, where: Where) -> AddVisitPage:
    """Return the page around the form."""
    language = page_language()
    return AddVisitPage(
        unit_name=unit.name,
        day=f"{formats.weekday(where.on, language)} {formats.day_and_month(where.on, language)}",
        action=where.href("add-visit"),
        board_href=where.href("board"),
    )


def people_to_visit(*, unit: Unit, on: date) -> list[tuple[int, str]]:
    """Return the citizens whom the unit follows that day, by family name. Notes the reading of each."""
    briefs = citizens.briefs(citizens.citizen_ids_of_unit(unit.pk, on), on=on).values()
    ordered = sorted(briefs, key=lambda brief: (brief.family_name, brief.first_name, brief.citizen_id))
    return [(brief.citizen_id, brief.name) for brief in ordered]
