"""Which stored citizen a row is about: by the record system's id, by our own id from an export, by national id."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Q

from tillit.care.citizens.models import Citizen, Identifier
from tillit.exchange.files.checking import Row
from tillit.kernel.national_id import NationalId

OWN = "T-"


def own_key(citizen_id: int) -> str:
    """Return the key an export gives a citizen that no record system has named."""
    return f"{OWN}{citizen_id}"


def citizens_by_key(keys: Iterable[str]) -> dict[str, int]:
    """Return key → citizen id for the keys that are known, in two queries."""
    wanted = set(keys)
    found = {str(key): pk for key, pk in Citizen.objects.filter(import_key__in=wanted).values_list("import_key", "pk")}
    own = {int(key.removeprefix(OWN)) for key in wanted - set(found) if key.removeprefix(OWN).isdigit() and OWN in key}
    unnamed = Citizen.objects.filter(pk__in=own, import_key__isnull=True).values_list("pk", flat=True)
    return found | {own_key(pk): pk for pk in unnamed}


def citizens_of(rows: Sequence[Row]) -> dict[str, int]:
    """Return key → citizen id for the rows' people; one without a key is known by her national id. Three queries."""
    found = citizens_by_key(str(row.values["key"]) for row in rows)
    numbers = {
        number.value: str(row.values["key"])
        for row in rows
        if str(row.values["key"]) not in found and isinstance(number := row.values["national_id"], NationalId)
    }
    unnamed = Identifier.objects.filter(
        value__in=numbers, valid_to__isnull=True, citizen__import_key__isnull=True
    ).values_list("value", "citizen_id")
    return found | {numbers[value]: citizen_id for value, citizen_id in unnamed}


def closed_keys(rows: Sequence[Row], *, on: date) -> frozenset[str]:
    """Return the keys of those an import must not bring back: the dead, those without help, those merged away."""
    found = citizens_of(rows)
    ended = Q(ends_of_help__taken_back_at__isnull=True, ends_of_help__ends_on__lte=on)
    gone = Q(merged_into__isnull=False) | Q(died_on__isnull=False) | ended
    closed = frozenset(Citizen.objects.filter(gone, pk__in=list(found.values())).values_list("pk", flat=True))
    return frozenset(key for key, citizen_id in found.items() if citizen_id in closed)
