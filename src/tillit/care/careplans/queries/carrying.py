"""Who does what when several units follow the citizen. With one unit there is nothing to ask and nothing to show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tillit.care.careplans.models import Intervention
from tillit.care.careplans.queries.content import InterventionLine
from tillit.care.careplans.queries.wording import fallen_text
from tillit.care.careplans.rules.carrying import carrier, fallen
from tillit.care.citizens.queries import followers_of
from tillit.care.citizens.rules.followers import Followers


@dataclass(frozen=True, slots=True)
class Carrying:
    """The units that follow the citizen today, and what they have of the plan."""

    first_name: str
    followers: Followers
    today: date

    @property
    def unit_ids(self) -> frozenset[int]:
        """Those that follow her today."""
        return frozenset(one.unit_id for one in self.followers.on(self.today))

    @property
    def is_shared(self) -> bool:
        """Whether there is more than one to choose among."""
        return len(self.unit_ids) > 1

    def choices(self) -> tuple[tuple[str, str], ...]:
        """What one can choose, the main unit first, as the empty choice; nothing when there is only one."""
        if not self.is_shared:
            return ()
        main, *others = self.followers.on(self.today)
        named = [("", main), *((str(one.unit_id), one) for one in others)]
        return tuple((value, f"{one.unit_name}: {one.part}" if one.part else one.unit_name) for value, one in named)

    def name_of(self, unit_id: int | None) -> str:
        """Return who carries out what names this unit; nothing when one unit has it all."""
        return self.holder(unit_id) if self.is_shared else ""

    def holder(self, unit_id: int | None) -> str:
        """Return who carries out what names this unit, also when there is only one; nothing when nobody follows."""
        by = carrier(unit_id, self.followers, self.today)
        return by.unit_name if by else ""

    def remarks(self, interventions: Iterable[InterventionLine]) -> dict[int, str]:
        """Return, by intervention, what falls to the main unit because the one named does not follow her."""
        found = fallen(((one.intervention_id, one.unit_id) for one in interventions), self.followers, self.today)
        return {one.intervention_id: fallen_text(one, first_name=self.first_name) for one in found}


@dataclass(frozen=True, slots=True)
class Waiting:
    """A plan in use that names a unit which does not follow the citizen: what that unit had, the main one does."""

    citizen_id: int
    unit_name: str
    main_unit_id: int


def waiting_for_a_unit(citizen_ids: Iterable[int], *, on: date) -> list[Waiting]:
    """Return, by citizen, whose plans in use must be adjusted because a unit they name follows her no more on a day.

    One that is to begin needs no adjusting. One line for each citizen, in two queries at most. Callers have checked
    reach and note the reading of those named.
    """
    rows = Intervention.objects.filter(
        plan__citizen_id__in=list(citizen_ids),
        plan__valid_from__isnull=False,
        plan__valid_to__isnull=True,
        unit__isnull=False,
    ).order_by("plan__citizen_id", "rank", "pk")
    named: dict[int, dict[int, str]] = {}
    for citizen_id, unit_id, name in rows.values_list("plan__citizen_id", "unit_id", "unit__name"):
        if unit_id is not None:
            named.setdefault(citizen_id, {})[unit_id] = name
    followers = followers_of(named)
    found = []
    for citizen_id, units in named.items():
        for one in fallen(enumerate(units), followers[citizen_id], on):
            if one.begins is None and one.by is not None:
                found.append(Waiting(citizen_id, units[one.unit_id], one.by.unit_id))
                break
    return found


def carrying_of(citizen_id: int, first_name: str, *, today: date) -> Carrying:
    """Return who follows the citizen and what that means for her plan. Callers have checked reach."""
    return Carrying(first_name, followers_of([citizen_id])[citizen_id], today)
