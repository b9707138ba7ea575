"""Refer a citizen to a list, and say how long each priority may wait there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.citizens.queries import get_citizen, scope_of, unit_ids_of
from tillit.care.therapy.actions.opening import TherapyRefused, close_act
from tillit.care.therapy.models import (
    CaseState,
    EventKind,
    GroupProfession,
    Source,
    TherapyCase,
    TherapyGroup,
    TherapyTerms,
)
from tillit.care.therapy.permissions import DECIDE_TERMS, REFER
from tillit.care.therapy.queries import days_on, edition_of_terms, group_to_arrange
from tillit.care.therapy.rules.waiting import LEVELS, MOST_DAYS, due_on
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.clashing import refuse_if_changed
from tillit.foundation.access.permissions import require
from tillit.foundation.organisation.queries import get_unit, in_force
from tillit.kernel import oslo


@dataclass(frozen=True, slots=True)
class Referral:
    """What people write. own_words: may be empty when she has not said anything."""

    group_id: int
    reason: str
    priority: int
    source: str = Source.TEAM
    from_whom: str = ""
    own_words: str = ""
    referred_on: date | None = None


@transaction.atomic
def refer(*, actor: Actor, citizen_id: int, referral: Referral, press_key: str, at: datetime) -> TherapyCase:
    """Put a citizen on a list. The same press key again returns the first.

    Her main unit is told what happens: it sees the case from there on. Raises NotFound, NotAllowed, TherapyRefused.
    """
    citizen = get_citizen(actor=actor, citizen_id=citizen_id, at=at, lock=True)
    today = oslo.day_of(at)
    scope = scope_of(citizen.pk, on=today)
    require(actor, REFER, scope)
    if press_key and (known := citizen.therapy_cases.filter(press_key=press_key).first()):
        return known
    group = TherapyGroup.objects.filter(in_force(today, "unit__"), pk=referral.group_id).first()
    if group is None:
        raise TherapyRefused(_("Velg hvilken liste det gjelder."), fact="group_id")
    if citizen.therapy_cases.filter(group=group).exclude(state=CaseState.CLOSED).exists():
        raise TherapyRefused(_("Brukeren har allerede en sak der."), fact="group_id")
    referred_on = referral.referred_on or today
    if referred_on > today:
        raise TherapyRefused(_("Velg i dag eller en dag som har vært."), fact="referred_on")
    if referral.priority not in LEVELS:
        raise TherapyRefused(_("Velg en prioritet fra 1 til 4."), fact="priority")
    if not referral.reason.strip():
        raise TherapyRefused(_("Skriv hvorfor."), fact="reason")
    case = TherapyCase(
        group=group,
        citizen=citizen,
        source=Source(referral.source),
        from_whom=referral.from_whom.strip(),
        own_words=referral.own_words.strip(),
        reason=referral.reason.strip(),
        priority=referral.priority,
        referred_on=referred_on,
        due_on=due_on(referred_on, referral.priority, days_on(group.pk, on=today)),
        referred_by_id=actor.employee_id,
        referred_unit_id=next(iter(unit_ids_of((citizen.pk,), on=today)[citizen.pk]), None),
        referred_at=at,
        edition=0,
        press_key=press_key,
    )
    change = {"group": group.pk, "priority": case.priority, "due": case.due_on.isoformat()}
    close_act(actor, case, scope, REFER, at=at, kind=EventKind.REFERRED, words=case.reason, change=change)
    return case


@transaction.atomic
def open_group(*, actor: Actor, unit_id: int, profession: str, at: datetime) -> TherapyGroup:
    """Open a list for the therapists of one profession at or below a unit. Twice is once.

    Raises NotFound, NotAllowed, TherapyRefused.
    """
    unit = get_unit(actor=actor, unit_id=unit_id)
    scope = Scope((unit.path,))
    require(actor, DECIDE_TERMS, scope)
    if profession not in GroupProfession.values:
        raise TherapyRefused(_("Velg ergoterapi eller fysioterapi."), fact="profession")
    group, is_new = TherapyGroup.objects.get_or_create(
        unit=unit, profession=profession, defaults={"opened_by_id": actor.employee_id, "opened_at": at}
    )
    if is_new:
        audit.record(actor, DECIDE_TERMS, str(group), scope, at=at, change={"profession": profession})
    return group


@transaction.atomic
def decide_terms(
    *, actor: Actor, group_id: int, levels: Mapping[int, tuple[int, str]], valid_from: date, edition: int, at: datetime
) -> TherapyTerms:
    """Let each priority wait so long on a list, from a day, today or later; the same day again replaces what was said.

    levels: by priority, (days, what it is meant for). Those who wait keep the deadline they were given.
    Raises NotFound, NotAllowed, TherapyRefused, ChangedMeanwhile.
    """
    group = group_to_arrange(actor=actor, group_id=group_id, permission=DECIDE_TERMS)
    scope = Scope((group.unit.path,))
    require(actor, DECIDE_TERMS, scope)
    if valid_from < oslo.day_of(at):
        raise TherapyRefused(_("Velg en dag fra i dag. Det som har vært, kan ikke endres."), fact="valid_from")
    days = [levels[level][0] for level in LEVELS]
    if days != sorted(days) or not days[0] >= 1 or days[-1] > MOST_DAYS:
        raise TherapyRefused(_("Fristene skal bli lengre fra prioritet 1 til 4, og høyst 365 dager."), fact="days_1")
    if any(not levels[level][1].strip() for level in LEVELS):
        raise TherapyRefused(_("Skriv hva hver prioritet er for."), fact="criteria_1")
    TherapyGroup.objects.select_for_update(of=("self",)).get(pk=group.pk)
    refuse_if_changed(str(group), seen=edition, now=edition_of_terms(group.pk), at=at)
    stored, _new = TherapyTerms.objects.update_or_create(
        group=group,
        valid_from=valid_from,
        defaults={
            "levels": {str(level): [levels[level][0], levels[level][1].strip()] for level in LEVELS},
            "decided_by_id": actor.employee_id,
            "decided_at": at,
        },
    )
    change = {"days": days, "from": valid_from.isoformat()}
    audit.record(actor, DECIDE_TERMS, str(group), scope, at=at, change=change)
    return stored
