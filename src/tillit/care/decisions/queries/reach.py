"""Which cases an actor reaches. Everything about a case goes through here first."""

from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tillit.care.citizens.models import Following
from tillit.care.citizens.queries import scope_of
from tillit.care.decisions.models import Case, Holding
from tillit.care.decisions.permissions import READ_CASE
from tillit.foundation.access import reading
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.organisation.queries import at_or_below, in_force
from tillit.kernel import oslo
from tillit.kernel.errors import NotFound


def reachable_cases(actor: Actor, *, on: date) -> QuerySet[Case]:
    """Return the cases that concern the actor on a day. Lazy and unordered; callers note whom they hand out.

    A case is reached by the unit that holds it, the one it is offered to, the one that gives urgent help in it, and
    those that follow the citizen. Never a case of somebody the actor is barred from.
    """
    paths = actor.paths_for(READ_CASE.roles)
    if not paths:
        return Case.objects.none()
    cases = Case.objects.exclude(citizen_id__in=actor.barred) if actor.barred else Case.objects.all()
    if "" in paths:
        return cases
    return cases.filter(
        at_or_below(paths)
        | at_or_below(paths, "urgent_unit")
        | Q(pk__in=Holding.objects.filter(at_or_below(paths), answer="").values("case_id"))
        | Q(citizen_id__in=Following.objects.filter(in_force(on)).filter(at_or_below(paths)).values("citizen_id"))
    )


#: The people and places that a case names itself.
_ROUND_A_CASE = ("citizen", "unit", "urgent_unit", "applicant", "case_worker", "proposed_by", "registered_by")


def get_case(*, actor: Actor, case_id: int, at: datetime, lock: bool = False) -> Case:
    """Return the case if the actor reaches it at `at` (aware UTC), and note the reading.

    lock: hold the case's row until the transaction ends, for actions.
    Raises NotFound also when the case exists out of reach, so that nobody learns who gets help.
    """
    cases = reachable_cases(actor, on=oslo.day_of(at))
    if lock:
        cases = Case.objects.filter(pk__in=cases.values("pk")).select_for_update(of=("self",))
    found = cases.select_related(*_ROUND_A_CASE).filter(pk=case_id).first()
    if found is None:
        raise NotFound(_("Fant ikke saken."))
    reading.note(found.citizen_id)
    return found


def newest_case_id(*, actor: Actor, citizen_id: int, at: datetime) -> int | None:
    """Return the citizen's newest case that the actor reaches and that is nobody else's part, or None."""
    cases = reachable_cases(actor, on=oslo.day_of(at)).filter(citizen_id=citizen_id, split_from__isnull=True)
    return cases.order_by("-pk").values_list("pk", flat=True).first()


def scope_of_case(case: Case, *, on: date) -> Scope:
    """Return whom a case concerns: the unit that holds it, then the others it concerns. Two queries.

    They are the one it is offered to, the one that gives urgent help in it, and those that follow the citizen.
    """
    offer = Holding.objects.filter(case=case, answer="").select_related("unit").first()
    return scope_from(case, offer, scope_of(case.citizen_id, on=on))


def scope_from(case: Case, offer: Holding | None, followed: Scope) -> Scope:
    """Return the scope of a case from what is read already. offer: the one that waits, with its unit."""
    units = [case.unit, offer.unit if offer else None, case.urgent_unit]
    paths = [unit.path for unit in units if unit is not None]
    return Scope(tuple(dict.fromkeys([*paths, *followed.paths])), case.citizen_id)
