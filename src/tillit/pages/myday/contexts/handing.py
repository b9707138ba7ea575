"""myday/hand_over.html: to whom one's visit can go, as the lists are now."""

from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.visits.queries import VisitRow
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import holds_anywhere
from tillit.foundation.organisation import queries as organisation
from tillit.foundation.workforce.queries import Mark
from tillit.pages.myday import rules
from tillit.pages.myday.contexts import words
from tillit.teamwork.planning import queries as planning
from tillit.teamwork.planning import words as planning_words
from tillit.teamwork.planning.contexts.places import mark_of, names_of
from tillit.teamwork.planning.permissions import SHARE_VISITS
from tillit.teamwork.planning.queries import TeamDay
from tillit.teamwork.planning.rules import candidates, handing, mates
from tillit.teamwork.planning.rules.candidates import Candidate
from tillit.teamwork.planning.rules.day import Worker
from tillit.teamwork.planning.rules.handing import Handed
from tillit.teamwork.planning.rules.mates import Standing
from tillit.teamwork.planning.rules.objections import Against
from tillit.teamwork.planning.words import Names
from tillit.ui.parts import Person


@dataclass(frozen=True, slots=True)
class MateChoice:
    """A colleague who can have the visit, and what one should know before."""

    employee_id: int
    name: str = field(metadata={"help": "Given name, for the press"})
    person: Person
    known: str = field(metadata={"help": "«Har vært der 4 ganger de siste 28 dagene»"})
    doubts: tuple[str, ...] = field(metadata={"help": "What speaks against: told, never forbidden"})


@dataclass(frozen=True, slots=True)
class MateWithout:
    """A colleague who cannot have the visit."""

    name: str
    why: str = field(metadata={"help": "Empty: the citizen's own wish, which is nobody else's"})


@dataclass(frozen=True, slots=True)
class HandOverPage:
    """myday/hand_over.html: one visit, and the colleagues on the same lists."""

    visit_id: int
    name: str
    note: str
    back_href: str
    give_href: str
    edition: str = field(metadata={"help": "Of the lists the page was drawn from"})
    choices: tuple[MateChoice, ...]
    without: tuple[MateWithout, ...]
    nothing: str = field(metadata={"help": "Why the visit cannot be given by her now; empty when it can"})
    refused: str = field(metadata={"help": "What stopped the press; empty at first"})


@dataclass(frozen=True, slots=True)
class Given:
    """A visit that came from a colleague, and that can be given back."""

    from_whom: str = field(metadata={"help": "«Fra Kari»"})
    text: str = field(metadata={"help": "Which visit, for one who does not see the page"})
    back_href: str = field(metadata={"help": "Receives POST"})
    edition: str = field(metadata={"help": "Of the lists the page was drawn from"})


def given_of(row: VisitRow, how: Handed | None, mark: Mark | None, name: str) -> Given | None:
    """Return from whom one has a visit; None when it came from the allocator, or cannot be given back."""
    if how is None or mark is None or how.is_back or row.state != "PLANNED":
        return None
    return Given(
        from_whom=_("Fra %(name)s") % {"name": mark.given_name},
        text=f"{name} {words.at_clock(rules.begins(row))}",
        back_href=reverse("myday:give_back", args=[row.visit_id]),
        edition=str(how.seen),
    )


def hand_over_href(actor: Actor, row: VisitRow) -> str:
    """To give a visit of one's own away; empty when it is not hers, or nothing is agreed about it yet."""
    hers = actor.employee_id in row.helper_ids and row.state == "PLANNED" and row.starts_at is not None
    return reverse("myday:hand_over", args=[row.visit_id]) if hers and holds_anywhere(actor, SHARE_VISITS) else ""


def lists_of(actor: Actor, *, unit_id: int, row_on: VisitRow | rules.ShiftLine, shift_kind: str) -> TeamDay:
    """Return the day of the lists a visit or a shift lies on, to be weighed. Raises NotFound."""
    lists_unit = organisation.family_of(unit_id).lists_unit(unit_id, row_on.on, shift_kind)
    unit = organisation.get_unit(actor=actor, unit_id=lists_unit)
    return planning.weighed_day(unit=unit, on=row_on.on, shift_kind=shift_kind)


