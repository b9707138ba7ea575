"""May she decide this, and who else may? Stored authorities, roles and acting leaders put before the pure rules.

Everything is read as it was, or will be, on the day of the decision. Five queries, however many services are asked
about, and three more in the few cases where somebody is disqualified. What the actor holds today makes no difference: a
role that ended last week decides nothing this week.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from tillit.foundation.access.actor import Actor
from tillit.foundation.authority.models import ServiceType
from tillit.foundation.authority.queries.desk import Asked, Basis, Decider, InRole, desk_for
from tillit.foundation.authority.queries.law import ServiceLine
from tillit.foundation.authority.rules import resolving
from tillit.foundation.authority.rules.resolving import Why
from tillit.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether she may decide one service, why, and who else may. `words.words_for` says it in Norwegian."""

    may: bool
    why: Why
    service: ServiceLine
    on: date
    extent: Decimal | None
    days: int | None
    unit_name: str
    basis: Basis | None
    held: InRole | None
    deciders: tuple[Decider, ...] = field(metadata={"help": "Roles and people who may decide it, whoever asks"})

    @property
    def authority_id(self) -> int | None:
        """The authority that a yes rests on: stored with the decision."""
        return self.basis.authority_id if self.may and self.basis else None


def may_decide(
    *,
    actor: Actor,
    service_id: int | None = None,
    code: str = "",
    extent: Decimal | None,
    days: int | None,
    unit_id: int,
    on: date,
    prepared_by_id: int | None = None,
    disqualified_ids: Collection[int] = (),
) -> Answer:
    """Return whether the actor may decide one service, named by id or code, on the day of the decision.

    extent: in what the service counts. days: for how long; None is until further notice.
    unit_id: the unit that has the case. prepared_by_id: the employee who prepared it; None is nobody else, so that a
    line that wants four eyes says no. disqualified_ids: everybody who is inhabil in this case; the law bars those
    directly below them too, so that neither they nor those are among `deciders`. Raises NotFound for unknown ids.
    """
    if service_id is None:
        found = ServiceType.objects.filter(code=code).values_list("pk", flat=True).first()
        if found is None:
            raise NotFound(_("Fant ikke tjenesten."))
        service_id = found
    return may_decide_many(
        actor=actor,
        asked=(Asked(service_id, extent, days),),
        unit_id=unit_id,
        on=on,
        prepared_by_id=prepared_by_id,
        disqualified_ids=disqualified_ids,
    )[0]


def may_decide_many(
    *,
    actor: Actor,
    asked: Sequence[Asked],
    unit_id: int,
    on: date,
    prepared_by_id: int | None = None,
    disqualified_ids: Collection[int] = (),
) -> list[Answer]:
    """Answer for several services of one case, in the order asked. See `may_decide`. Five queries, or eight."""
    desk = desk_for(
        unit_id, [one.service_id for one in asked], on, disqualified_ids=disqualified_ids, asker=actor.employee_id
    )
    person = desk.person(actor.employee_id, desk.held_by(actor.employee_id))
    answers = []
    for one in asked:
        matter = desk.matter(one, prepared_by_id)
        found = resolving.resolve(desk.lines, matter, person)
        answers.append(
            Answer(
                may=found.may,
                why=found.why,
                service=desk.services[one.service_id],
                on=on,
                extent=one.extent,
                days=one.days,
                unit_name=desk.unit.name,
                basis=desk.basis(found.authority_id),
                held=desk.in_role(found, matter),
                deciders=desk.deciders(matter, without=None if found.may else actor.employee_id),
            )
        )
    return answers


def deciders_of(
    *,
    service_id: int,
    extent: Decimal | None,
    days: int | None,
    unit_id: int,
    on: date,
    prepared_by_id: int | None = None,
    disqualified_ids: Collection[int] = (),
) -> tuple[Decider, ...]:
    """Return who may decide this on the day: roles in units, with the employees who hold them. Five queries, or eight.

    For tasks and notices: to whom a proposal is handed. Raises NotFound for unknown ids.
    """
    desk = desk_for(unit_id, [service_id], on, disqualified_ids=disqualified_ids)
    return desk.deciders(desk.matter(Asked(service_id, extent, days), prepared_by_id))
