"""Pilots in Fjordvik: one under way, measured on the town's own figures; one without a baseline (R38, R42, R46)."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction

from tillit.foundation.access.actor import Actor
from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce.actors import actor_of
from tillit.foundation.workforce.models import Employee
from tillit.kernel import oslo
from tillit.learning.improvement import actions
from tillit.learning.improvement.models import Pilot
from tillit.learning.improvement.rules.benefits import Kind
from tillit.learning.improvement.rules.goals import Goal
from tillit.learning.improvement.rules.windows import MONTHS_LEAST
from tillit.learning.insight.rules.hiding import last_for_leaders
from tillit.learning.insight.rules.months import add_months, month_start

LEADER = "jorn.lillebo"
#: Team, what it tries, and what that is called when it is something else.
_TEAMS = (("Team Havna", "OWN", "Buurtzorg"), ("Team Solvik", "MODEL_1", ""), ("Team Bjørkåsen", "ORDINARY", ""))
_MEASURED = {Goal.CITIZENS: ("V-1", "K-1-28"), Goal.RESOURCES: ("V-2",)}
_BENEFITS = (
    actions.Said(Goal.CITIZENS, Kind.QUALITY, "Brukerne møter færre ulike hjelpere", code="K-1-28", target=6.5,
                 owner="Teamlederne"),
    actions.Said(Goal.RESOURCES, Kind.BUDGET, "Færre besøk ved vikarer", code="V-2", target=0.1, owner="Distriktsleder",
                 amount=180_000, cost=90_000),
    actions.Said(Goal.PRIDE, Kind.QUALITY, "Ansatte er stoltere av faget", asked="Teamet vårt, teamene svarer"),
)  # fmt: skip


@transaction.atomic
def try_something(anchor: date) -> None:
    """Add the rows, by the product's own actions. The figures have been counted.

    The pilot began on the first of a month, so that one whole month in it can be set beside its baseline. Where the
    town's history is too short for that baseline, somebody said why, as the product asks.
    """
    found = Employee.objects.filter(user__username=LEADER).first()
    units = {one.name: one for one in Unit.objects.filter(name__in=[name for name, _variant, _words in _TEAMS])}
    top = Unit.objects.filter(parent__isnull=True).order_by("pk").first()
    if found is None or found.user_id is None or top is None or len(units) < len(_TEAMS):
        return  # a town too small for the story
    began = add_months(month_start(last_for_leaders(anchor)), -1)
    at = oslo.moment(began, time(9))
    jorn = actor_of(user_id=found.user_id, name=found.name, at=oslo.moment(anchor, time(7)))
    _run(jorn, top, units, began, at)
    _plan(jorn, top, anchor)


def _run(jorn: Actor, top: Unit, units: dict[str, Unit], began: date, at: datetime) -> None:
    pilot = _make(jorn, top, "Færre ansikter", "Teamet fordeler besøkene selv, og følger de samme brukerne.", at)
    for name, variant, words in _TEAMS:
        actions.add_team(
            actor=jorn, pilot_id=pilot.pk, edition=None, unit_id=units[name].pk, variant=variant, own_words=words,
            joined_on=began, at=at,
        )  # fmt: skip
    common: dict[str, Any] = {"actor": jorn, "pilot_id": pilot.pk, "edition": None, "at": at}
    actions.choose_indicators(chosen=_MEASURED, **common)
    try:
        actions.freeze_baseline(months=MONTHS_LEAST, **common)
    except actions.NotEnough:
        actions.say_without_baseline(reason="Kommunen hadde for få måneder med tall da teamene begynte.", **common)
    actions.start_pilot(**common)
    for said in _BENEFITS:
        actions.add_benefit(said=replace(said, due_on=began + timedelta(days=272) if said.code else None), **common)
    for kind, disturbance, words, days in (
        ("DISTURBED", "ORDERED", "Teamene ble valgt av ledelsen.", 0),
        ("ADJUSTED", "", "Teammøtet er flyttet til onsdag, så kveldsvakta er med.", 12),
        ("LEARNED", "", "Lista må være klar kvelden før.", 20),
    ):
        on = began + timedelta(days=days)
        actions.write_in_log(
            actor=jorn, pilot_id=pilot.pk, kind=kind, disturbance=disturbance, team_id=None, happened_on=on,
            words=words, at=oslo.moment(on, time(14)),
        )  # fmt: skip


def _plan(jorn: Actor, top: Unit, anchor: date) -> None:
    """A pilot that begins in five weeks and cannot: nothing is frozen."""
    at = oslo.moment(anchor - timedelta(days=3), time(10))
    team = Unit.objects.filter(name="Team Lia").order_by("pk").first()
    pilot = _make(jorn, top, "Egen turnus i Lia", "Teamet lager turnusen selv, innenfor rammene.", at)
    if team is not None:
        actions.add_team(
            actor=jorn, pilot_id=pilot.pk, edition=None, unit_id=team.pk, variant="MODEL_2", own_words="",
            joined_on=anchor + timedelta(days=35), at=at,
        )  # fmt: skip


def _make(jorn: Actor, top: Unit, name: str, tries: str, at: datetime) -> Pilot:
    return actions.make_pilot(
        actor=jorn, unit_id=top.pk, name=name, tries=tries, team_ids=[], variant="", own_words="", joined_on=None,
        is_order_drawn=False, at=at,
    )  # fmt: skip
