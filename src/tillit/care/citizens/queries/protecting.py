"""Which hidden addresses somebody is shown. The one place that decides; every page asks it through `briefs`."""

from collections.abc import Collection
from datetime import date

from tillit.care.citizens import rules, sources
from tillit.care.citizens.models import AddressTrust, Citizen, Responsible
from tillit.foundation.access.actor import Actor
from tillit.foundation.organisation.queries import in_force


def hidden_from(actor: Actor | None, secret_ids: Collection[int], *, on: date) -> frozenset[int]:
    """Return those of the citizens with a hidden address whose address the actor is not shown on a day.

    actor: None for commands and tasks, which show nobody anything. secret_ids: those whose address is hidden at all;
    without any nothing is asked, otherwise three queries.
    """
    if not secret_ids or actor is None or actor.is_system:
        return frozenset()
    named: set[int] = set()
    visited: frozenset[int] = frozenset()
    if actor.employee_id is not None:
        for model in (Responsible, AddressTrust):
            rows = model._default_manager.filter(
                in_force(on), employee_id=actor.employee_id, citizen_id__in=list(secret_ids)
            )
            named.update(rows.values_list("citizen_id", flat=True))
        visited = sources.visited_on(employee_id=actor.employee_id, citizen_ids=secret_ids, on=on)
    return frozenset(
        one
        for one in secret_ids
        if not rules.shows_address(is_hidden=True, has_visit=one in visited, is_named=one in named)
    )


def is_hidden_from(actor: Actor, citizen: Citizen, *, on: date) -> bool:
    """Whether one citizen's address is hidden from the actor on a day."""
    secret = (citizen.pk,) if citizen.is_secret_address else ()
    return bool(hidden_from(actor, secret, on=on))
