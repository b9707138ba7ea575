"""What opens citizens for one employee, and what bars her, at a moment: filled into the actor once per request."""

from collections import defaultdict
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.db.models import CharField, DateField, DateTimeField, QuerySet, Value

from tillit.care.citizens import rules
from tillit.care.citizens.models import AccessTerms, AskedIn, AskedInKind, Barrier, EmergencyAccess
from tillit.care.citizens.permissions import READ_CITIZEN
from tillit.foundation.access.actor import Actor, Opening
from tillit.foundation.organisation.queries import in_force
from tillit.kernel import oslo
from tillit.kernel.editions import edition_of
from tillit.kernel.periods import Days, Period

_NO_MOMENT = Value(None, output_field=DateTimeField())
_NO_DAY = Value(None, output_field=DateField())


def with_reach(actor: Actor, *, at: datetime) -> Actor:
    """Return the actor with what opens and bars at `at` (aware UTC), in one query. Answers `sources.ReachSource`."""
    if actor.employee_id is None or not actor.grants:
        return actor
    barriers: dict[int, list[rules.Barrier]] = defaultdict(list)
    emergencies: dict[int, list[rules.Emergency]] = defaultdict(list)
    openings = []
    reads = bool(actor.paths_for(READ_CITIZEN.roles))
    for what, pk, citizen_id, code, first, after, from_at, to_at in _rows(actor.employee_id, at):
        if what == "BARRIER":
            barriers[citizen_id].append(rules.Barrier(rules.Bar(code), Days(first, after)))
        elif what == "ASKED":
            until = oslo.whole_day(after - timedelta(days=1) if after else oslo.day_of(at)).end
            ground = rules.Ground.THERAPY if code == AskedInKind.CASE else rules.Ground.REQUEST
            openings.append(Opening(citizen_id, ground.value, pk, code, until))
        else:
            emergencies[citizen_id].append(rules.Emergency(code, Period(from_at, to_at)))
            openings.append(Opening(citizen_id, rules.Ground.EMERGENCY.value, pk, code, to_at))
    barred = frozenset(
        citizen_id
        for citizen_id, found in barriers.items()
        if rules.is_barred(found, emergencies[citizen_id], on=oslo.day_of(at), at=at)
    )
    kept = tuple(one for one in openings if reads and one.citizen_id not in barred)
    return replace(actor, openings=kept, barred=barred)


def _rows(employee_id: int, at: datetime) -> list[tuple[str, int, int, str, date, date | None, datetime, datetime]]:
    today = oslo.day_of(at)
    barriers = Barrier.objects.filter(in_force(today), employee_id=employee_id).values_list(
        Value("BARRIER", output_field=CharField()), "pk", "citizen_id", "kind", "valid_from", "valid_to",
        _NO_MOMENT, _NO_MOMENT,
    )  # fmt: skip
    asked = AskedIn.objects.filter(in_force(today), employee_id=employee_id).values_list(
        Value("ASKED", output_field=CharField()), "pk", "citizen_id", "kind", "valid_from", "valid_to",
        _NO_MOMENT, _NO_MOMENT,
    )  # fmt: skip
    emergencies = open_emergencies(at).filter(employee_id=employee_id).values_list(
        Value("EMERGENCY", output_field=CharField()), "pk", "citizen_id", "reason", _NO_DAY, _NO_DAY,
        "opened_at", "ends_at",
    )  # fmt: skip
    return list(emergencies.union(asked, barriers, all=True))  # in this order PostgreSQL learns each column's type


def open_emergencies(at: datetime) -> QuerySet[EmergencyAccess]:
    """Return the emergency accesses that hold at a moment."""
    return EmergencyAccess.objects.filter(opened_at__lte=at, ends_at__gt=at, ended_at__isnull=True)


def edition_of_terms() -> int:
    """Return which edition this is of all terms that have been decided. One query."""
    rows = AccessTerms.objects.order_by("pk").values_list("pk", "decided_at")
    return edition_of([(pk, at.isoformat()) for pk, at in rows])


def terms_on(on: date) -> rules.Terms:
    """Return the municipality's terms on a day, in one query; what the product says until it has decided."""
    found = (
        AccessTerms.objects.filter(valid_from__lte=on)
        .order_by("-valid_from")
        .values("clinical_days", "case_worker_days", "leader_days", "emergency_hours")
        .first()
    )
    return rules.Terms(**found) if found else rules.DEFAULT_TERMS
