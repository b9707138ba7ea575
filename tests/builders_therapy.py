"""Typed builders of the therapists' work: each gives something valid; say only what the test is about."""

from datetime import date, datetime, timedelta

from tests import builders
from tests.cast import MONDAY, MONDAY_DATE, Cast, Member
from tillit.care.citizens.models import Citizen
from tillit.care.therapy.models import TherapyCase, TherapyEvent, TherapyGroup
from tillit.foundation.access.roles import Role
from tillit.foundation.access.sources import actor_for
from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce.models import Profession


def therapist(
    given: str, family: str, unit: Unit, profession: Profession = Profession.OCCUPATIONAL_THERAPIST
) -> Member:
    """Store a therapist who works in a unit."""
    employee = builders.employee(given, family, profession, unit, colour=4)
    builders.role(employee, Role.THERAPIST, unit)
    assert employee.user is not None
    return again(Member(employee, employee.user, None))  # type: ignore[arg-type]


def again(member: Member, *, at: datetime = MONDAY) -> Member:
    """Return her with what opens and bars then."""
    return Member(member.employee, member.user, actor_for(user_id=member.user.pk, name=member.user.name, at=at))


def group(unit: Unit, profession: str = "OCCUPATIONAL_THERAPIST") -> TherapyGroup:
    """Store a list."""
    return TherapyGroup.objects.get_or_create(unit=unit, profession=profession, defaults={"opened_at": MONDAY})[0]


def waiting(
    cast: Cast,
    citizen: Citizen,
    on: TherapyGroup | None = None,
    *,
    words: str = "Jeg vil dusje selv.",
    referred_on: date = MONDAY_DATE - timedelta(days=10),
    priority: int = 2,
) -> TherapyCase:
    """Store a referral that nobody has taken."""
    case = TherapyCase.objects.create(
        group=on or group(cast.south),
        citizen=citizen,
        source="TEAM",
        own_words=words,
        reason="Klarer ikke dusjen.",
        priority=priority,
        referred_on=referred_on,
        due_on=referred_on + timedelta(days=14),
        referred_at=MONDAY,
        referred_unit=cast.bekkedal,
    )
    TherapyEvent.objects.create(
        case=case, kind="REFERRED", words=case.reason, priority=priority, by_name="Ingrid Solheim", at=MONDAY
    )
    return case


def taken(
    cast: Cast, citizen: Citizen, by: Member, on: TherapyGroup | None = None, *, words: str = "Jeg vil dusje selv."
) -> TherapyCase:
    """Store a case that somebody has, without what opens the citizen to her."""
    case = waiting(cast, citizen, on, words=words)
    case.state, case.holder, case.taken_on = "TAKEN", by.employee, MONDAY_DATE
    case.save()
    return case
