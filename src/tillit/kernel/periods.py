"""Half-open spans of moments and of days. The end is never included, so that neighbours meet without overlap."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """[start, end) in aware UTC moments.

    Raises ValueError for naive moments or an end before the start.
    """

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start.tzinfo is None or self.end.tzinfo is None:
            raise ValueError("A period needs aware moments.")
        if self.end < self.start:
            raise ValueError("A period cannot end before it starts.")

    def contains(self, moment: datetime) -> bool:
        """Whether `moment` lies in the period; the end does not."""
        return self.start <= moment < self.end

    def overlaps(self, other: "Period") -> bool:
        """Whether the two share at least one moment."""
        return self.start < other.end and other.start < self.end

    @property
    def length(self) -> timedelta:
        """Elapsed time, also across daylight-saving changes."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Days:
    """[first, after) in calendar days; `after=None` is until further notice."""

    first: date
    after: date | None = None

    def __post_init__(self) -> None:
        if self.after is not None and self.after < self.first:
            raise ValueError("Days cannot end before they start.")

    def contains(self, day: date) -> bool:
        """Whether `day` is one of the days."""
        return self.first <= day and (self.after is None or day < self.after)

    def overlaps(self, other: "Days") -> bool:
        """Whether the two share at least one day."""
        starts_before_other_ends = other.after is None or self.first < other.after
        other_starts_before_end = self.after is None or other.first < self.after
        return starts_before_other_ends and other_starts_before_end


def each_day(first: date, after: date) -> Iterable[date]:
    """Yield every day from `first` up to, not including, `after`."""
    for number in range((after - first).days):
        yield first + timedelta(days=number)