def hand_over_page(*, actor: Actor, row: VisitRow, now: datetime, refused: str = "") -> HandOverPage:
    """Return the page of a visit the actor reaches. The same number of queries for any day."""
    team_day = lists_of(actor, unit_id=row.unit_id, row_on=row, shift_kind=row.shift_kind)
    day = team_day.day
    nothing = _nothing(team_day, row, actor)
    ranked = candidates.rank(day, row.visit_id, starts_at=day.starts_at(row.visit_id)) if not nothing else ()
    holders = handing.holders_of(day, row.visit_id)
    names = names_of(team_day)
    others = [each for each in ranked if each.employee_id not in holders]
    brief = team_day.briefs.get(row.citizen_id)
    begins = rules.begins(row)
    return HandOverPage(
        visit_id=row.visit_id,
        name=brief.name if brief else "",
        note=" · ".join(part for part in (words.span(begins, row.minutes), brief.street if brief else "") if part),
        back_href=reverse("myday:visit", args=[row.visit_id]),
        give_href=reverse("myday:hand_over", args=[row.visit_id]),
        edition=str(team_day.head.edition),
        choices=tuple(_choice(each, team_day, names, now=now) for each in others if not each.refused),
        without=tuple(_without(each, team_day, names) for each in others if each.refused and _is_there(each)),
        nothing=nothing,
        refused=refused,
    )


def standing_of(team_day: TeamDay, worker: Worker, *, now: datetime) -> Standing:
    """Return how far a colleague has come, from what is said of the visits on the lists."""
    done = frozenset(visit_id for visit_id, row in team_day.visits.items() if row.state == "DONE")
    return mates.standing(team_day.day, worker, done=done, now=now)


def how_far(standing: Standing) -> str:
    """«3 av 7 ferdig · neste kl. 10.15»."""
    if not standing.visits:
        return _("Ingen besøk på lista")
    done = _("%(done)s av %(visits)s ferdig") % {"done": standing.done, "visits": standing.visits}
    if standing.next_at is None:
        return done
    return _("%(done)s · neste %(at)s") % {"done": done, "at": words.at_clock(standing.next_at)}


def _nothing(team_day: TeamDay, row: VisitRow, actor: Actor) -> str:
    why_not = handing.why_not_hand_over(
        team_day.day,
        visit_id=row.visit_id,
        giver_id=actor.employee_id,
        to_id=0,
        in_use=team_day.head.in_use,
        is_planned=row.state == "PLANNED",
    )
    return (
        {
            handing.WhyNot.NOT_IN_USE: _("Listene er ikke tatt i bruk ennå. Snakk med fordeleren."),
            handing.WhyNot.NOT_PLANNED: _("Besøket er ferdig eller avlyst."),
            handing.WhyNot.NOT_HERS: _("Besøket står ikke på lista di."),
        }.get(why_not, "")
        if why_not
        else ""
    )


def _choice(each: Candidate, team_day: TeamDay, names: Names, *, now: datetime) -> MateChoice:
    worker = team_day.day.worker_by_id[each.employee_id]
    known = _("Primærkontakt") if each.is_primary else planning_words.known(each.known)
    return MateChoice(
        employee_id=each.employee_id,
        name=worker.given_name,
        person=Person(mark_of(worker), "" if worker.is_office else how_far(standing_of(team_day, worker, now=now))),
        known=known,
        doubts=tuple(planning_words.objection(found, names) for found in each.objections if found.warns),
    )


def _is_there(each: Candidate) -> bool:
    return all(found.code not in (Against.ABSENT, Against.NOT_AT_WORK) for found in each.objections)


def _without(each: Candidate, team_day: TeamDay, names: Names) -> MateWithout:
    told = [found for found in each.objections if found.refuses and found.code is not Against.MUST_NOT]
    why = ". ".join(planning_words.objection(found, names) for found in told)
    return MateWithout(team_day.day.worker_by_id[each.employee_id].name, why)
