"""Around the citizens that are taken in: homes, units, those who answer, next of kin. Only for `writing`."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db.models import Max

from tillit.care.citizens import rules
from tillit.care.citizens.models import Citizen, Following, Home, NetworkKind, NetworkMember, Responsible
from tillit.care.citizens.permissions import (
    CHANGE_FOLLOWING,
    CHANGE_HOME,
    CHANGE_NETWORK,
    NAME_RESPONSIBLE,
    TAKE_IN,
)
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import Permission
from tillit.foundation.workforce.models import Employee


@dataclass(frozen=True, slots=True)
class Line:
    """One citizen and what is to be written about her."""

    citizen: Citizen
    steps: rules.Steps
    number: rules.Identity | None
    is_new: bool


class Desk:
    """Where the entries of the audit trail lie until everything is written."""

    def __init__(self, actor: Actor, scopes: Mapping[int, Scope], *, on: date, at: datetime) -> None:
        self.actor, self.on, self.at = actor, on, at
        self.scopes = scopes
        self.entries: list[audit.Entry] = []

    def tell(self, permission: Permission, subject: object, citizen_id: int, **change: object) -> None:
        """Lay down an entry; it says that the citizen was taken in, so that nobody looks for a form."""
        said = {**change, "by": TAKE_IN.code}
        self.entries.append(audit.Entry(permission, str(subject), self.scopes[citizen_id], said))


def put_homes(desk: Desk, lines: Sequence[Line]) -> set[int]:
    """Store new homes; what held before ends. Returns those of the known who moved."""
    todo = [(line, line.steps.home) for line in lines if line.steps.home is not None]
    open_rows = Home.objects.filter(citizen_id__in=[line.citizen.pk for line, _home in todo], valid_to__isnull=True)
    was = dict(open_rows.values_list("citizen_id", "pk"))
    open_rows.update(valid_to=desk.on)
    made = Home.objects.bulk_create(
        [
            Home(
                citizen=line.citizen,
                valid_from=desk.on,
                **asdict(home),
            )
            for line, home in todo
        ],
        batch_size=500,
    )
    moved = set()
    for stored, (line, _home) in zip(made, todo, strict=True):
        if not line.is_new:
            moved.add(line.citizen.pk)
            said = {"valid_from": desk.on.isoformat(), "was": was.get(line.citizen.pk)}
            desk.tell(CHANGE_HOME, stored, line.citizen.pk, **said)
    return moved


def put_followings(desk: Desk, lines: Sequence[Line], units: Mapping[str, int]) -> set[int]:
    """Another unit follows her from then on; those that follow a part keep it."""
    todo = [line for line in lines if line.steps.path]
    open_rows = Following.objects.filter(
        citizen_id__in=[line.citizen.pk for line in todo], valid_to__isnull=True, part=""
    )
    was: dict[int, list[int]] = {}
    for citizen_id, unit_id in open_rows.values_list("citizen_id", "unit_id"):
        was.setdefault(citizen_id, []).append(unit_id)
    open_rows.update(valid_to=desk.on)
    made = Following.objects.bulk_create(
        [Following(citizen=line.citizen, unit_id=units[line.steps.path], valid_from=desk.on) for line in todo],
        batch_size=500,
    )
    handed = set()
    for stored, line in zip(made, todo, strict=True):
        if not line.is_new:
            handed.add(line.citizen.pk)
            said = {"instead_of": sorted(was.get(line.citizen.pk, ())), "from": desk.on.isoformat()}
            desk.tell(CHANGE_FOLLOWING, stored, line.citizen.pk, unit=stored.unit_id, **said)
    return handed


def put_responsible(desk: Desk, lines: Sequence[Line]) -> None:
    """Let those whom the file names answer for them; those who did before end."""
    todo = [(line, kind, number) for line in lines for kind, number in line.steps.responsible]
    people = dict(Employee.objects.filter(number__in={number for _l, _k, number in todo}).values_list("number", "pk"))
    concerned = {(line.citizen.pk, kind) for line, kind, _number in todo}
    was = {
        (row.citizen_id, row.kind): row
        for row in Responsible.objects.filter(
            citizen_id__in={pk for pk, _kind in concerned}, is_deputy=False, valid_to__isnull=True
        )
        if (row.citizen_id, row.kind) in concerned
    }
    Responsible.objects.filter(pk__in=[row.pk for row in was.values()]).update(valid_to=desk.on)
    made = Responsible.objects.bulk_create(
        [
            Responsible(citizen=line.citizen, employee_id=people[number], kind=kind, valid_from=desk.on)
            for line, kind, number in todo
        ],
        batch_size=500,
    )
    for stored, (line, kind, _number) in zip(made, todo, strict=True):
        before = was.get((line.citizen.pk, kind))
        said = {"was": before.employee_id if before else None, "from": desk.on.isoformat()}
        desk.tell(
            NAME_RESPONSIBLE, stored, line.citizen.pk, kind=kind, deputy=False, employee=stored.employee_id, **said
        )


def put_kin(desk: Desk, lines: Sequence[Line]) -> None:
    """Store the next of kin, each instead of the one before."""
    todo = [(line, line.steps.kin) for line in lines if line.steps.kin is not None]
    ended = [line.steps.kin_instead_of for line, _kin in todo if line.steps.kin_instead_of is not None]
    rows = NetworkMember.objects.filter(citizen_id__in=[line.citizen.pk for line, _kin in todo])
    last = dict(rows.order_by().values_list("citizen_id").annotate(last=Max("rank")))
    notes = {row.pk: row for row in NetworkMember.objects.filter(pk__in=ended)}
    for row in notes.values():
        row.valid_to = max(desk.on, row.valid_from)
        row.save(update_fields=["valid_to"])
    made = NetworkMember.objects.bulk_create(
        [
            NetworkMember(
                citizen=line.citizen,
                kind=NetworkKind.RELATIVE,
                name=kin.name,
                relation=kin.relation,
                phone=kin.phone,
                is_next_of_kin=True,
                note=notes[line.steps.kin_instead_of].note if line.steps.kin_instead_of in notes else "",
                rank=last[line.citizen.pk] + 1 if line.citizen.pk in last else 0,
                valid_from=desk.on,
            )
            for line, kin in todo
        ],
        batch_size=500,
    )
    for stored, (line, _kin) in zip(made, todo, strict=True):
        said = {"instead_of": line.steps.kin_instead_of} if line.steps.kin_instead_of is not None else {}
        desk.tell(CHANGE_NETWORK, stored, line.citizen.pk, kind=stored.kind, next_of_kin=True, **said)
