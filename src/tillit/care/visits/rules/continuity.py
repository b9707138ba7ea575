"""Continuity: how few people the citizen has to relate to (R25). Computed per citizen, never per employee.

Definitions, sources and examples reckoned by hand: docs/how-we-count/continuity.md. All take visits that were carried
out. When two helpers go together: both are counted as met; in shares each counts half; two visits "have a helper
in common" when at least one came to both.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from itertools import combinations, pairwise

from tillit.kernel.periods import Period

KNOWN_VISITS = 3
KNOWN_DAYS = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class CarriedOutVisit:
    """A visit that took place: when it began (aware UTC) and who came, as numbers without meaning."""

    started_at: datetime
    helper_ids: frozenset[int]


@dataclass(frozen=True, slots=True)
class Continuity:
    """The measures of one citizen in one period. None where a measure has no meaning (too few visits)."""

    visits: int
    different: int
    largest_share: Fraction | None
    agreement: Fraction | None
    sequence: Fraction | None
    primary_share: Fraction | None


def within(visits: Iterable[CarriedOutVisit], period: Period) -> list[CarriedOutVisit]:
    """Return the visits that began in the period and that somebody came to, in the order they began."""
    found = [visit for visit in visits if period.contains(visit.started_at) and visit.helper_ids]
    return sorted(found, key=lambda visit: (visit.started_at, sorted(visit.helper_ids)))


def different_helpers(visits: Iterable[CarriedOutVisit], *, within: Period) -> int:
    """Count the different employees who met the citizen in visits that began in `within`.

    within: half-open, aware UTC; callers pass 14 or 28 whole days of Europe/Oslo.
    Two helpers at one visit count as two; one helper at ten visits counts as one. Source: R25.
    """
    met = [visit.helper_ids for visit in visits if within.contains(visit.started_at)]
    return len(frozenset().union(*met))


def usual_provider(visits: Sequence[CarriedOutVisit]) -> Fraction | None:
    """Return the share of visits by the helper who came most often (UPC), 0–1; None without visits.

    Two helpers at one visit count half each. Source: Breslau & Reeb 1975. High by chance when visits are few.
    """
    weights: dict[int, Fraction] = {}
    for visit in visits:
        for helper_id in visit.helper_ids:
            weights[helper_id] = weights.get(helper_id, Fraction(0)) + Fraction(1, len(visit.helper_ids))
    return max(weights.values()) / len(visits) if weights else None


def agreement(visits: Sequence[CarriedOutVisit]) -> Fraction | None:
    """Return the share of all pairs of visits with a helper in common (COC), 0–1; None below two visits.

    With one helper at each visit this is Bice & Boxerman 1977: (Σn² − N) / (N(N − 1)).
    """
    if len(visits) < 2:
        return None
    if all(len(visit.helper_ids) == 1 for visit in visits):
        counts = Counter(next(iter(visit.helper_ids)) for visit in visits)
        total = len(visits)
        return Fraction(sum(n * n for n in counts.values()) - total, total * (total - 1))
    pairs = [bool(one.helper_ids & other.helper_ids) for one, other in combinations(visits, 2)]
    return Fraction(sum(pairs), len(pairs))


def sequence(visits: Sequence[CarriedOutVisit]) -> Fraction | None:
    """Return the share of visits at which somebody from the visit before came again (SECON), 0–1; None below two.

    visits: in the order they began. Source: Steinwachs 1979.
    """
    if len(visits) < 2:
        return None
    same = [bool(before.helper_ids & after.helper_ids) for before, after in pairwise(visits)]
    return Fraction(sum(same), len(same))


def primary_share(visits: Sequence[CarriedOutVisit], primary_ids: Collection[int]) -> Fraction | None:
    """Return the share of visits that the primary contact came to, 0–1; None without visits.

    primary_ids: the primary contact, or a small named group. Going together counts as having come.
    """
    if not visits:
        return None
    wanted = frozenset(primary_ids)
    return Fraction(sum(bool(visit.helper_ids & wanted) for visit in visits), len(visits))


def known_share(visits: Sequence[CarriedOutVisit], *, period: Period) -> Fraction | None:
    """Return the share of visits in the period by somebody known: at least three visits in the 28 days before.

    visits: in the order they began, with the 28 days before the period among them. For two helpers one known is
    enough. None without visits in the period.
    """
    counted = [visit for visit in visits if period.contains(visit.started_at)]
    if not counted:
        return None
    known = 0
    for visit in counted:
        before = Counter(
            helper_id
            for earlier in visits
            if visit.started_at - KNOWN_DAYS <= earlier.started_at < visit.started_at
            for helper_id in earlier.helper_ids
        )
        known += any(before[helper_id] >= KNOWN_VISITS for helper_id in visit.helper_ids)
    return Fraction(known, len(counted))


def visits_by_helper(visits: Iterable[CarriedOutVisit]) -> tuple[tuple[int, int], ...]:
    """Return (helper, visits) for the citizen's own page, most visits first, then by number."""
    counts = Counter(helper_id for visit in visits for helper_id in visit.helper_ids)
    return tuple(sorted(counts.items(), key=lambda one: (-one[1], one[0])))


def measure(visits: Iterable[CarriedOutVisit], *, period: Period, primary_ids: Collection[int] = ()) -> Continuity:
    """Return all measures of one citizen in a period (aware UTC, half-open). primary_ids: see `primary_share`."""
    counted = within(visits, period)
    return Continuity(
        visits=len(counted),
        different=different_helpers(counted, within=period),
        largest_share=usual_provider(counted),
        agreement=agreement(counted),
        sequence=sequence(counted),
        primary_share=primary_share(counted, primary_ids) if primary_ids else None,
    )
