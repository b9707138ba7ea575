"""What the scan knows from beside the product: who reaches whom by the pure rule, and who has written what.

Read straight from the database and from the declarations, so that what a page answers is held against something else.
"""

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection

from scan.rows import STORED, WORDS, Stored
from tillit.care.citizens.models import Citizen, Identifier, NetworkMember
from tillit.care.citizens.queries import ground_of
from tillit.care.consents.models import ConsentPart, PrivateAccount
from tillit.care.consents.permissions import ALL_HERS, OPENED_BY, WITH_ANY_PART
from tillit.foundation.access import permissions, sources
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.addresses import Address
from tillit.foundation.access.models import AuditEntry, User
from tillit.foundation.access.naming import ABOUT_A_CITIZEN, Reach, reach_of
from tillit.foundation.workforce.models import Employee
from tillit.kernel import clock, oslo

NOBODYS = 987_654_321
"""A number nobody has."""


def nobodys(value: Any) -> Any:
    """Return what nobody has, of the same sort as a number or a key in an address."""
    return UUID(int=NOBODYS) if isinstance(value, UUID) else NOBODYS


def as_nobodys(kwargs: Mapping[str, Any], *, keep: str = "") -> dict[str, Any]:
    """Return what names a row in an address, changed to what nobody has. keep: a name to leave out."""
    rows = {name: value for name, value in kwargs.items() if isinstance(value, int | UUID) and name != keep}
    return {name: nobodys(value) for name, value in rows.items()}


