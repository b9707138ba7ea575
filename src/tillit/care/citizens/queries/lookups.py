"""Who has looked at a citizen's data, folded by day and person, with names: for her, and who shows it to her."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from tillit.care.citizens.models import Citizen
from tillit.care.citizens.queries.emergencies import reasons_of
from tillit.care.citizens.queries.reach import readable
from tillit.foundation.access import doors, grounds, reading
from tillit.foundation.access import queries as log
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.roles import PRIVATE_NAMES, ROLE_NAMES
from tillit.foundation.access.rules.folding import PersonsDay, fold
from tillit.foundation.organisation.queries import names_of
from tillit.kernel import oslo
from tillit.kernel.periods import Period


@dataclass(frozen=True, slots=True)
class Seen:
    """One person on one day, in words."""

    user_id: int | None
    name: str
    roles: tuple[str, ...]
    units: tuple[str, ...]
    first_at: datetime
    last_at: datetime
    why: tuple[str, ...]
    read: tuple[str, ...] = field(metadata={"help": "What about her was opened"})
    changed: tuple[str, ...]
    in_lists: tuple[str, ...] = field(metadata={"help": "Where only her name stood among others'"})
    is_system: bool
    is_herself: bool = field(metadata={"help": "She opened her own page, and nothing else"})


@dataclass(frozen=True, slots=True)
class SeenDay:
    """A day: people who opened something about her, those who only saw her in lists, and the system's own work."""

    day: date
    opened: tuple[Seen, ...]
    in_lists: tuple[Seen, ...]
    system: tuple[Seen, ...]


_ROLE_OF = {role.value: name for role, name in (*ROLE_NAMES.items(), *PRIVATE_NAMES.items())}
_TEXT_OF = {kind.code: kind for kind in vars(doors).values() if isinstance(kind, doors.Kind)}


def lookups_of(citizen_id: int, period: Period) -> tuple[SeenDay, ...]:
    """Return who looked at a citizen in a period, the newest day first, in four queries at most.

    What was read while she was registered twice is hers too. Callers have checked reach.
    """
    ids = (citizen_id, *Citizen.objects.filter(merged_into=citizen_id).values_list("pk", flat=True))
    days = fold(log.looks_at(ids, period))
    units = names_of({_unit_id(path) for day in days for one in day.people for path in one.unit_paths if path})
    grounds_met = {ground for day in days for one in day.people for ground in one.grounds}
    said = reasons_of(opening for ground, subject in grounds_met if (opening := _emergency(ground, subject)))
    return tuple(_day(day.day, [_seen(one, units, said) for one in day.people]) for day in days)


def log_begins(citizen_id: int) -> date | None:
    """Return the first day in a citizen's log."""
    return log.first_look_at((citizen_id,))


def _in_words(ground: str, subject: str, said: Mapping[int, str]) -> str:
    """Return why somebody could look, in plain Norwegian; an emergency with what she wrote."""
    text = grounds.text_of(ground)
    words = said.get(_emergency(ground, subject))
    return f"{text} («{words}»)" if words else text


def _emergency(ground: str, subject: str) -> int:
    """Return the emergency's number from a subject such as "opening:7:FOUND"; 0 for other grounds."""
    number = subject.split(":")[1] if ground == grounds.Ground.EMERGENCY and subject.count(":") > 1 else ""
    return int(number) if number.isdecimal() else 0


def _day(day: date, seen: Iterable[Seen]) -> SeenDay:
    found = list(seen)
    people = [one for one in found if not one.is_system]
    return SeenDay(
        day=day,
        opened=tuple(one for one in people if one.read or one.changed),
        in_lists=tuple(one for one in people if not (one.read or one.changed)),
        system=tuple(one for one in found if one.is_system),
    )


def _seen(one: PersonsDay, units: Mapping[int, str], said: Mapping[int, str]) -> Seen:
    kinds = [_TEXT_OF[code] for code in one.read]
    return Seen(
        user_id=one.user_id,
        name=one.name,
        roles=tuple(str(_ROLE_OF[code]) for code in one.roles if code in _ROLE_OF),
        units=tuple(units[_unit_id(path)] for path in one.unit_paths if path and _unit_id(path) in units),
        first_at=one.first_at,
        last_at=one.last_at,
        why=tuple(dict.fromkeys(text for found in one.grounds if (text := _in_words(*found, said)))),
        read=tuple(str(kind.text) for kind in kinds if kind.about_one),
        changed=tuple(str(_TEXT_OF[code].text) for code in one.changed),
        in_lists=tuple(str(kind.text) for kind in kinds if not kind.about_one),
        is_system=one.user_id is None,
        is_herself={ground for ground, _subject in one.grounds} == {grounds.Ground.OWN},
    )


def _unit_id(path: str) -> int:
    """Return the unit at the end of a path such as "1.4.9."."""
    return int(path.rstrip(".").rpartition(".")[2])


def names_in_reach(*, actor: Actor, citizen_ids: Iterable[int], at: datetime) -> dict[int, str]:
    """Return the names of those among the citizens whom the actor may read now, and note it. One query or two."""
    found = list(readable(actor, on=oslo.day_of(at)).filter(pk__in=list(citizen_ids)))
    reading.note_all(citizen.pk for citizen in found)
    return {citizen.pk: citizen.name for citizen in found}


def earliest(day: date, days: int) -> Period:
    """Return the `days` whole days that end with, and include, `day`."""
    return oslo.last_days(days, until=date.fromordinal(day.toordinal() + 1))
