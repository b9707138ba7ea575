"""When a work group shares its team's work lists: decided from a day, so that lists which exist stay whole."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import require
from tillit.foundation.organisation import queries, rules, sources
from tillit.foundation.organisation.models import JoinedLists, Unit, UnitKind
from tillit.foundation.organisation.permissions import EDIT_UNIT
from tillit.foundation.organisation.rules import Joining, WorkGroup
from tillit.kernel import oslo
from tillit.kernel.errors import ActionRefused, ChangedMeanwhile
from tillit.kernel.periods import Days


class JoiningRefused(ActionRefused):
    """The lists cannot be shared, or parted, from that day. first_possible: the first day they can, when known."""

    def __init__(self, text: str, *, field: str = "", first_possible: date | None = None) -> None:
        super().__init__(text)
        self.field = field
        self.first_possible = first_possible


@transaction.atomic
def join_lists(
    *,
    actor: Actor,
    unit_id: int,
    edition: int,
    evening: bool,
    night: bool,
    weekend: bool,
    valid_from: date,
    at: datetime,
) -> Unit:
    """Decide when a work group shares its team's lists, from a day until further notice.

    Refused where lists would change under people's hands: somebody has begun lists, of the group or its team, that
    day or later, for a part of the day that would go from shared to separate or back. Nothing is taken off a list.
    edition: of the unit, the one the actor saw. The permission is asked for the team: its lists change too.
    Raises NotFound, NotAllowed, JoiningRefused, ChangedMeanwhile.
    """
    unit = queries.get_unit(actor=actor, unit_id=unit_id, lock=True)
    team = unit.parent
    if unit.kind != UnitKind.WORK_GROUP or team is None:
        raise JoiningRefused(_("Bare et arbeidslag deler lister med teamet sitt."))
    scope = Scope((team.path,))
    require(actor, EDIT_UNIT, scope)
    if unit.edition != edition:
        raise ChangedMeanwhile(
            _("Noen andre endret dette mens du skrev. Se hva som står nå, og lagre på nytt om det trengs."),
            seen=edition,
            now=unit.edition,
        )
    if valid_from < max(oslo.day_of(at), unit.valid_from):
        raise JoiningRefused(_("Velg i dag eller en dag som kommer."), field="valid_from")
    Unit.objects.select_for_update().get(pk=team.pk)  # whoever begins lists holds the team's row too
    group = queries.family_of(unit.pk).groups[0]
    new = Joining(evening, night, weekend, Days(valid_from))
    _refuse_begun(team, group, new)
    coming = any(each.days.first > valid_from for each in group.joinings)
    if coming or not _same(group.joining_on(valid_from), new):
        _store(unit, new)
        unit.edition += 1
        unit.save(update_fields=["edition"])
        audit.record(
            actor,
            EDIT_UNIT,
            f"unit:{unit.pk}",
            scope,
            at=at,
            change={
                "joined": {"evening": evening, "night": night, "weekend": weekend},
                "from": valid_from.isoformat(),
                "edition": unit.edition,
            },
        )
    return unit


def _refuse_begun(team: Unit, group: WorkGroup, new: Joining) -> None:
    begun = sources.begun_lists((team.pk, group.unit_id), first=new.days.first)
    touched = [on for on, kind in begun if rules.is_joined(new, on, kind) != group.shares(on, kind)]
    if touched:
        last = max(touched)
        raise JoiningRefused(
            _("Noen har begynt på lister som ville blitt delt opp eller slått sammen. Velg %(day)s eller senere.")
            % {"day": (last + timedelta(days=1)).strftime("%d.%m.%Y")},
            field="valid_from",
            first_possible=last + timedelta(days=1),
        )


def _same(one: Joining, other: Joining) -> bool:
    return (one.evening, one.night, one.weekend) == (other.evening, other.night, other.weekend)


def _store(unit: Unit, new: Joining) -> None:
    """What was to hold from that day or later is replaced; what held before ends there."""
    first = new.days.first
    JoinedLists.objects.filter(unit=unit, valid_from__gte=first).update(valid_to=F("valid_from"))
    until_then = JoinedLists.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=first), unit=unit)
    until_then.filter(valid_from__lt=first).update(valid_to=first)
    JoinedLists.objects.update_or_create(
        unit=unit,
        valid_from=first,
        defaults={"evening": new.evening, "night": new.night, "weekend": new.weekend, "valid_to": None},
    )
