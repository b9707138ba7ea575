"""Which stored citizen a row is about: by the record system's id, by our own id from an export, by national id."""

from collections.abc import Iterable, Sequence

from tillit.care.citizens.queries import known_again
from tillit.exchange.files.checking import Row
from tillit.kernel.national_id import NationalId

OWN = "T-"


def own_key(citizen_id: int) -> str:
    """Return the key an export gives a citizen that no record system has named."""
    return f"{OWN}{citizen_id}"


def citizens_by_key(keys: Iterable[str]) -> dict[str, int]:
    """Return key → citizen id for the keys that are known, in two queries."""
    wanted = set(keys)
    found = known_again.by_import_key(wanted)
    own = {int(key.removeprefix(OWN)) for key in wanted - set(found) if key.removeprefix(OWN).isdigit() and OWN in key}
    return found | {own_key(pk): pk for pk in known_again.without_import_key(own)}


def citizens_of(rows: Sequence[Row]) -> dict[str, int]:
    """Return key → citizen id for the rows' people; one without a key is known by her national id. Three queries."""
    found = citizens_by_key(str(row.values["key"]) for row in rows)
    numbers = {
        number.value: str(row.values["key"])
        for row in rows
        if str(row.values["key"]) not in found and isinstance(number := row.values["national_id"], NationalId)
    }
    unnamed = {value: pk for value, (pk, is_named) in known_again.owners_of(numbers).items() if not is_named}
    return found | {numbers[value]: citizen_id for value, citizen_id in unnamed.items()}
