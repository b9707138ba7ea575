"""Citizens: known again by the record system's id, else by national id. Written in bulk, five hundred at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time

from django.conf import settings
from django.utils.translation import gettext as _

from tillit.care.citizens.models import (
    Citizen,
    Following,
    Home,
    Identifier,
    NetworkKind,
    NetworkMember,
    Responsible,
    ResponsibleKind,
)
from tillit.care.needs.models import WhatMatters
from tillit.exchange.files.checking import Problem, Row
from tillit.exchange.files.loading.identity import OWN, citizens_of, closed_keys
from tillit.exchange.files.loading.outcome import Outcome
from tillit.exchange.files.loading.reach import Known
from tillit.foundation.access import reading
from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce.models import Employee
from tillit.kernel import names
from tillit.kernel.national_id import IdKind, NationalId
from tillit.kernel.oslo import moment

_NOON = time(12)
_HOME = ("street", "floor", "postal_code", "place", "latitude", "longitude", "way_in")
_PERSON = ("given_name", "family_name", "born_on", "phone", "language")
_RESPONSIBLE = {
    "service_responsible": ResponsibleKind.SERVICE_RESPONSIBLE,
    "primary_contact": ResponsibleKind.PRIMARY_CONTACT,
}


@dataclass(frozen=True, slots=True)
class Stored:
    """What is stored of one citizen, comparable with a row. `is_named`: the record system's id is known."""

    citizen_id: int
    is_named: bool
    person: tuple[object, ...]
    home: tuple[object, ...]
    unit: str
    number: str
    responsible: tuple[str, ...]
    kin: tuple[str, str, str]
    words: str


def compare(rows: Sequence[Row], known: Known) -> Outcome:
    """Return what writing the rows would do, and what is wrong with them."""
    outcome = Outcome(problems=_problems(rows, known))
    bad = {problem.row for problem in outcome.problems if problem.stops}
    stored = _stored(rows)
    for row in rows:
        if row.number in bad:
            continue
        before = stored.get(str(row.values["key"]))
        if before is None:
            outcome.created += 1
        elif _same(before, row, known):
            outcome.unchanged += 1
        else:
            outcome.changed += 1
    return outcome


def write(rows: Sequence[Row], known: Known, *, today: date) -> Outcome:
    """Store new and changed citizens with home, number, team, responsible people, next of kin and words."""
    outcome = Outcome()
    stored = _stored(rows)
    units = dict(Unit.objects.values_list("code", "pk"))
    people = dict(
        Employee.objects.filter(
            number__in={str(row.values[field]) for row in rows for field in _RESPONSIBLE if row.values[field]}
        ).values_list("number", "pk")
    )
    fresh = [row for row in rows if str(row.values["key"]) not in stored]
    _create(fresh, known, units, people, today)
    outcome.created = len(fresh)
    for row in rows:
        before = stored.get(str(row.values["key"]))
        if before is None:
            continue
        if _same(before, row, known):
            outcome.unchanged += 1
            continue
        _change(before, row, known, units, people, today)
        outcome.changed += 1
    return outcome


def _unit_of(row: Row, known: Known) -> str:
    return str(row.values["unit"] or known.unit_by_postal_code.get(str(row.values["postal_code"]), ""))


def _number(row: Row) -> NationalId | None:
    found = row.values["national_id"]
    return found if isinstance(found, NationalId) else None


def _person(row: Row) -> tuple[object, ...]:
    return tuple(row.values[field] if field == "born_on" else row.values[field] or "" for field in _PERSON)


def _coordinate(value: object) -> float | None:
    return None if value is None else round(float(str(value)), 7)


def _home(row: Row) -> tuple[object, ...]:
    return tuple(
        _coordinate(row.values[field]) if field in {"latitude", "longitude"} else row.values[field] or ""
        for field in _HOME
    )


def _kin(row: Row) -> tuple[str, str, str]:
    return (
        str(row.values["kin_name"] or ""),
        str(row.values["kin_relation"] or ""),
        str(row.values["kin_phone"] or ""),
    )


def _same(before: Stored, row: Row, known: Known) -> bool:
    """Whether the row says nothing new. Cells left empty say nothing about number, people or words."""
    number = _number(row)
    responsible = tuple(
        str(row.values[field] or stored) for field, stored in zip(_RESPONSIBLE, before.responsible, strict=True)
    )
    return (
        (before.is_named or str(row.values["key"]).startswith(OWN))
        and before.person == _person(row)
        and before.home == _home(row)
        and before.unit == _unit_of(row, known)
        and (number is None or before.number == number.value)
        and before.responsible == responsible
        and (not row.values["kin_name"] or before.kin == _kin(row))
        and (not row.values["words"] or before.words == row.values["words"])
    )


