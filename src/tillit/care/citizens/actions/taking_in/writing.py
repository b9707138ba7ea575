"""Write what taking in many citizens comes to. Only for `taking`, which has checked everything."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import date, datetime

from tillit.care.citizens import rules
from tillit.care.citizens.actions.taking_in.around import (
    Desk,
    Line,
    put_followings,
    put_homes,
    put_kin,
    put_responsible,
)
from tillit.care.citizens.actions.taking_in.foreseeing import Incoming, Outlook
from tillit.care.citizens.models import (
    Citizen,
    CorrectedField,
    Correction,
    CorrectionReason,
    Home,
    Identifier,
)
from tillit.care.citizens.permissions import (
    CORRECT_FACTS,
    CORRECT_NUMBER,
    REGISTER_CITIZEN,
)
from tillit.care.citizens.queries import scopes_of
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.organisation.models import Unit
from tillit.kernel import names
from tillit.kernel.national_id import IdKind

_BATCH = 100


@dataclass(slots=True)
class Written:
    """Whom the writing concerned. citizen_ids: in the order of the rows."""

    citizen_ids: tuple[int, ...]
    registered: set[int] = field(default_factory=set)
    corrected: set[int] = field(default_factory=set)
    moved: set[int] = field(default_factory=set)
    handed_over: set[int] = field(default_factory=set)
    changed: set[int] = field(default_factory=set)


def write_steps(
    actor: Actor,
    rows: Sequence[Incoming],
    outlooks: Sequence[Outlook],
    citizens: Mapping[int, Citizen],
    *,
    on: date,
    at: datetime,
) -> Written:
    """Store the steps of the rows. Returns whom they concerned."""
    made = _register([one.steps for one in outlooks if one.is_new and one.steps is not None])
    fresh = iter(made)
    lines = [
        Line(citizens[row.citizen_id] if row.citizen_id is not None else next(fresh), one.steps, one.number, one.is_new)
        for row, one in zip(rows, outlooks, strict=True)
        if one.steps is not None
    ]
    written = Written(tuple(line.citizen.pk for line in lines), registered={one.pk for one in made})
    todo = [line for line in lines if line.is_new or not line.steps.is_nothing]
    if not todo:
        return written
    units = dict(Unit.objects.filter(path__in={line.steps.path for line in todo}).values_list("path", "pk"))
    before = scopes_of((line.citizen.pk for line in todo if not line.is_new), on=on)
    scopes = before | {line.citizen.pk: Scope((line.steps.path,), line.citizen.pk) for line in todo if line.is_new}
    desk = Desk(actor, scopes, on=on, at=at)
    known = [line for line in todo if not line.is_new]
    written.changed = {line.citizen.pk for line in known}
    for line in todo:
        if line.is_new:
            kind = line.number.kind.value if line.number else IdKind.UNKNOWN.value
            desk.tell(
                REGISTER_CITIZEN, line.citizen, line.citizen.pk,
                unit=units[line.steps.path], **{"from": on.isoformat()}, identity=kind,
            )  # fmt: skip
    written.corrected = _correct(desk, known)
    _put_numbers(desk, todo)
    written.moved = put_homes(desk, todo)
    written.handed_over = put_followings(desk, todo, units)
    put_responsible(desk, todo)
    put_kin(desk, todo)
    audit.record_all(actor, desk.entries, at=at)
    return written


def _register(steps: Sequence[rules.Steps]) -> list[Citizen]:
    return Citizen.objects.bulk_create(
        [
            Citizen(
                **asdict(one.facts),
                search_name=_search_name(one.facts, one.home),
                sort_name=names.sort_key(one.facts.family_name, one.facts.given_name),
                import_key=one.key or None,
            )
            for one in steps
        ],
        batch_size=500,
    )


def _search_name(facts: rules.Facts, home: rules.HomeText | None) -> str:
    where = (home.street, home.place) if home else ()
    return rules.search_name(facts.given_name, facts.family_name, facts.call_name, *where)


def _correct(desk: Desk, lines: Sequence[Line]) -> set[int]:
    """Write facts, the record system's id and what she is searched by; keep what facts were."""
    touched = [line for line in lines if line.steps.corrected or line.steps.key or line.steps.home or line.steps.number]
    homes = {
        row.citizen_id: (row.street, row.place)
        for row in Home.objects.filter(citizen_id__in=[line.citizen.pk for line in touched], valid_to__isnull=True)
    }
    old = []
    for line in touched:
        citizen, steps = line.citizen, line.steps
        where = (steps.home.street, steps.home.place) if steps.home else homes.get(citizen.pk, ())
        if citizen.is_secret_address:
            where = ()
        facts = steps.facts
        citizen.search_name = rules.search_name(facts.given_name, facts.family_name, facts.call_name, *where)
        if steps.key:
            citizen.import_key = steps.key
        if not steps.corrected and not steps.number:
            continue
        citizen.edition += 1
        for one in steps.corrected:
            setattr(citizen, one.field, getattr(facts, one.field))
            old.append(_kept(desk, citizen, CorrectedField[one.field.upper()], one.was))
        if steps.corrected:
            citizen.sort_name = names.sort_key(facts.family_name, facts.given_name)
            desk.tell(
                CORRECT_FACTS, citizen, citizen.pk,
                fields=[one.field for one in steps.corrected], reason=CorrectionReason.FILE.value,
                edition=citizen.edition,
            )  # fmt: skip
    plain = ["search_name", "import_key", "edition"]
    told = {line.citizen.pk for line in touched if line.steps.corrected}
    Citizen.objects.bulk_update(
        [line.citizen for line in touched if line.citizen.pk not in told], plain, batch_size=_BATCH
    )
    Citizen.objects.bulk_update(
        [line.citizen for line in touched if line.citizen.pk in told],
        [*plain, "sort_name", *(one.name for one in fields(rules.Facts))],
        batch_size=_BATCH,
    )
    Correction.objects.bulk_create(old, batch_size=500)
    return told


def _kept(
    desk: Desk, citizen: Citizen, which: CorrectedField, was: str, identifier: Identifier | None = None
) -> Correction:
    return Correction(
        citizen=citizen,
        field=which,
        was=was,
        identifier=identifier,
        reason=CorrectionReason.FILE,
        edition=citizen.edition,
        corrected_by_id=desk.actor.employee_id,
        corrected_at=desk.at,
    )


def _put_numbers(desk: Desk, lines: Sequence[Line]) -> None:
    todo = [(line, line.number) for line in lines if line.number is not None]
    open_rows = Identifier.objects.filter(
        citizen_id__in=[line.citizen.pk for line, _number in todo], valid_to__isnull=True
    )
    was = {row.citizen_id: row for row in open_rows.order_by("pk")}
    for row in open_rows:
        row.valid_to = max(desk.on, row.valid_from)
        row.save(update_fields=["valid_to"])
    made = Identifier.objects.bulk_create(
        [
            Identifier(citizen=line.citizen, kind=number.kind.value, value=number.value, valid_from=desk.on)
            for line, number in todo
        ],
        batch_size=500,
    )
    old = []
    for stored, (line, _number) in zip(made, todo, strict=True):
        if line.is_new:
            continue
        before = was.get(line.citizen.pk)
        kept = before if before is not None and before.value else None
        old.append(_kept(desk, line.citizen, CorrectedField.NUMBER, "", kept))
        desk.tell(
            CORRECT_NUMBER, stored, line.citizen.pk,
            identity=stored.kind, was=str(before) if before else None, reason=CorrectionReason.FILE.value,
        )  # fmt: skip
    Correction.objects.bulk_create(old, batch_size=500)
