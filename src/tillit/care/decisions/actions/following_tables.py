"""Cases nobody has begun with follow the table when a team's model changes: the new holder is offered them (R04)."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from tillit.care.decisions.actions.holding import offer_case
from tillit.care.decisions.models import Case, Holding
from tillit.care.decisions.queries.in_flight import NOT_BEGUN, open_cases_of
from tillit.care.decisions.queries.placing import placed
from tillit.care.decisions.rules.states import State
from tillit.foundation.access.actor import Actor
from tillit.foundation.organisation.models import Unit
from tillit.foundation.organisation.queries import in_force
from tillit.foundation.responsibility.queries import FollowedModel, followed_models
from tillit.kernel import oslo

LOOK_BACK = timedelta(days=14)
"""How long after a model came into force cases are still offered on: a night or two may have been missed."""


@transaction.atomic
def offer_by_new_tables(*, actor: Actor, at: datetime) -> int:
    """Offer cases that nobody has begun with to the holder their team's new table names; return how many. Every night.

    A case that was registered, offered or answered after the change is left alone: somebody has placed it since.
    """
    today = oslo.day_of(at)
    changed = _newly_followed(today)
    offered = 0
    for case in open_cases_of(changed, on=today) if changed else ():
        if State(case.state) not in NOT_BEGUN:
            continue
        rows, held = placed(case, on=today)
        routed = held[rows.receive]
        model = changed.get(routed.why.asked_unit_id)
        if model is None or _placed_since(case, model.valid_from):
            continue
        if routed.unit_id is not None and case.unit_id not in routed.unit_ids:
            offer_case(
                actor=actor,
                case_id=case.pk,
                edition=case.edition,
                unit_id=routed.unit_id,
                must_know=_("%(model)s, versjon %(number)s, gjelder nå for %(unit)s. Ingen har begynt på saken.")
                % {"model": model.name, "number": model.number, "unit": routed.why.asked_unit_name},
                at=at,
            )
            offered += 1
    return offered


def _newly_followed(today: date) -> dict[int, FollowedModel]:
    """Units that follow another version than before since at most two weeks: unit id → what they follow now."""
    units = list(Unit.objects.filter(in_force(today)))
    now = followed_models(on=today, units=units)
    fresh = {unit_id: model for unit_id, model in now.items() if model.valid_from > today - LOOK_BACK}
    days = {model.valid_from - timedelta(days=1) for model in fresh.values()}
    before = {day: followed_models(on=day, units=units) for day in days}
    return {
        unit_id: model
        for unit_id, model in fresh.items()
        if (was := before[model.valid_from - timedelta(days=1)].get(unit_id)) and was.version_id != model.version_id
    }


def _placed_since(case: Case, day: date) -> bool:
    """Whether the case came, or was offered or answered, on that day or later."""
    since = oslo.moment(day, time(0))
    if case.registered_at >= since:
        return True
    recent = Q(answer="") | Q(offered_at__gte=since) | Q(answered_at__gte=since)
    return Holding.objects.filter(recent, case=case).exists()
