"""All about one citizen leaves: every row that hangs on her in every table, and nothing else.

The tables are those of the file about her (`parts.PARTS`) and those in `BESIDE`; a test reads every model against them.
The logs are not: they have a rule of their own, and what stands there is numbers. Relations are checked by the database
when it is over, so that nothing is left that points at what is gone.
"""

from collections.abc import Callable, Mapping

from django.apps import apps
from django.db import connection, models
from django.db.models import Q, QuerySet

from tillit.care.consents.actions.forgetting import close_logins, part_from
from tillit.care.consents.models import PrivateAccount
from tillit.care.consents.queries.leaving import logins_that_go
from tillit.exchange.person.parts import PARTS

#: Tables that hang on a citizen and are not in the file about her, and how they do.
BESIDE: Mapping[str, tuple[str, ...]] = {
    "citizens.Merge": ("wrong", "right"),
    "needs.SetAside": ("conversation__citizen",),
    "decisions.Disqualification": ("citizen",),
    "planning.Notice": ("visit__citizen",),
    "person.HandoutFile": ("handout__citizen",),
    "person.HeldBack": ("handout__citizen",),
}
#: Logins to Min side go when they open nobody else's page: hers, and those of the ones she let in.
LOGINS = "consents.PrivateAccount"
#: What stays, and holds no more of her than a number: the logs, which have a rule of their own, and the trace of this.
STAYS = frozenset(
    (
        "access.AccessEntry",
        "access.AuditEntry",
        "keeping.HandedOver",
        "keeping.Hold",
        "keeping.Removal",
    )
)


def rows_of(citizen_ids: list[int]) -> dict[str, QuerySet[models.Model]]:
    """Return every table's rows of a citizen and her former registrations, those that point at others first."""
    paths = {label: (part.path,) for label, part in PARTS.items() if label not in STAYS} | dict(BESIDE)
    return {label: _found(label, paths[label], citizen_ids) for label in _children_first(list(paths))}


def _found(label: str, paths: tuple[str, ...], citizen_ids: list[int]) -> QuerySet[models.Model]:
    chosen = Q(pk__in=logins_that_go(citizen_ids)) if label == LOGINS else Q(pk__in=())
    for path in () if label == LOGINS else paths:
        chosen |= Q(**{f"{path}__in": citizen_ids})
    found: QuerySet[models.Model] = apps.get_model(label)._base_manager.filter(chosen)
    return found


def remove(citizen_ids: list[int], *, keep: Callable[[Mapping[str, int]], None]) -> None:
    """Delete everything about a citizen, in the caller's transaction. keep: told the rows of each table, before."""
    part_from(citizen_ids=citizen_ids)
    found = rows_of(citizen_ids)
    user_ids = list(PrivateAccount.objects.filter(pk__in=found[LOGINS].values("pk")).values_list("user_id", flat=True))
    keep({label: count for label, rows in found.items() if (count := rows.count())})
    for rows in found.values():
        rows._raw_delete(connection.alias)
    close_logins(user_ids=user_ids)


def _children_first(labels: list[str]) -> list[str]:
    """Order tables so that each comes before those it points at. Where two point at each other the first stands."""
    wanted = {apps.get_model(label): label for label in labels}
    placed: list[str] = []
    open_now: set[str] = set()

    def place(model: type[models.Model]) -> None:
        label = wanted[model]
        if label in placed or label in open_now:
            return
        open_now.add(label)
        for pointing in model._meta.related_objects:
            if isinstance(pointing.related_model, type) and pointing.related_model in wanted:
                place(pointing.related_model)
        open_now.discard(label)
        placed.append(label)

    for model in wanted:
        place(model)
    return placed
