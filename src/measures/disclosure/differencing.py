"""Groups released one after another: what one gets by taking one from another."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import polars as pl

from measures.answer import Found, Warned
from measures.errors import InvalidInput
from measures.measure import measure
from measures.tables import texts

_SLACK = 1e-9


def _small_union(groups: list[frozenset[str]], threshold: int) -> frozenset[str] | None:
    """Return a group of 1 to threshold − 1 people whose sum can be reckoned from the sums of `groups`, or None.

    People in exactly the same groups cannot be told apart: they are one atom. A union of atoms can be reckoned when its
    indicator is a linear combination of the groups' indicators.
    """
    members = sorted(frozenset().union(*groups)) if groups else []
    atoms: dict[tuple[bool, ...], list[str]] = {}
    for member in members:
        atoms.setdefault(tuple(member in group for group in groups), []).append(member)
    kinds = list(atoms)
    matrix = np.array(kinds, dtype=float).T
    little = [place for place, kind in enumerate(kinds) if len(atoms[kind]) < threshold]
    for count in range(1, threshold):
        for chosen in combinations(little, count):
            people = [member for place in chosen for member in atoms[kinds[place]]]
            if len(people) >= threshold:
                continue
            wanted = np.zeros(len(kinds))
            wanted[list(chosen)] = 1
            answer = np.linalg.lstsq(matrix.T, wanted, rcond=None)[0]
            if np.abs(matrix.T @ answer - wanted).max() < _SLACK:
                return frozenset(people)
    return None


@measure("differencing", version=1, source="Own rule (A-4).")
def differencing(queries: pl.DataFrame, *, threshold: int = 5, sums_too: bool = False) -> Found:
    """Which groups may be released, in the order they are asked for (A-4).

    queries: query, members (separated by spaces). A group is released when it, and each difference with every group
    released before, both ways, has 0 or at least `threshold` people. sums_too: refuse also when several released groups
    together give a small one (the whole less two teams); without it that is told in `reckoned_by_several`.
    """
    if threshold < 2:
        raise InvalidInput("threshold", "must be at least 2", "Use 5")
    found = texts(queries, "queries", ["query", "members"])
    allowed: list[str] = []
    blocked: list[str] = []
    several: list[str] = []
    released: list[frozenset[str]] = []

    def small(group: frozenset[str]) -> bool:
        return 0 < len(group) < threshold

    for name, members in found.select("query", "members").iter_rows():
        group = frozenset((members or "").split())
        refused = small(group) or any(small(group - other) or small(other - group) for other in released)
        if not refused and group not in released and _small_union([*released, group], threshold):
            several.append(name)
            refused = sums_too
        (blocked if refused else allowed).append(name)
        if not refused:
            released.append(group)
    warnings = []
    if several and not sums_too:
        warnings.append(Warned("reckoned_by_several", f"Several together give a small group: {', '.join(several)}."))
    return Found(
        {"allowed": allowed, "blocked": blocked, "reckoned_by_several": several}, n=found.height, warnings=warnings
    )
