"""The shipped competences, and who holds which."""

from datetime import date, datetime

from django.db import transaction

from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import require
from tillit.foundation.organisation.queries import everywhere
from tillit.foundation.workforce import queries, rules
from tillit.foundation.workforce.competence_catalogue import COMPETENCES
from tillit.foundation.workforce.models import Competence, HeldCompetence
from tillit.foundation.workforce.permissions import KEEP_STAFF_LISTS


@transaction.atomic
def seed_competences(actor: Actor, at: datetime) -> tuple[Competence, ...]:
    """Store the competences of the catalogue that are not there; those that are keep their name and terms.

    Running it again changes nothing. Returns all the shipped ones, in the catalogue's order.
    """
    scope = everywhere()
    require(actor, KEEP_STAFF_LISTS, scope)
    there = {competence.code: competence for competence in Competence.objects.all()}
    new = [
        Competence(
            code=entry.code,
            name=entry.name,
            months_valid=entry.months_valid,
            professions=list(entry.professions),
        )
        for entry in COMPETENCES
        if entry.code not in there
    ]
    if new:
        for competence in new:
            competence.save()
            there[competence.code] = competence
        audit.record(
            actor,
            KEEP_STAFF_LISTS,
            "competences",
            scope,
            at=at,
            change={"added": [competence.code for competence in new]},
        )
    return tuple(there[entry.code] for entry in COMPETENCES)


@transaction.atomic
def hold_competence(
    *,
    actor: Actor,
    employee_id: int,
    competence_id: int,
    valid_from: date,
    valid_to: date | None = None,
    at: datetime,
) -> HeldCompetence:
    """Write down that an employee holds a competence from a day.

    valid_to: the first day it no longer holds; None follows the competence's own validity (24 months for
    medication handling). Repeating it with the same first day moves its end only.
    """
    employee = queries.get_employee(actor=actor, employee_id=employee_id)
    units = queries.employee_units(employee_id=employee.pk, on=valid_from)
    scope = Scope(tuple(unit.path for unit in units) or ("",))
    require(actor, KEEP_STAFF_LISTS, scope)
    competence = Competence.objects.get(pk=competence_id)
    held, _made = HeldCompetence.objects.update_or_create(
        employee=employee,
        competence=competence,
        valid_from=valid_from,
        defaults={"valid_to": valid_to or rules.runs_out_on(valid_from, competence.months_valid)},
    )
    audit.record(
        actor,
        KEEP_STAFF_LISTS,
        f"employee:{employee.pk}",
        scope,
        at=at,
        change={"competence": competence.code, "from": valid_from.isoformat(), "to": _iso(held.valid_to)},
    )
    return held


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