#: Written whenever anybody does anything: sessions, who has looked, what was refused, how often one has asked.
ALWAYS_WRITTEN = frozenset({
    "django_session", "access_accessentry", "access_refusedentry", "access_logseal", "login_loginsession",
    "login_device", "login_deviceuser", "login_throttle", "sqlite_sequence",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Filled:
    """An address with numbers in it. in_reach: True, False, or None when only the app can say."""

    address: Address
    kwargs: dict[str, Any]
    in_reach: bool | None
    is_nobodys: bool = False


@dataclass
class Knowledge:
    """What one person reaches. Made anew when something may have changed it."""

    user: User
    actor: Actor
    reached: frozenset[int]
    shared: frozenset[int] = frozenset()
    let_in: Mapping[int, frozenset[str]] | None = None
    """For a citizen or a relative: whose page she is let in to, and the permissions each opens. None for others."""

    def holds(self, address: Address) -> bool:
        """Whether the address' permission is hers anywhere."""
        permission = address.permission
        if permission is None or permission in (permissions.PUBLIC, permissions.LOGGED_IN):
            return True
        if self.let_in is not None:
            return any(permission.code in codes for codes in self.let_in.values())
        if permission == permissions.SIGNED_IN:
            return True
        return permissions.holds_anywhere(self.actor, permission)

    def reaches(self, address: Address, stored: Stored, row: Any) -> bool | None:
        """Return what the declarations say of a row: in reach, out of reach, or None: the app decides."""
        reach = reach_of(address.door, address.names)
        roles = address.permission.roles if address.permission else frozenset()
        if stored.owner:
            return None if self._is_over_all() else _one(row, stored.owner) == self.user.pk
        if reach is Reach.LET_IN:
            codes = (self.let_in or {}).get(_one(row, stored.citizen), frozenset())
            return address.permission is not None and address.permission.code in codes
        if any(_one(row, place) == self.user.pk for place in stored.parties):
            return None
        above = [path for place in stored.worked_below for path in _all(row, place)]
        if any(grant.role in roles and grant.path.startswith(path) for grant in self.actor.grants for path in above):
            return None
        paths = [path for place in stored.units for path in _all(row, place) if path]
        at_unit = any(grant.role in roles and grant.reaches(path) for grant in self.actor.grants for path in paths)
        if reach in ABOUT_A_CITIZEN:
            if not stored.citizen:
                return None
            citizen_id = _one(row, stored.citizen)
            if citizen_id in self.reached:
                return True
            if reach is not Reach.CITIZEN and not stored.units and citizen_id in self.shared:
                return None  # a letter, or a citizen, by way of a case
            return None if at_unit and citizen_id not in self.actor.barred else False
        if reach is Reach.UNIT:
            return at_unit
        return None

    def sees_unit(self, address: Address, kwargs: Mapping[str, Any]) -> bool:
        """Whether an address is about a unit she reaches by another role, and about nobody who gets help there."""
        if reach_of(address.door, address.names) is not Reach.UNIT:
            return False
        for name, thing in address.names.items():
            stored = STORED.get(thing.code) if thing else None
            if stored is None or not isinstance(kwargs.get(name), int):
                continue
            row = apps.get_model(stored.label)._default_manager.filter(pk=kwargs[name]).first()
            paths = [path for place in stored.units for path in _all(row, place) if path] if row is not None else []
            if any(grant.reaches(path) for grant in self.actor.grants for path in paths):
                return True
        return False

    def _is_over_all(self) -> bool:
        return any(grant.role == "ADMINISTRATOR" for grant in self.actor.grants)

    def named(self, address: Address, kwargs: Mapping[str, Any]) -> frozenset[int]:
        """Return whom the things of an address are about, when a unit of hers has a part in them."""
        found = set()
        for name, thing in address.names.items():
            stored = STORED.get(thing.code) if thing else None
            if stored and stored.citizen and stored.units and isinstance(kwargs.get(name), int):
                row = apps.get_model(stored.label)._default_manager.filter(pk=kwargs[name]).first()
                if row is not None and self.reaches(address, stored, row) is None:
                    found.add(_one(row, stored.citizen))
        return frozenset(found)

    def rows(self, address: Address, code: str, *, most: int, chance: random.Random) -> list[tuple[Any, bool | None]]:
        """Return some rows: hers, those nearest hers by number, and others', each with whether she reaches it."""
        stored = STORED[code]
        model = apps.get_model(stored.label)
        ids = _ids(stored.label)
        if not ids:
            return []
        seen: Counter[bool | None] = Counter()
        found: list[tuple[Any, bool | None]] = []
        tried: set[int] = set()
        order = chance.sample(ids, min(len(ids), 60))
        while order:
            number = order.pop(0)
            if number in tried:
                continue
            tried.add(number)
            row = model._default_manager.filter(pk=number).first()
            if row is None:
                continue
            reach = self.reaches(address, stored, row)
            if seen[reach] < most:
                seen[reach] += 1
                found.append((row, reach))
                if reach:  # the numbers beside her own
                    order = [number + 1, number - 1, number + 2, *order]
            if seen[True] >= most and seen[False] >= most:
                break
        return found

    def fill(self, address: Address, *, most: int, chance: random.Random) -> Iterator[Filled]:
        """Fill an address in as many ways as are worth asking, and once with what nobody has."""
        named = {name: thing.code for name, thing in address.names.items() if thing is not None}
        words = {name: value for name in named if (value := self._word(name)) is not None}
        numbers = {name: code for name, code in named.items() if name not in words or code in STORED}
        if not numbers:
            yield Filled(address, dict(words), None)
            return
        leading = _leading(numbers)
        if leading is None:
            return
        code = numbers[leading]
        first: dict[str, Any] | None = None
        for row, reach in self.rows(address, code, most=most, chance=chance):
            kwargs = words | {leading: _one(row, STORED[code].key)}
            kwargs |= {name: _one(row, place) for name, place in STORED[code].within.items() if name in named}
            for name, other in numbers.items():
                if name not in kwargs:
                    kwargs[name] = self._any(address, other, kwargs)
            if any(value is None for value in kwargs.values()) or set(kwargs) != set(named):
                continue
            first = first or kwargs
            yield Filled(address, kwargs, reach)
        if first is not None:
            yield Filled(address, first | {leading: nobodys(first[leading])}, False, is_nobodys=True)

    def _word(self, name: str) -> Any:
        if name in ("on", "day"):
            day = oslo.day_of(clock.now()) + timedelta(days=name == "on")
            return day if name == "on" else day.isoformat()
        if name == "shift_kind":
            return "DAY"
        return WORDS.get(name)

    def _any(self, address: Address, code: str, _kwargs: Mapping[str, Any]) -> Any:
        """Return one of another kind: hers when there is one."""
        found = self.rows(address, code, most=1, chance=random.Random(code)) if code in STORED else []
        mine = [row for row, reach in found if reach is not False]
        return next((_one(row, STORED[code].key) for row in mine or [row for row, _reach in found]), None)


def _leading(numbers: Mapping[str, str]) -> str | None:
    """The name that decides what the others must be: the one that lies innermost."""
    known = [name for name, code in numbers.items() if code in STORED]
    return max(
        known,
        key=lambda name: (
            len(STORED[numbers[name]].within.keys() & numbers.keys()),
            bool(STORED[numbers[name]].citizen) and name != "citizen_id",
            name != "unit_id",
        ),
        default=None,
    )


def _one(row: Any, place: str) -> Any:
    return next(iter(_all(row, place)), None)


def _all(row: Any, place: str) -> list[Any]:
    return list(type(row)._default_manager.filter(pk=row.pk).values_list(place, flat=True).distinct())


@cache
def _ids(label: str) -> list[int]:
    return sorted(apps.get_model(label)._default_manager.values_list("pk", flat=True))


def forget() -> None:
    """Look for rows anew: some have been made."""
    _ids.cache_clear()


def know(username: str) -> Knowledge:
    """Return what a person reaches now, by the pure rule asked of each citizen."""
    at = clock.now()
    user = User.objects.get(username=username)
    actor = sources.actor_for(user_id=user.pk, name=user.name, at=at)
    everyone = Citizen.objects.values_list("pk", flat=True)
    let_in = _let_in(user, on=oslo.day_of(at))
    if let_in is not None:
        return Knowledge(user, actor, frozenset(let_in), let_in=let_in)
    reached = frozenset(one for one in everyone if ground_of(actor=actor, citizen_id=one, at=at) is not None)
    shared = {
        citizen_id
        for code in ("case", "handover", "move", "question", "emergency", "therapy_case")
        for place in STORED[code].units
        for grant in actor.grants
        for citizen_id in apps.get_model(STORED[code].label)
        ._default_manager.filter(**{f"{place}__startswith": grant.path})
        .values_list(STORED[code].citizen, flat=True)
    }
    lists = STORED["therapy_case"]
    for place in lists.worked_below:
        paths = {
            "".join(_steps(grant.path)[: end + 1]) for grant in actor.grants for end in range(grant.path.count("."))
        }
        on_them = apps.get_model(lists.label)._default_manager.filter(**{f"{place}__in": paths})
        shared |= set(on_them.values_list(lists.citizen, flat=True))
    return Knowledge(user, actor, reached, frozenset(shared - actor.barred))


def _steps(path: str) -> list[str]:
    return [f"{part}." for part in path.split(".") if part]


def _let_in(user: User, *, on: date) -> dict[int, frozenset[str]] | None:
    """Return whose own page somebody opens, and what of it: by the rows. None for one who is no private person."""
    account = PrivateAccount.objects.filter(user=user).first()
    if account is None:
        return None
    found: dict[int, set[str]] = {}
    if account.citizen_id is not None:
        found[account.citizen_id] = {one.code for one in ALL_HERS}
    parts = ConsentPart.objects.filter(consent__account=account, ended_at=None, consent__valid_from__lte=on)
    for part in parts.exclude(consent__valid_to__lte=on).select_related("consent"):
        codes = found.setdefault(part.consent.citizen_id, {one.code for one in WITH_ANY_PART})
        codes.add(OPENED_BY[part.part].code)
    there = Citizen.objects.filter(pk__in=found, died_on=None, merged_into=None).values_list("pk", flat=True)
    return {citizen_id: frozenset(found[citizen_id]) for citizen_id in there}


def private_people() -> frozenset[int]:
    """Return the citizens who have a login of their own: the demo's login page offers them by name."""
    return frozenset(PrivateAccount.objects.exclude(citizen=None).values_list("citizen_id", flat=True))


def names_of(citizen_ids: Iterable[int]) -> dict[str, int]:
    """Return what names each: her full name, when nobody else has it, and her national id."""
    people = list(Citizen.objects.values_list("pk", "given_name", "family_name"))
    employees = Employee.objects.values_list("given_name", "family_name")
    full = Counter(f"{given} {family}" for _pk, given, family in people)
    full.update(f"{given} {family}" for given, family in employees)
    full.update(NetworkMember.objects.values_list("name", flat=True))
    wanted = set(citizen_ids)
    alike: dict[str, list[str]] = {}
    for name in full:
        alike.setdefault(name.rpartition(" ")[2], []).append(name)
    found = {}
    for pk, given, family in people:
        name = f"{given} {family}"
        if pk in wanted and full[name] == 1 and len(name) > 7 and not _is_within(name, alike.get(family, ())):
            found[name] = pk
    for one in Identifier.objects.filter(citizen_id__in=wanted):
        value = getattr(one, "value", "")
        if isinstance(value, str) and len(value) == 11:
            found[value] = one.citizen_id
    return found


def _is_within(name: str, others: Iterable[str]) -> bool:
    """Whether somebody else's name ends with hers: «Marie Indrebø» stands in «Anna Marie Indrebø»."""
    return any(other.endswith(f" {name}") for other in others)


class Writes:
    """Tells what was written between two moments: every row of every table on SQLite, the audit trail elsewhere."""

    def __init__(self) -> None:
        self.is_exact = connection.vendor == "sqlite"
        if self.is_exact:
            self._listen()

    def _listen(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE IF NOT EXISTS scan_writes (place TEXT, act TEXT)")
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
            for (table,) in cursor.fetchall():
                for act in ("INSERT", "UPDATE", "DELETE") if table != "scan_writes" else ():
                    cursor.execute(
                        f'CREATE TRIGGER IF NOT EXISTS "scan_{table}_{act}" AFTER {act} ON "{table}" BEGIN '
                        f"INSERT INTO scan_writes VALUES ('{table}', '{act}'); END"
                    )

    def mark(self) -> int:
        """Return where we stand."""
        if not self.is_exact:
            return AuditEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        with connection.cursor() as cursor:
            cursor.execute("SELECT COALESCE(MAX(rowid), 0) FROM scan_writes")
            return int(cursor.fetchone()[0])

    def since(self, mark: int) -> list[str]:
        """Return what has been written since, but for what always is."""
        if not self.is_exact:
            return sorted({"access_auditentry"} if AuditEntry.objects.filter(pk__gt=mark).exists() else ())
        with connection.cursor() as cursor:
            cursor.execute("SELECT DISTINCT place, act FROM scan_writes WHERE rowid > %s", [mark])
            return sorted(f"{act} {place}" for place, act in cursor.fetchall() if place not in ALWAYS_WRITTEN)

    def end(self) -> None:
        """Stop listening: what is tested on keeps its tables as they were."""
        if self.is_exact:
            with connection.cursor() as cursor:
                cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'scan_%%'")
                for (name,) in cursor.fetchall():
                    cursor.execute(f'DROP TRIGGER "{name}"')
                cursor.execute("DROP TABLE scan_writes")
