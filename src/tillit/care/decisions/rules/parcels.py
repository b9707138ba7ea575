"""Which services of an application go together: what others hold by the table travels as a case of its own (R04, R22).

Nothing here knows a service or a model. A service names its row of the table (`ServiceType.responsibility_code`); the
routes say which group of services that row belongs to.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tillit.foundation.responsibility.rules.routing import GROUP_ROUTES, ServiceGroup

#: Rows that place a group of services → the group.
_GROUP_OF_ROW: dict[str, ServiceGroup] = {
    code: group for (group, _is_new), rows in GROUP_ROUTES.items() for code in (rows.receive, rows.deliver) if code
} | {"NEW_CASE_WORK": ServiceGroup.HOME, "REASSESS": ServiceGroup.HOME}


def group_of(responsibility_code: str) -> ServiceGroup:
    """Return the group that a service's row belongs to; HOME for rows that place no group of their own."""
    return _GROUP_OF_ROW.get(responsibility_code, ServiceGroup.HOME)


@dataclass(frozen=True, slots=True)
class Parcel:
    """Services that are one case. groups: the first is the one that routes it."""

    groups: tuple[ServiceGroup, ...]
    service_ids: tuple[int, ...]


def parcels(
    services: Iterable[tuple[int, str]], *, held_by: Callable[[ServiceGroup], tuple[int, ...]]
) -> tuple[Parcel, ...]:
    """Return the services of an application, put together by who receives them.

    services: (id, row of the table), as they were asked for. held_by: the units that receive a group; empty when the
    table leads to nobody, which is a place of its own: what is not placed is not hidden among what is.
    The first parcel is the main case: that with help at home, else the first asked for. Without services: one parcel
    with help at home, for what she asks for in words is looked at first.
    """
    by_group: dict[ServiceGroup, list[int]] = {}
    for service_id, code in services:
        by_group.setdefault(group_of(code), []).append(service_id)
    if not by_group:
        return (Parcel((ServiceGroup.HOME,), ()),)
    order = sorted(by_group, key=lambda group: group is not ServiceGroup.HOME)
    together: dict[tuple[int, ...], list[ServiceGroup]] = {}
    for group in order:
        together.setdefault(held_by(group), []).append(group)
    return tuple(
        Parcel(tuple(groups), tuple(service_id for group in groups for service_id in by_group[group]))
        for groups in together.values()
    )
