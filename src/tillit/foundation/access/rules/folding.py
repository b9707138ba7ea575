"""Fold the access log into days and people, so that it can be read: pure, on plain values."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Look:
    """Looks alike by one person on one day: from the log. kind: a code of `doors`; `whom`: user and name."""

    day: date
    first_at: datetime
    last_at: datetime
    user_id: int | None
    name: str
    roles: frozenset[str]
    unit_path: str
    kind: str
    changed: bool
    ground: str
    ground_subject: str


@dataclass(frozen=True, slots=True)
class PersonsDay:
    """What one person did with one citizen's data on one day. Kinds and grounds: each once, the first seen first."""

    user_id: int | None
    name: str
    roles: tuple[str, ...]
    unit_paths: tuple[str, ...]
    first_at: datetime
    last_at: datetime
    read: tuple[str, ...]
    changed: tuple[str, ...]
    grounds: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Day:
    """A day, with those who looked: people first, by when they began; what the system did itself last."""

    day: date
    people: tuple[PersonsDay, ...]


def fold(looks: Iterable[Look]) -> tuple[Day, ...]:
    """Return the days with looks, the newest first.

    What somebody both read and changed stands as changed alone. A person is her user; the system is its name.
    """
    by_day: dict[date, dict[tuple[int | None, str], list[Look]]] = {}
    for look in sorted(looks, key=lambda one: (one.first_at, one.kind)):
        whom = (look.user_id, "" if look.user_id else look.name)
        by_day.setdefault(look.day, {}).setdefault(whom, []).append(look)
    return tuple(
        Day(day, tuple(sorted((_fold_one(found) for found in people.values()), key=_order)))
        for day, people in sorted(by_day.items(), reverse=True)
    )


def _order(one: PersonsDay) -> tuple[bool, datetime, str]:
    return (one.user_id is None, one.first_at, one.name)


def _fold_one(looks: list[Look]) -> PersonsDay:
    changed = tuple(dict.fromkeys(look.kind for look in looks if look.changed))
    return PersonsDay(
        user_id=looks[0].user_id,
        name=looks[-1].name,
        roles=tuple(sorted(frozenset().union(*(look.roles for look in looks)))),
        unit_paths=tuple(dict.fromkeys(look.unit_path for look in looks)),
        first_at=looks[0].first_at,
        last_at=max(look.last_at for look in looks),
        read=tuple(kind for kind in dict.fromkeys(look.kind for look in looks) if kind not in changed),
        changed=changed,
        grounds=tuple(dict.fromkeys((look.ground, look.ground_subject) for look in looks if look.ground)),
    )
