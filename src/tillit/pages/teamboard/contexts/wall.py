"""teamboard/wall.html: the day on a wall screen. First name and initial; no codes, no reasons, no addresses."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from tillit.foundation.organisation.models import Unit
from tillit.pages.teamboard.contexts.people import duty_chips, now_at, short_name
from tillit.pages.teamboard.contexts.today import Today, read
from tillit.teamwork.planning import words
from tillit.teamwork.planning.contexts.board import uncovered_words
from tillit.ui.language import page_language
from tillit.ui.parts import Duty, HelperMark


@dataclass(frozen=True, slots=True)
class WallPerson:
    """Somebody at work."""

    mark: HelperMark
    name: str
    now: str
    hours: str


@dataclass(frozen=True, slots=True)
class WallPage:
    """teamboard/wall.html."""

    unit_name: str
    title: str
    time: str
    headline: str
    tone: str
    uncovered: tuple[str, ...]
    people: tuple[WallPerson, ...]
    duties: tuple[Duty, ...]
    board_unit_id: int


def wall_page(*, unit: Unit, now: datetime) -> WallPage:
    """Return the wall screen of a unit the actor reaches."""
    today = read(unit=unit, now=now)
    part = today.part
    listed = part.head.lists_id is not None or bool(part.day.rows)
    uncovered = part.day.uncovered if listed else ()
    return WallPage(
        unit_name=unit.name,
        title=today.title(page_language()),
        time=words.clock(now),
        headline=uncovered_words(len(uncovered))
        if uncovered
        else _("Alle besøk har noen som drar")
        if listed and part.day.calls
        else _("Listene er ikke laget ennå")
        if part.day.calls
        else _("Ingen besøk nå"),
        tone="danger" if uncovered else "success" if listed and part.day.calls else "",
        uncovered=tuple(_visit(today, call.visit_id, call.citizen_id) for call in uncovered),
        people=tuple(
            WallPerson(
                HelperMark(
                    worker.initials, worker.name, colour=worker.colour, kind="temp" if worker.is_temp else "", size="lg"
                ),
                worker.name,
                now_at(part, worker, now, short=True),
                f"{words.clock(worker.starts_at)}–{words.clock(worker.ends_at)}",
            )
            for worker in part.day.workers
            if worker.visits
        ),
        duties=duty_chips(today),
        board_unit_id=unit.pk,
    )


def _visit(today: Today, visit_id: int, citizen_id: int) -> str:
    brief = today.part.briefs.get(citizen_id)
    who = short_name(brief.first_name, brief.family_name) if brief else ""
    return _("%(who)s kl. %(time)s") % {"who": who, "time": words.clock(today.part.day.starts_at(visit_id))}
