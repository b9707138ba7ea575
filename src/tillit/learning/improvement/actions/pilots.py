"""Make a pilot, and change what is said of it."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import require
from tillit.foundation.organisation.queries import get_unit
from tillit.kernel import oslo
from tillit.kernel.errors import ActionRefused
from tillit.learning.improvement.actions.changing import held, stored
from tillit.learning.improvement.actions.teams import variant_words
from tillit.learning.improvement.models import Pilot, PilotTeam
from tillit.learning.improvement.permissions import RUN_PILOT
from tillit.learning.improvement.queries import teams_to_choose


@transaction.atomic
def make_pilot(
    *,
    actor: Actor,
    unit_id: int,
    name: str,
    tries: str,
    team_ids: Sequence[int],
    variant: str,
    own_words: str,
    joined_on: date | None,
    is_order_drawn: bool,
    at: datetime,
) -> Pilot:
    """Make a pilot of a unit, with the teams that are to try it from a day. More teams can be added, on other days.

    team_ids: units at or below it; may be empty. joined_on: may be None when there are no teams yet.
    Raises NotFound, NotAllowed, ActionRefused. One audit entry.
    """
    unit = get_unit(actor=actor, unit_id=unit_id)
    scope = Scope((unit.path,))
    require(actor, RUN_PILOT, scope)
    if not name.strip() or not tries.strip():
        raise ActionRefused(_("Skriv hva piloten heter, og hva dere prøver."))
    teams = [one for one in teams_to_choose(unit=unit, on=oslo.day_of(at)) if one.pk in set(team_ids)]
    if len(teams) != len(set(team_ids)):
        raise ActionRefused(_("Et av teamene ligger ikke under enheten som har piloten. Velg team på nytt."))
    if teams and joined_on is None:
        raise ActionRefused(_("Skriv hvilken dag teamene begynner."))
    words = variant_words(variant, own_words) if teams else ""
    pilot = Pilot.objects.create(
        unit=unit,
        name=" ".join(name.split()),
        tries=tries.strip(),
        is_order_drawn=is_order_drawn,
        made_by_id=actor.employee_id,
        made_at=at,
    )
    if joined_on is not None:
        PilotTeam.objects.bulk_create(
            PilotTeam(pilot=pilot, unit=one, variant=variant, own_words=words, joined_on=joined_on) for one in teams
        )
    audit.record(
        actor, RUN_PILOT, str(pilot), scope, at=at,
        change={"made": True, "units": [one.pk for one in teams], "variant": variant if teams else ""},
    )  # fmt: skip
    return pilot


@transaction.atomic
def change_pilot(
    *, actor: Actor, pilot_id: int, edition: int | None, name: str, tries: str, is_order_drawn: bool, at: datetime
) -> Pilot:
    """Change what a pilot is called and what is tried. Whether the order was drawn is fixed when it has begun.

    Raises NotFound, NotAllowed, ChangedMeanwhile, ActionRefused.
    """
    pilot = held(actor=actor, pilot_id=pilot_id, edition=edition, at=at)
    if not name.strip() or not tries.strip():
        raise ActionRefused(_("Skriv hva piloten heter, og hva dere prøver."))
    if pilot.started_on is not None and pilot.is_order_drawn != is_order_drawn:
        raise ActionRefused(_("Om rekkefølgen ble trukket, kan ikke endres etter at piloten har begynt."))
    pilot.name, pilot.tries, pilot.is_order_drawn = " ".join(name.split()), tries.strip(), is_order_drawn
    return stored(pilot, actor=actor, at=at, change={"told": True})
