"""Remind those who have a check that is late, and tell the one in charge when it goes on. Called each minute."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from tillit.care.citizens.queries import CitizenBrief, briefs, last_scope_of
from tillit.care.observations.models import Watch
from tillit.care.observations.permissions import FOLLOW_WATCH
from tillit.care.observations.queries.placing import placed_now
from tillit.care.observations.rules.reaction import Act, Due, reaction
from tillit.care.observations.rules.reminding import Reminder, Told, reminder_due
from tillit.foundation.access import audit, reading
from tillit.foundation.access.actor import system
from tillit.foundation.workforce.queries import leaders_of
from tillit.kernel import oslo

ACTOR = system("Påminnelser")
DOOR = "observations:remind"


def remind_late(*, at: datetime) -> int:
    """Tell whoever is to be told that something is late. Returns how many were told of. Safe to run twice."""
    late = Q(act_by__lte=at) | Q(check_by__lte=at)
    numbers = Watch.objects.filter(late, closed_at__isnull=True, raised_at__isnull=True).values_list("pk", flat=True)
    return sum(_remind(number, at) for number in numbers.order_by("pk"))


@transaction.atomic
def _remind(watch_id: int, at: datetime) -> bool:
    """One at a time: what stops one stops no other."""
    watch = Watch.objects.select_for_update(of=("self",)).filter(pk=watch_id, closed_at__isnull=True).first()
    if watch is None:
        return False
    asked = _asked(watch)
    until = Due(watch.act_by, watch.check_by)
    whom = reminder_due(asked, until, Told(watch.reminded_at, watch.raised_at), now=at)
    if whom is None:
        return False
    with reading.door(DOOR, actor=ACTOR):
        brief = briefs([watch.citizen_id], on=oslo.day_of(at), at=at)[watch.citizen_id]
        if whom is Reminder.OWNER:
            watch.reminded_at, watch.reminded_id = at, _who_has_it(watch, asked, brief, at)
        else:
            watch.raised_at, watch.raised_id = at, _in_charge(watch, brief, at)
        watch.save(update_fields=["reminded_at", "reminded", "raised_at", "raised"])
        told = watch.reminded_id if whom is Reminder.OWNER else watch.raised_id
        scope = last_scope_of(watch.citizen_id, on=oslo.day_of(at))
        change = {"told": whom.value, "employee": told}
        audit.record(ACTOR, FOLLOW_WATCH, str(watch), scope, at=at, change=change)
    return True


def _asked(watch: Watch) -> Act:
    newest = watch.observations.exclude(level="").order_by("-seen_at", "-pk").first()
    return reaction(watch.level, consciousness=newest.consciousness if newest else "").act


def _who_has_it(watch: Watch, asked: Act, brief: CitizenBrief, at: datetime) -> int | None:
    """Whoever would have it now, when the one who has it has gone home."""
    now = placed_now(asked, brief, at=at, first=watch.owner_id)
    return now.employee_id or watch.owner_id


def _in_charge(watch: Watch, brief: CitizenBrief, at: datetime) -> int | None:
    """Whoever has what is acute now, when that is another than those who know; else the team's leader."""
    acute = placed_now(Act.CALL_113, brief, at=at).employee_id
    if acute is not None and acute not in (watch.owner_id, watch.reminded_id):
        return acute
    leaders = leaders_of(brief.unit_ids, on=oslo.day_of(at))
    return next((one.employee_id for unit in brief.unit_ids for one in leaders.get(unit, ())), None)
