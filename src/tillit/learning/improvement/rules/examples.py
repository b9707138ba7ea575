"""Published figures of others as they were read, and the little that can be reckoned of them.

docs/how-we-count/examples.md says what each can carry, with an example by hand.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from measures.surveys.scores import wilson

#: Chance that a 95 % interval leaves the true value outside.
OUTSIDE: Final = 0.05

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class OsloUnit:
    """A unit of the Oslo pilots. users, fte: about so many; None: the source does not say."""

    district: str
    phase: str
    model: str
    unit: str
    users: float | None
    fte: float | None
    headcount: float | None

    @property
    def per_fte(self) -> float | None:
        """Citizens for each full-time equivalent; None where one of them is not said."""
        return self.users / self.fte if self.users is not None and self.fte else None


@dataclass(frozen=True, slots=True)
class Difference:
    """A published mean difference between two groups with its 95 % interval."""

    outcome: str
    scale: str
    when: str
    n: int
    n_control: int
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Answered:
    """A published share of answers. value, low, high: 0–1; the interval is Wilson's, of the printed share and n."""

    item: str
    value: float
    n: int
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Printed:
    """A published number that nothing can be reckoned of. n: None where the source does not say."""

    item: str
    measure: str
    value: float | None = field(metadata={"help": "None: said in words alone"})
    n: int | None = None


def oslo_units(rows: Iterable[Row]) -> tuple[OsloUnit, ...]:
    """Return the units there were, in the order of the file; the one that was only planned is left out."""
    return tuple(
        OsloUnit(
            one["district"], one["phase"], one["model"], one["unit"], _number(one["users_approx"]),
            _number(one["fte_approx"]), _number(one["headcount_approx"]),
        )
        for one in rows
        if one["phase"] != "design"
    )  # fmt: skip


def differences(rows: Iterable[Row]) -> tuple[Difference, ...]:
    """Return the differences of the reablement study."""
    return tuple(
        Difference(
            one["outcome"], one["scale"], one["timepoint"], int(one["n_intervention"]), int(one["n_control"]),
            float(one["mean_difference"]), float(one["ci95_low"]), float(one["ci95_high"]),
        )
        for one in rows
    )  # fmt: skip


def answered(rows: Iterable[Row]) -> tuple[Answered, ...]:
    """Return the shares, each with Wilson's interval for all of n: as if everybody had answered it."""
    found = []
    for one in rows:
        if not one["measure"].startswith("percent answering"):
            continue
        n, share = int(one["n"]), float(one["value"]) / 100
        low, high = wilson(round(share * n), n, OUTSIDE)
        assert low is not None and high is not None, "nobody answered"
        found.append(Answered(one["item"], share, n, low, high))
    return tuple(found)


def related(rows: Iterable[Row]) -> tuple[Printed, ...]:
    """Return what the same table says of how things go together: printed without an interval."""
    return tuple(
        Printed(one["item"], one["measure"], float(one["value"]), int(one["n"]))
        for one in rows
        if not one["measure"].startswith("percent answering")
    )


def time_used(rows: Iterable[Row]) -> tuple[Printed, ...]:
    """Return the share of working time, 0–1, by staff and what it went to. n is of all the staff together: left out."""
    return tuple(Printed(one["staff_category"], one["activity"], float(one["percent_of_time"]) / 100) for one in rows)


def satisfied(rows: Iterable[Row]) -> tuple[Printed, ...]:
    """Return what the user survey printed: shares 0–1, means as they are, and what was said without a number."""
    return tuple(
        Printed(
            one["service"],
            one["measure"],
            None
            if one["value"] == "yes"
            else float(one["value"]) / 100
            if one["measure"].startswith("percent")
            else float(one["value"]),
        )
        for one in rows
    )


def _number(text: str) -> float | None:
    return float(text) if text else None
