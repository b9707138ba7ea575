"""What stands of employees, to hold a file against. For taking in: callers check reach."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import F, Q

from tillit.foundation.workforce.models import (
    Competence,
    Employee,
    HeldCompetence,
    Position,
    PositionShare,
    RoleHolding,
)
from tillit.foundation.workforce.rules import Facts, PositionFacts, PositionStands, Standing


@dataclass(frozen=True, slots=True)
class Stored:
    """What stands of an employee, and the paths of the units where she works, holds a role or will."""

    standing: Standing
    roles: frozenset[tuple[str, str]] = field(metadata={"help": "(path, role), not over"})
    paths: frozenset[str]


def standing_of(employees: Iterable[Employee], *, on: date) -> dict[int, Stored]:
    """Return by employee what stands on a day or begins later, in four queries. Their users are loaded."""
    people = {person.pk: person for person in employees}
    paths: dict[int, set[str]] = defaultdict(set)
    positions: dict[int, list[PositionStands]] = defaultdict(list)
    shares: dict[int, list[PositionShare]] = defaultdict(list)
    rows = Position.objects.filter(_not_over(on), employee_id__in=people).order_by("valid_from", "pk")
    stored = list(rows)
    for share in PositionShare.objects.filter(position__in=[one.pk for one in stored]).select_related("unit"):
        shares[share.position_id].append(share)
    for one in stored:
        theirs = shares[one.pk]
        paths[one.employee_id].update(share.unit.path for share in theirs)
        facts = PositionFacts(
            one.percent, one.employment, frozenset((share.unit.code, share.share) for share in theirs)
        )
        colours = {share.unit.code: share.colour for share in theirs}
        positions[one.employee_id].append(PositionStands(one.pk, facts, one.valid_from, one.valid_to, colours))
    roles: dict[int, set[tuple[str, str]]] = defaultdict(set)
    by_path: dict[int, set[tuple[str, str]]] = defaultdict(set)
    holdings = RoleHolding.objects.filter(_not_over(on), employee_id__in=people).select_related("unit")
    for held in holdings:
        roles[held.employee_id].add((held.unit.code, held.role))
        by_path[held.employee_id].add((held.unit.path, held.role))
        paths[held.employee_id].add(held.unit.path)
    can: dict[int, set[str]] = defaultdict(set)
    could: dict[int, set[str]] = defaultdict(set)
    competences = HeldCompetence.objects.filter(employee_id__in=people)
    for employee_id, code, ends in competences.values_list("employee_id", "competence__code", "valid_to"):
        (can if ends is None or ends > on else could)[employee_id].add(code)
    return {
        pk: Stored(
            Standing(
                facts=Facts(
                    person.given_name, person.family_name, person.profession, person.phone, person.travel,
                    person.employed_to,
                ),
                username=person.user.username if person.user else "",
                employed_from=person.employed_from,
                positions=tuple(positions[pk]),
                roles=frozenset(roles[pk]),
                competences=frozenset(can[pk]),
                ran_out=frozenset(could[pk] - can[pk]),
            ),
            frozenset(by_path[pk]),
            frozenset(paths[pk]),
        )
        for pk, person in people.items()
    }  # fmt: skip


def competence_terms(codes: Collection[str]) -> dict[str, tuple[int, int | None]]:
    """Return code → id and for how many months it is valid, of those that are stored. One query."""
    rows = Competence.objects.filter(code__in=codes).values_list("code", "pk", "months_valid")
    return {code: (pk, months) for code, pk, months in rows}


def _not_over(on: date) -> Q:
    """Not over on the day, and not ended the day it began."""
    return (Q(valid_to__isnull=True) | Q(valid_to__gt=on)) & (Q(valid_to__isnull=True) | ~Q(valid_to=F("valid_from")))