def _stored(rows: Sequence[Row]) -> dict[str, Stored]:
    """What is stored of these citizens, by the rows' keys, in ten queries. The look is noted in the access log."""
    key_of = {citizen_id: key for key, citizen_id in citizens_of(rows).items()}
    citizens = Citizen.objects.in_bulk(list(key_of))
    reading.note_all(citizens)
    ids = list(citizens)
    homes = {home.citizen_id: home for home in Home.objects.filter(citizen_id__in=ids, valid_to__isnull=True)}
    units = dict(
        Following.objects.filter(citizen_id__in=ids, valid_to__isnull=True)
        .order_by("-part", "-pk")  # the main unit, which has no part, comes last and stays
        .values_list("citizen_id", "unit__code")
    )
    numbers = dict(
        Identifier.objects.filter(citizen_id__in=ids, valid_to__isnull=True).values_list("citizen_id", "value")
    )
    responsible: dict[int, dict[str, str]] = {}
    for citizen_id, kind, number in Responsible.objects.filter(
        citizen_id__in=ids, valid_to__isnull=True, is_deputy=False
    ).values_list("citizen_id", "kind", "employee__number"):
        responsible.setdefault(citizen_id, {})[kind] = number
    kin = {
        member.citizen_id: (member.name, member.relation, member.phone)
        for member in NetworkMember.objects.filter(citizen_id__in=ids, is_next_of_kin=True, valid_to__isnull=True)
    }
    words = dict(
        WhatMatters.objects.filter(citizen_id__in=ids).order_by("recorded_at").values_list("citizen_id", "words")
    )
    return {
        key_of[citizen.pk]: Stored(
            citizen.pk,
            citizen.import_key is not None,
            tuple(getattr(citizen, field) for field in _PERSON),
            tuple(
                _coordinate(getattr(homes[citizen.pk], field))
                if field in {"latitude", "longitude"}
                else getattr(homes[citizen.pk], field)
                for field in _HOME
            )
            if citizen.pk in homes
            else (),
            units.get(citizen.pk, ""),
            numbers.get(citizen.pk, ""),
            tuple(responsible.get(citizen.pk, {}).get(kind, "") for kind in _RESPONSIBLE.values()),
            kin.get(citizen.pk, ("", "", "")),
            words.get(citizen.pk, ""),
        )
        for citizen in citizens.values()
    }


def _problems(rows: Sequence[Row], known: Known) -> list[Problem]:
    found: list[Problem] = []
    numbers = [number.value for row in rows if (number := _number(row))]
    owner = {
        value: key
        for value, key in Identifier.objects.filter(value__in=numbers, valid_to__isnull=True).values_list(
            "value", "citizen__import_key"
        )
        if key
    }
    closed = closed_keys(rows, on=known.today)
    for row in rows:
        key, number = str(row.values["key"]), _number(row)
        if key in closed:
            found.append(
                Problem(
                    "citizens",
                    row.number,
                    "",
                    _(
                        "Brukeren får ikke hjelp lenger, eller er slått sammen med en annen registrering. "
                        "Ta raden ut, eller ta opp igjen hjelpen på siden til brukeren først."
                    ),
                )
            )
            continue
        found += _about_number(row, key, number, owner)
        if not str(row.values["postal_code"]).isdigit() or len(str(row.values["postal_code"])) != 4:
            found.append(Problem("citizens", row.number, _("Postnummer"), _("Postnummeret skal ha fire sifre.")))
        unit = _unit_of(row, known)
        if not unit:
            found.append(
                Problem(
                    "citizens",
                    row.number,
                    _("Team"),
                    _("Ingen team har dette postnummeret. Skriv koden til teamet, eller legg postnummeret på et team."),
                )
            )
        elif problem := known.unit_problem("citizens", row.number, _("Team"), unit):
            found.append(problem)
        for field, header in (("service_responsible", _("Tjenesteansvarlig")), ("primary_contact", _("Primærkontakt"))):
            if row.values[field] and str(row.values[field]) not in known.employee_numbers:
                found.append(
                    Problem(
                        "citizens",
                        row.number,
                        header,
                        _("Ansattnummer «%(number)s» finnes ikke.") % {"number": row.values[field]},
                    )
                )
        if row.values["latitude"] is None or row.values["longitude"] is None:
            found.append(
                Problem(
                    "citizens",
                    row.number,
                    _("Breddegrad"),
                    _("Uten koordinater regner vi reisetid fra midten av teamets område."),
                    stops=False,
                )
            )
    return found


def _about_number(row: Row, key: str, number: NationalId | None, owner: dict[str, str]) -> list[Problem]:
    column = _("Fødselsnummer")
    if number is None:
        return [
            Problem(
                "citizens",
                row.number,
                column,
                _("Uten nummer er identiteten ukjent til noen fyller det ut."),
                stops=False,
            )
        ]
    if number.is_synthetic and settings.ENV.mode == "production":
        return [Problem("citizens", row.number, column, _("Dette er et testnummer. Det tas ikke inn her."))]
    if owner.setdefault(number.value, key) != key:
        return [Problem("citizens", row.number, column, _("Nummeret hører til en annen bruker."))]
    return []


def _search_name(row: Row) -> str:
    return names.search_key(
        str(row.values["given_name"]),
        str(row.values["family_name"]),
        str(row.values["street"]),
        str(row.values["place"]),
    )


