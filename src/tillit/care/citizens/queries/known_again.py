"""Which stored citizens a record system's file is about, and what stands about them. For imports: no actor, no reach.

Whoever asks checks reach on what comes back (`actions.foresee_citizens` does), and notes whom it looks at.
"""

from collections.abc import Collection, Iterable
from dataclasses import fields
from datetime import date

from django.db.models import Q

from tillit.care.citizens.models import Citizen, Following, Home, Identifier, NetworkMember, Responsible
from tillit.care.citizens.rules import Facts, HomeText, Kin, Standing


def by_import_key(keys: Iterable[str]) -> dict[str, int]:
    """Return the record system's id → citizen, for those that are known."""
    rows = Citizen.objects.filter(import_key__in=set(keys)).values_list("import_key", "pk")
    return {str(key): pk for key, pk in rows}


def without_import_key(citizen_ids: Collection[int]) -> set[int]:
    """Return those whom no record system has named."""
    return set(Citizen.objects.filter(pk__in=citizen_ids, import_key__isnull=True).values_list("pk", flat=True))


def owners_of(numbers: Iterable[str]) -> dict[str, tuple[int, bool]]:
    """Return the number of a person → (citizen, whether a record system has named her), for numbers in use."""
    rows = Identifier.objects.filter(value__in=set(numbers) - {""}, valid_to__isnull=True)
    return {
        value: (citizen_id, key is not None)
        for value, citizen_id, key in rows.values_list("value", "citizen_id", "citizen__import_key")
    }


def closed_among(citizen_ids: Collection[int], *, on: date) -> frozenset[int]:
    """Return those an import must not bring back: the dead, those without help on a day, those merged away."""
    ended = Q(ends_of_help__taken_back_at__isnull=True, ends_of_help__ends_on__lte=on)
    gone = Q(merged_into__isnull=False) | Q(died_on__isnull=False) | ended
    return frozenset(Citizen.objects.filter(gone, pk__in=citizen_ids).values_list("pk", flat=True))


def standing_of(citizens: Collection[Citizen]) -> dict[int, Standing]:
    """Return what stands about citizens, as a file can tell of it, in five queries."""
    ids = [citizen.pk for citizen in citizens]
    open_rows = {"citizen_id__in": ids, "valid_to__isnull": True}
    homes = {row.citizen_id: row for row in Home.objects.filter(**open_rows)}
    main: dict[int, dict[str, date]] = {}
    parts: dict[int, set[str]] = {}
    for citizen_id, path, part, since in Following.objects.filter(**open_rows).values_list(
        "citizen_id", "unit__path", "part", "valid_from"
    ):
        if part:
            parts.setdefault(citizen_id, set()).add(path)
        else:
            main.setdefault(citizen_id, {})[path] = since
    numbers = dict(Identifier.objects.filter(**open_rows).order_by("pk").values_list("citizen_id", "value"))
    responsible: dict[int, dict[str, tuple[str, date]]] = {}
    for citizen_id, kind, number, since in Responsible.objects.filter(**open_rows, is_deputy=False).values_list(
        "citizen_id", "kind", "employee__number", "valid_from"
    ):
        responsible.setdefault(citizen_id, {})[kind] = (number, since)
    kin: dict[int, dict[int, Kin]] = {}
    for pk, citizen_id, name, relation, phone in (
        NetworkMember.objects.filter(**open_rows, is_next_of_kin=True)
        .order_by("rank", "pk")
        .values_list("pk", "citizen_id", "name", "relation", "phone")
    ):
        kin.setdefault(citizen_id, {})[pk] = Kin(name, relation, phone)
    return {
        citizen.pk: Standing(
            facts=facts_of(citizen),
            key=citizen.import_key or "",
            home=home_text(homes[citizen.pk]) if citizen.pk in homes else None,
            home_from=homes[citizen.pk].valid_from if citizen.pk in homes else date.min,
            main=main.get(citizen.pk, {}),
            parts=frozenset(parts.get(citizen.pk, ())),
            number=numbers.get(citizen.pk, ""),
            responsible=responsible.get(citizen.pk, {}),
            kin=kin.get(citizen.pk, {}),
        )
        for citizen in citizens
    }


def facts_of(row: Citizen) -> Facts:
    """Return what stands about who she is."""
    return Facts(**{one.name: getattr(row, one.name) for one in fields(Facts)})


def home_text(home: Home) -> HomeText:
    """Return an address with the way in, as it was written."""
    return HomeText(**{one.name: getattr(home, one.name) for one in fields(HomeText)})
