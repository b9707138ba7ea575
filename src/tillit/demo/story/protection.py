"""Who must not see, and who saw out of turn: a hidden address, an objection, two emergency accesses in Team Solvik."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import QuerySet

from tillit.care.citizens.actions.barring import bar_employee
from tillit.care.citizens.actions.hiding import set_address_hidden
from tillit.care.citizens.models import BarKind, Citizen, EmergencyAccess, Following
from tillit.care.visits.models import VisitHelper
from tillit.foundation.access import reading
from tillit.foundation.access.roles import Role
from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce.actors import actor_of
from tillit.foundation.workforce.models import Employee, RoleHolding
from tillit.kernel import oslo

TEAM, LEADER, UNWANTED = "Team Solvik", "marit.aune", "tuva.dahl"


@transaction.atomic
def keep_away(anchor: date) -> None:
    """Add the rows, by the product's own actions where there is one. All other rows have been written."""
    team = Unit.objects.filter(name=TEAM).order_by("pk").first()
    leader = Employee.objects.filter(user__username=LEADER).first()
    unwanted = Employee.objects.filter(user__username=UNWANTED).first()
    if team is None or leader is None or leader.user_id is None or unwanted is None:
        return  # a town too small for the story
    at = oslo.moment(anchor, time(7, 5))
    hers = _plain(team, anchor, unwanted)
    if len(hers) < 3:
        return
    marit = actor_of(user_id=leader.user_id, name=leader.name, at=at)
    with reading.watching() as watch:
        set_address_hidden(actor=marit, citizen_id=hers[0], hidden=True, at=at)
        bar_employee(
            actor=marit,
            citizen_id=hers[1],
            employee_id=unwanted.pk,
            kind=BarKind.OBJECTION,
            asked_by="Brukeren selv",
            at=at,
        )
    reading.write(watch, actor=marit, door="demo", at=at)
    stranger = _nurse_elsewhere(team, anchor)
    if stranger is not None:
        _emergencies(hers[2], stranger, leader, at)


def _plain(team: Unit, anchor: date, unwanted: Employee) -> list[int]:
    """The team's living citizens whom have visits today, and whom the one objected to does not visit."""
    visited = VisitHelper.objects.filter(employee=unwanted, on__gte=anchor).values("visit__citizen_id")
    with_visits = VisitHelper.objects.filter(on=anchor).values("visit__citizen_id")
    followed = Following.objects.filter(unit=team, valid_to__isnull=True, part="").values("citizen_id")
    rows: QuerySet[Citizen] = Citizen.objects.filter(pk__in=followed, died_on__isnull=True).exclude(pk__in=visited)
    rows = rows.filter(pk__in=with_visits)
    return list(rows.filter(is_secret_address=False).order_by("-pk").values_list("pk", flat=True)[:3])


def _nurse_elsewhere(team: Unit, on: date) -> RoleHolding | None:
    nurses = RoleHolding.objects.filter(role=Role.NURSE, valid_to__isnull=True, valid_from__lte=on)
    elsewhere = nurses.exclude(unit__path__startswith=team.path).exclude(employee__roles__unit=team)
    return elsewhere.filter(unit__kind="TEAM").order_by("pk").first()


def _emergencies(citizen_id: int, stranger: RoleHolding, leader: Employee, at: datetime) -> None:
    past = at - timedelta(days=5, hours=11)
    EmergencyAccess.objects.create(
        citizen_id=citizen_id,
        employee_id=stranger.employee_id,
        unit_id=stranger.unit_id,
        reason="CALLED_OUT",
        words="Trygghetsalarmen gikk, og bakvakta spurte om jeg var i nærheten",
        opened_at=past,
        ends_at=past + timedelta(hours=4),
        ended_at=past + timedelta(minutes=50),
        verdict="JUSTIFIED",
        review_words="Riktig gjort. Vi har takket for hjelpen.",
        reviewed_by=leader,
        reviewed_at=past + timedelta(hours=12),
    )
    EmergencyAccess.objects.create(
        citizen_id=citizen_id,
        employee_id=stranger.employee_id,
        unit_id=stranger.unit_id,
        reason="FOUND",
        words="Satt på trappa utenfor butikken og var forvirret",
        opened_at=at - timedelta(minutes=15),
        ends_at=at + timedelta(hours=3, minutes=45),
    )
