"""What taking in many citizens would do, row by row, before anything is written."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from tillit.care.citizens import queries, rules
from tillit.care.citizens.actions.correcting import StrangeFacts
from tillit.care.citizens.actions.ending import HasEnded
from tillit.care.citizens.actions.home import FOLLOWING_KINDS, UnitCannotFollow
from tillit.care.citizens.actions.register import NameMissing, NumberRefused, NumberTaken
from tillit.care.citizens.models import Citizen
from tillit.care.citizens.permissions import TAKE_IN
from tillit.care.citizens.queries import known_again
from tillit.foundation.access import reading
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import holds
from tillit.foundation.organisation.models import Unit
from tillit.foundation.organisation.queries import in_force
from tillit.kernel.errors import ActionRefused


class OutOfReach(ActionRefused):
    """The citizen is followed by others than those the actor may take in citizens for."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a file says of one citizen. citizen_id: whom it is about; None for somebody new."""

    told: rules.Told
    citizen_id: int | None = None


@dataclass(frozen=True, slots=True)
class Outlook:
    """What taking in one row would do. refused: why nothing of it can be written; then there are no steps."""

    is_new: bool
    steps: rules.Steps | None = None
    refused: ActionRefused | None = None
    number: rules.Identity | None = field(default=None, metadata={"help": "The number to identify her by from then on"})


def foresee_citizens(
    *,
    actor: Actor,
    rows: Sequence[Incoming],
    numbers: rules.Numbers,
    on: date,
    coming: Collection[str] = (),
) -> list[Outlook]:
    """Say what `take_in_citizens` would do with each row, and why not, in a constant number of queries.

    coming: paths of units that the same file makes first, which nobody can look up yet. Notes whom it looks at.
    """
    return look(actor, rows, numbers, on, frozenset(coming), citizens_of(rows, lock=False))


def citizens_of(rows: Sequence[Incoming], *, lock: bool) -> dict[int, Citizen]:
    """Return the known citizens of the rows. lock: until the transaction ends."""
    found = Citizen.objects.filter(pk__in=[row.citizen_id for row in rows if row.citizen_id is not None])
    if lock:
        found = found.select_for_update()
    return {citizen.pk: citizen for citizen in found.order_by("pk")}


def look(
    actor: Actor,
    rows: Sequence[Incoming],
    numbers: rules.Numbers,
    on: date,
    coming: frozenset[str],
    citizens: dict[int, Citizen],
) -> list[Outlook]:
    """Return what each row comes to. citizens: as `citizens_of` returned them."""
    reading.note_all(citizens)
    standing = known_again.standing_of(citizens.values())
    closed = known_again.closed_among(list(citizens), on=on)
    scopes = queries.scopes_of(citizens, on=on)
    owners = {value: pk for value, (pk, _named) in known_again.owners_of(row.told.number for row in rows).items()}
    paths = {row.told.path for row in rows}
    open_units = Unit.objects.filter(in_force(on), kind__in=FOLLOWING_KINDS, path__in=paths)
    may_follow = frozenset(open_units.values_list("path", flat=True)) | coming
    found = []
    for place, row in enumerate(rows):
        is_new = row.citizen_id is None
        try:
            if row.citizen_id is not None:
                if row.citizen_id in closed:
                    raise HasEnded(
                        _(
                            "Brukeren får ikke hjelp lenger, eller er slått sammen med en annen registrering. "
                            "Ta raden ut, eller ta opp igjen hjelpen på siden til brukeren først."
                        )
                    )
                _refuse_out_of_reach(actor, scopes[row.citizen_id])
            number = _number(row, numbers)
            me = row.citizen_id if row.citizen_id is not None else -1 - place
            if number.value and owners.setdefault(number.value, me) != me:
                raise NumberTaken(_("Nummeret hører til en annen bruker."))
            stands = rules.NOBODY if row.citizen_id is None else standing[row.citizen_id]
            made = rules.steps(row.told, stands, on=on)
            died_on = None if row.citizen_id is None else citizens[row.citizen_id].died_on
            _refuse_strange(made.facts, on, died_on)
            if made.path:
                if made.path not in may_follow:
                    raise UnitCannotFollow(_("Velg et team, et arbeidslag eller et spesialteam som er i drift."))
                if made.path not in coming:
                    _refuse_out_of_reach(actor, Scope((made.path,)))
        except ActionRefused as refused:
            found.append(Outlook(is_new, refused=refused))
        else:
            found.append(Outlook(is_new, made, number=number if made.number or is_new else None))
    return found


def _refuse_out_of_reach(actor: Actor, scope: Scope) -> None:
    if not holds(actor, TAKE_IN, scope):
        raise OutOfReach(_("Du kan bare lese inn for dine egne team."))


def _number(row: Incoming, numbers: rules.Numbers) -> rules.Identity:
    try:
        return rules.identity(row.told.number, numbers=numbers)
    except rules.IdentityRefused as refused:
        raise NumberRefused(refused.problem) from None


def _refuse_strange(facts: rules.Facts, on: date, died_on: date | None) -> None:
    if not facts.given_name and not facts.family_name:
        raise NameMissing(_("Skriv et navn. Er navnet ukjent, skriv «Ukjent»."))
    if facts.born_on is not None and facts.born_on > min(on, died_on or on):
        raise StrangeFacts(_("Fødselsdatoen kan ikke være etter i dag, eller etter dødsdatoen."))
