"""What somebody says of a citizen who moves to the municipality, and who keeps her wherever she lives."""

from dataclasses import dataclass
from datetime import date

#: What a unit is for → it has its citizens regardless of where they live: moving changes nothing for it. Those that
#: have her for a while only pass her on when they are done, by the address she has then.
KEEPS = frozenset({"ALLOCATION", "ASSESSMENT", "RAPID_RESPONSE", "REABLEMENT", "DEMENTIA", "SERIOUS_ILLNESS"})


@dataclass(frozen=True, slots=True)
class MovesIn:
    """Somebody moves to the municipality. on: the first day here. help_before: the help she has, and from whom."""

    on: date
    help_before: str = ""

    def trimmed(self) -> "MovesIn":
        """Return the same with the words as they are kept."""
        return MovesIn(self.on, self.help_before.strip()[:300])


def goes_to_another_team(*, follower_path: str, follower_purpose: str, area_path: str) -> bool:
    """Whether a new address gives a citizen to others than the unit that has everything now.

    A work group is part of its team, so its paths are alike: she stays.
    """
    if follower_purpose in KEEPS:
        return False
    return not (follower_path.startswith(area_path) or area_path.startswith(follower_path))
