"""What a file says of one person's shifts, held against those that stand."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

#: A shift is no longer than this.
LONGEST = timedelta(hours=16)


class ShiftProblem(StrEnum):
    """Why a shift cannot be taken in as told."""

    LENGTH = "LENGTH"
    MEETS_TOLD = "MEETS_TOLD"
    MEETS_STORED = "MEETS_STORED"


@dataclass(frozen=True, slots=True)
class Span:
    """From a moment to a moment, aware UTC, half-open."""

    starts_at: datetime
    ends_at: datetime

    def meets(self, other: "Span") -> bool:
        """Whether some of the time is the same."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


@dataclass(frozen=True, slots=True)
class Held:
    """What a told shift is: a stored one (its id), a new one, or none for a reason. other: which it meets."""

    stored_id: int | None = None
    problem: ShiftProblem | None = None
    other: int | None = None


def held_against(told: Sequence[Span], stored: Mapping[int, Span]) -> list[Held]:
    """Return, for each shift told of one person, what it is among those that are stored.

    It is the one that starts at the same moment. Else it is one that is told of nowhere, at another time, when these
    two meet each other and no others; that is how a roster moves a shift. Else it is new, and may meet none.
    `other` is an index of `told` for MEETS_TOLD, an id for MEETS_STORED.
    """
    by_start = {span.starts_at: pk for pk, span in stored.items()}
    found: list[Held | None] = [_wrong(number, told) for number in range(len(told))]
    for number, span in enumerate(told):
        if found[number] is None and span.starts_at in by_start:
            found[number] = Held(by_start[span.starts_at])
    known = {span.starts_at for span in told}
    untold = {pk: span for pk, span in stored.items() if span.starts_at not in known}
    met: dict[int, list[int]] = defaultdict(list)
    meeting: dict[int, list[int]] = defaultdict(list)
    for number, span in enumerate(told):
        for pk, other in untold.items():
            if span.meets(other):
                met[number].append(pk)
                meeting[pk].append(number)
    for number, one in enumerate(found):
        if not met[number]:
            found[number] = one or Held()
        elif one is None and len(met[number]) == 1 and meeting[met[number][0]] == [number]:
            found[number] = Held(met[number][0])
        elif one is None or one.problem is None:
            found[number] = Held(problem=ShiftProblem.MEETS_STORED, other=met[number][0])
    return [one or Held() for one in found]


def _wrong(number: int, told: Sequence[Span]) -> Held | None:
    span = told[number]
    if not timedelta(0) < span.ends_at - span.starts_at <= LONGEST:
        return Held(problem=ShiftProblem.LENGTH)
    earlier = (
        other
        for other in range(len(told))
        if (told[other].starts_at, other) < (span.starts_at, number) and span.meets(told[other])
    )
    met = next(earlier, None)
    return None if met is None else Held(problem=ShiftProblem.MEETS_TOLD, other=met)