def _create(
    rows: Sequence[Row], known: Known, units: Mapping[str, int], people: Mapping[str, int], today: date
) -> None:
    made = Citizen.objects.bulk_create(
        [
            Citizen(
                **dict(zip(_PERSON, _person(row), strict=True)),
                search_name=_search_name(row),
                sort_name=names.sort_key(str(row.values["family_name"]), str(row.values["given_name"])),
                import_key=str(row.values["key"]),
            )
            for row in rows
        ]
    )
    reading.note_all((citizen.pk for citizen in made), changed=True)
    pairs = list(zip(made, rows, strict=True))
    Identifier.objects.bulk_create([_identifier(citizen.pk, row, today) for citizen, row in pairs])
    Home.objects.bulk_create(
        [Home(citizen=citizen, valid_from=today, **dict(zip(_HOME, _home(row), strict=True))) for citizen, row in pairs]
    )
    Following.objects.bulk_create(
        [Following(citizen=citizen, unit_id=units[_unit_of(row, known)], valid_from=today) for citizen, row in pairs]
    )
    Responsible.objects.bulk_create(
        [
            Responsible(citizen=citizen, employee_id=people[str(row.values[field])], kind=kind, valid_from=today)
            for citizen, row in pairs
            for field, kind in _RESPONSIBLE.items()
            if row.values[field]
        ]
    )
    NetworkMember.objects.bulk_create(
        [_kin_member(citizen.pk, row, today) for citizen, row in pairs if row.values["kin_name"]]
    )
    WhatMatters.objects.bulk_create([_words(citizen.pk, row, today) for citizen, row in pairs if row.values["words"]])


def _identifier(citizen_id: int, row: Row, today: date) -> Identifier:
    number = _number(row)
    if number is None:
        return Identifier(citizen_id=citizen_id, kind=IdKind.UNKNOWN.value, value="", valid_from=today)
    return Identifier(citizen_id=citizen_id, kind=number.kind.value, value=number.value, valid_from=today)


def _kin_member(citizen_id: int, row: Row, today: date) -> NetworkMember:
    name, relation, phone = _kin(row)
    return NetworkMember(
        citizen_id=citizen_id,
        kind=NetworkKind.RELATIVE,
        name=name,
        relation=relation,
        phone=phone,
        is_next_of_kin=True,
        valid_from=today,
    )


def _words(citizen_id: int, row: Row, today: date) -> WhatMatters:
    words = str(row.values["words"])
    return WhatMatters(
        citizen_id=citizen_id,
        words=words,
        short_words=words if len(words) <= 120 else "",
        said_on=today,
        recorded_at=moment(today, _NOON),
    )


def _change(
    before: Stored,
    row: Row,
    known: Known,
    units: Mapping[str, int],
    people: Mapping[str, int],
    today: date,
) -> None:
    """Write what is different; what was true until today is closed, not overwritten."""
    citizen_id = before.citizen_id
    reading.note(citizen_id, changed=True)
    if not str(row.values["key"]).startswith(OWN):
        Citizen.objects.filter(pk=citizen_id, import_key__isnull=True).update(import_key=str(row.values["key"]))
    if before.person != _person(row) or before.home != _home(row):
        Citizen.objects.filter(pk=citizen_id).update(
            **dict(zip(_PERSON, _person(row), strict=True)),
            search_name=_search_name(row),
            sort_name=names.sort_key(str(row.values["family_name"]), str(row.values["given_name"])),
        )
    if before.home != _home(row):
        Home.objects.filter(citizen_id=citizen_id, valid_to__isnull=True).update(valid_to=today)
        Home.objects.create(citizen_id=citizen_id, valid_from=today, **dict(zip(_HOME, _home(row), strict=True)))
    unit = _unit_of(row, known)
    if before.unit != unit:
        Following.objects.filter(citizen_id=citizen_id, valid_to__isnull=True, unit__code=before.unit).update(
            valid_to=today
        )
        Following.objects.get_or_create(
            citizen_id=citizen_id, unit_id=units[unit], valid_to=None, defaults={"valid_from": today}
        )
    number = _number(row)
    if number is not None and before.number != number.value:
        Identifier.objects.filter(citizen_id=citizen_id, valid_to__isnull=True).update(valid_to=today)
        _identifier(citizen_id, row, today).save()
    for (field, kind), stored in zip(_RESPONSIBLE.items(), before.responsible, strict=True):
        if row.values[field] and str(row.values[field]) != stored:
            Responsible.objects.filter(citizen_id=citizen_id, kind=kind, is_deputy=False, valid_to__isnull=True).update(
                valid_to=today
            )
            Responsible.objects.create(
                citizen_id=citizen_id, employee_id=people[str(row.values[field])], kind=kind, valid_from=today
            )
    if row.values["kin_name"] and before.kin != _kin(row):
        NetworkMember.objects.filter(citizen_id=citizen_id, is_next_of_kin=True, valid_to__isnull=True).update(
            valid_to=today
        )
        _kin_member(citizen_id, row, today).save()
    if row.values["words"] and before.words != row.values["words"]:
        _words(citizen_id, row, today).save()
