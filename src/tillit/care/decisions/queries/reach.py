"""Which cases an actor reaches. Everything about a case goes through here first."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tillit.care.citizens.models import Following
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
    those that follow the citizen.
    """
    paths = actor.paths_for(READ_CASE.roles)
    if not paths:
        return Case.objects.none()
    if "" in paths:
        return Case.objects.all()
    return Case.objects.filter(
        at_or_below(paths)
        | at_or_below(paths, "urgent_unit")
        | Q(pk__in=Holding.objects.filter(at_or_below(paths), answer="").values("case_id"))
        | Q(citizen_id__in=Following.objects.filter(in_force(on)).filter(at_or_below(paths)).values("citizen_id"))
    )


def get_case(*, actor: Actor, case_id: int, at: datetime, lock: bool = False) -> Case:
    """Return the case if the actor reaches it at `at` (aware UTC), and note the reading.

    lock: hold the case's row until the transaction ends, for actions.
    Raises NotFound also when the case exists out of reach, so that nobody learns who gets help.
    """
    cases = reachable_cases(actor, on=oslo.day_of(at))
    if lock:
        cases = Case.objects.filter(pk__in=cases.values("pk")).select_for_update(of=("self",))
    found = cases.select_related("citizen", "unit").filter(pk=case_id).first()
    if found is None:
        raise NotFound(_("Fant ikke saken."))
    reading.note(found.citizen_id)
    return found


def scopes_of_cases(cases: Iterable[Case], *, on: date) -> dict[int, Scope]:
    """Return the scope of each case: the unit that holds it, then those it concerns besides. Three queries.

    cases: with `unit` loaded.
    """
    rows = list(cases)
    paths: dict[int, list[str]] = {case.pk: [case.unit.path] for case in rows}
    offers = Holding.objects.filter(case_id__in=paths, answer="").order_by("pk").values_list("case_id", "unit__path")
    for case_id, path in offers:
        paths[case_id].append(path)
    urgent = Case.objects.filter(pk__in=paths, urgent_unit__isnull=False).values_list("pk", "urgent_unit__path")
    for case_id, path in urgent:
        paths[case_id].append(path)
    followed: dict[int, list[str]] = {case.citizen_id: [] for case in rows}
    followings = (
        Following.objects.filter(in_force(on), citizen_id__in=followed)
        .order_by("part", "unit__path")
        .values_list("citizen_id", "unit__path")
    )
    for citizen_id, path in followings:
        followed[citizen_id].append(path)
    return {
        case.pk: Scope(tuple(dict.fromkeys(paths[case.pk] + followed[case.citizen_id])), case.citizen_id)
        for case in rows
    }


def scope_of_case(case: Case, *, on: date) -> Scope:
    """Return the scope of one case; see `scopes_of_cases`."""
    return scopes_of_cases([case], on=on)[case.pk]
