"""Who carries out an intervention when several units follow the citizen (HELTOM, special teams)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tillit.care.citizens.rules.followers import FollowedBy, Followers


@dataclass(frozen=True, slots=True)
class Fallen:
    """An intervention whose unit does not follow the citizen on the day: another does it until the plan is adjusted.

    unit_id: whom the plan names. name: of that unit, empty when it never followed her. begins: it follows from a later
    day. by: who does it meanwhile; None when nobody follows her.
    """

    intervention_id: int
    unit_id: int
    name: str
    begins: date | None
    by: FollowedBy | None


def carrier(unit_id: int | None, followers: Followers, on: date) -> FollowedBy | None:
    """Return who carries out an intervention on a day: the unit it names if that follows the citizen then, else the
    main unit. None when nobody follows her."""
    following = followers.on(on)
    named = next((one for one in following if one.unit_id == unit_id), None)
    return named or next(iter(following), None)


def fallen(interventions: Iterable[tuple[int, int | None]], followers: Followers, on: date) -> list[Fallen]:
    """Return what falls to the main unit because the unit named does not follow the citizen on the day.

    interventions: (id, the unit it names). Nothing when nobody follows her: then nothing is done at all.
    """
    found = []
    for intervention_id, unit_id in interventions:
        by = carrier(unit_id, followers, on)
        if unit_id is None or by is None or by.unit_id == unit_id:
            continue
        known = followers.known(unit_id)
        begins = known.days.first if known and known.days.first > on else None
        found.append(Fallen(intervention_id, unit_id, known.unit_name if known else "", begins, by))
    return found


def to_store(unit_id: int | None, followers: Followers, on: date) -> int | None:
    """Return what stands in the plan when `unit_id` is chosen: nothing for the main unit, whichever that becomes."""
    main = followers.main(on)
    return None if main is not None and main.unit_id == unit_id else unit_id
