"""To whom a notice can be written, and where one to nobody in particular belongs."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from tillit.care.citizens.queries import citizen_ids_of_unit, followers_of
from tillit.care.citizens.queries.lookups import names_in_reach
from tillit.foundation.access.actor import Actor
from tillit.foundation.organisation.models import Unit
from tillit.foundation.organisation.queries import family_of, in_force
from tillit.foundation.responsibility.models import Duty, DutyKind
from tillit.foundation.responsibility.queries import DutyToday, Routed, duties_today, holder_for
from tillit.foundation.responsibility.rules.routing import Arrival, rows_for
from tillit.foundation.workforce.queries import Mark, team_members
from tillit.kernel import oslo
from tillit.kernel.errors import NotFound
from tillit.kernel.names import sort_key


@dataclass(frozen=True, slots=True)
class Receivers:
    """Those a notice can be written to."""

    duties: tuple[DutyToday, ...]
    people: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a notice to nobody in particular belongs, by the table the unit follows. duty_id: who answers messages."""

    unit_id: int
    duty_id: int | None
    routed: Routed


def receivers(*, unit_id: int, on: date) -> Receivers:
    """Return the duties and the people of a team. Callers have checked the unit."""
    team_id = family_of(unit_id).team_id
    return Receivers(
        duties=tuple(duties_today(unit_id=team_id, on=on)), people=tuple(team_members(unit_id=unit_id, on=on))
    )


def place(*, unit: Unit, citizen_id: int | None, on: date) -> Placed:
    """Return where a notice belongs that is written to the team.

    About a citizen the table of the unit that has her answers, else that of the writer's unit. A table that leads to
    nobody leaves it where it was written, in the open.
    """
    asked, beside = unit.pk, frozenset[int]()
    if citizen_id is not None:
        followers = followers_of((citizen_id,))[citizen_id]
        main = followers.main(on)
        if main is not None:
            asked, beside = main.unit_id, followers.beside(on)
    code = rows_for(Arrival.NOTICE, is_new=False).receive
    routed = holder_for(code=code, unit_id=asked, on=on, beside=beside)
    unit_id = routed.unit_id or asked
    duties = Duty.objects.filter(in_force(on), unit_id=family_of(unit_id).team_id, kind=DutyKind.MESSAGES)
    return Placed(unit_id, duties.order_by("pk").values_list("pk", flat=True).first(), routed)


def duty_of(duty_id: int, *, unit_id: int, on: date) -> Duty:
    """Return one of the team's duties in force. Raises NotFound."""
    found = Duty.objects.filter(in_force(on), pk=duty_id, unit_id=family_of(unit_id).team_id).first()
    if found is None:
        raise NotFound(_("Fant ikke vakta."))
    return found


def citizens_of_unit(*, actor: Actor, unit_id: int, at: datetime) -> list[tuple[str, str]]:
    """Return those the unit follows and the actor reaches, as choices, by name. Notes the reading of the names."""
    ids = citizen_ids_of_unit(unit_id, oslo.day_of(at))
    names = names_in_reach(actor=actor, citizen_ids=ids, at=at)
    return [(str(pk), name) for pk, name in sorted(names.items(), key=lambda one: sort_key(one[1]))]
