"""What the runs say together: a line per family and group, wins against each peer, and each aim with its number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import mean, median

from bench.routing.participants import OURS, PEERS, TITLES
from bench.routing.results import Row, Status, per_cent

SAME = 1e-6
"""Costs closer than this share are equal."""
PROTOCOL_SEEDS, PROTOCOL_SECONDS = 5, 60.0


@dataclass(frozen=True, slots=True)
class Day:
    """One participant at one instance and limit over all seeds: medians over the seeds that were run.

    A seed without a valid answer counts as infinitely dear, so that answering seldom is not rewarded.
    """

    family: str
    group: str
    instance: str
    who: str
    limit: float
    runs: tuple[Row, ...]

    @property
    def cost(self) -> float:
        """The median cost over the seeds; infinite when half of them gave no valid answer."""
        return median(_cost(row) for row in self.runs)

    @property
    def gap(self) -> float | None:
        """The median gap in per cent, or None without a valid answer or a published value."""
        best = self.runs[0].best
        return None if not best or self.cost == float("inf") else 100 * (self.cost / best - 1)

    @property
    def matches(self) -> bool:
        """Whether the median is at or below the best published value."""
        row = self.runs[0]
        return row.best is not None and self.cost <= row.best + row.rounding

    @property
    def status(self) -> Status:
        """OK when any seed gave a valid answer, else the first seed's."""
        return Status.OK if any(row.status is Status.OK for row in self.runs) else self.runs[0].status


def _cost(row: Row) -> float:
    return row.cost if row.status is Status.OK and row.cost is not None else float("inf")


def days(rows: Iterable[Row]) -> list[Day]:
    """Gather rows by participant, instance and limit."""
    found: dict[tuple[str, str, str, str, float], list[Row]] = defaultdict(list)
    for row in rows:
        found[row.family, row.group, row.instance, row.who, row.limit].append(row)
    return [Day(*key, tuple(runs)) for key, runs in found.items()]


def compare(ours: Day, other: Day) -> int:
    """Return 1 when ours is cheaper, -1 when dearer, 0 when equal (or neither answered)."""
    if ours.cost == other.cost:
        return 0
    if other.cost == float("inf"):
        return 1
    if ours.cost == float("inf"):
        return -1
    share = ours.cost / other.cost - 1 if other.cost else ours.cost
    return 0 if abs(share) <= SAME else (1 if share < 0 else -1)


def group_lines(rows: Sequence[Row]) -> list[str]:
    """Return the table: per limit, family and group our gaps, and won-equal-lost against each peer."""
    found = days(rows)
    ours = {(each.family, each.group, each.limit): [] for each in found if each.who == OURS}  # type: ignore[var-annotated]
    for each in found:
        if each.who == OURS:
            ours[each.family, each.group, each.limit].append(each)
    theirs = {(each.instance, each.who, each.limit): each for each in found if each.who != OURS}
    peers = [who for who in PEERS if any(row.who == who for row in rows)]
    lines = [
        f"{'family':16}{'group':6}{'s':>4}{'days':>5}{'mean gap':>10}{'median':>9}{'<= best':>9}"
        + "".join(f"  {TITLES[who]:>18}" for who in peers)
    ]
    for (family, group, limit), mine in sorted(ours.items(), key=lambda item: (item[0][2], _order(item[0]))):
        gaps = [each.gap for each in mine if each.gap is not None]
        matched = sum(each.matches for each in mine)
        line = f"{family:16}{group:6}{limit:>4g}{len(mine):>5}"
        line += f"{per_cent(mean(gaps)):>9}%{per_cent(median(gaps)):>8}%" if gaps else f"{'–':>10}{'–':>9}"
        line += f"{f'{matched}/{len(mine)}':>9}"
        for who in peers:
            pairs = [
                (each, theirs[each.instance, who, limit]) for each in mine if (each.instance, who, limit) in theirs
            ]
            line += f"  {_against(pairs):>18}"
        lines.append(line)
    lines.append(
        "Against each peer: won-equal-lost by median cost, then the peer's mean gap on the days it answered. "
        "A valid answer beats none."
    )
    return lines


def _against(pairs: list[tuple[Day, Day]]) -> str:
    if not pairs:
        return "–"
    if all(other.status is Status.CANNOT for _, other in pairs):
        return "cannot express"
    results = [compare(mine, other) for mine, other in pairs if other.status is not Status.CANNOT]
    gaps = [other.gap for _, other in pairs if other.gap is not None]
    tail = f" {per_cent(mean(gaps), 1)}%" if gaps else " none"
    return f"{results.count(1)}-{results.count(0)}-{results.count(-1)}{tail}"


_FAMILIES = ("mankowska", "kummer", "italian", "uhhc_validation", "uhhc_converted")


def _order(key: tuple[str, str, float]) -> tuple[int, int, str]:
    family, group, _ = key
    digits = "".join(sign for sign in group if sign.isdigit())
    return _FAMILIES.index(family) if family in _FAMILIES else 9, int(digits or 0), group


@dataclass(frozen=True, slots=True)
class Aim:
    """An aim with what was measured. holds is None when nothing that it speaks of was run."""

    text: str
    measured: str
    holds: bool | None


def aims(rows: Sequence[Row]) -> list[Aim]:
    """Return every aim; gaps are at the longest limit that was run, medians over the seeds that were run."""
    if not rows:
        return []
    longest = max(row.limit for row in rows)
    found = days(rows)
    mine = [each for each in found if each.who == OURS and each.limit == longest]

    def gap_aim(text: str, chosen: Callable[[Day], bool], at_most: float) -> Aim:
        gaps = [each.gap for each in mine if chosen(each) and each.gap is not None]
        if not gaps:
            return Aim(text, "not run", None)
        return Aim(text, f"{per_cent(mean(gaps))} % (days: {len(gaps)})", mean(gaps) <= at_most + 1e-9)

    def is_kummer(each: Day) -> bool:
        return each.family == "kummer" and each.runs[0].patients >= 100

    listed = []
    for letter in "AB":
        days_of = [each for each in mine if each.family == "mankowska" and each.group == letter]
        matched = sum(each.matches for each in days_of)
        text = f"Mankowska {letter}: every day at or below the best published value"
        listed.append(
            Aim(text, f"{matched} of {len(days_of)}", matched == len(days_of))
            if days_of
            else Aim(text, "not run", None)
        )
    for letter, most in (("C", 0.3), ("D", 0.5), ("E", 0.7), ("F", 0.0), ("G", 0.0)):
        listed.append(
            gap_aim(
                f"Mankowska {letter}: mean gap at most {most:g} %",
                lambda each, letter=letter: each.family == "mankowska" and each.group == letter,  # type: ignore[misc]
                most,
            )
        )
    listed.append(gap_aim("Kummer, 100-400 patients: mean gap at most 0.5 %", is_kummer, 0.5))
    listed.append(gap_aim("Italian: mean gap at most 0.3 %", lambda each: each.family == "italian", 0.3))
    listed += [_beaten(found, who, limit) for limit in sorted({row.limit for row in rows}) for who in PEERS]
    return listed + _moonshots(rows, longest)


def _beaten(found: list[Day], who: str, limit: float) -> Aim:
    """A peer is beaten on a family when its costs, as shares of ours, are above 1 on average where it answered.

    Where it has no form for an instance, or where either side's process failed, nothing is said.
    """
    text = f"{TITLES[who]} beaten on every family in {limit:g} s"
    ours = {each.instance: each for each in found if each.who == OURS and each.limit == limit}
    theirs = [each for each in found if each.who == who and each.limit == limit and each.instance in ours]
    if not theirs:
        return Aim(text, "not run", None)
    told, holds, judged = [], True, 0
    for family in sorted({each.family for each in theirs}, key=lambda name: _order((name, "", 0.0))):
        rows = [each for each in theirs if each.family == family]
        tried = [
            each
            for each in rows
            if each.status not in (Status.CANNOT, Status.FAULT) and ours[each.instance].status is not Status.FAULT
        ]
        if not tried:
            told.append(f"{family} {rows[0].status}")
            continue
        judged += len(tried)
        shares = [
            100 * (each.cost / ours[each.instance].cost - 1)
            for each in tried
            if each.cost < float("inf") and 0 < ours[each.instance].cost < float("inf")
        ]
        all_ours = all(ours[each.instance].cost < float("inf") for each in tried)
        least = -100 * SAME if len(shares) < len(tried) else 100 * SAME  # a valid answer beats none
        holds = holds and all_ours and (not shares or mean(shares) > least)
        told.append(
            f"{family} {f'{per_cent(mean(shares), 1)} %' if shares else 'no answer'} ({len(shares)} of {len(tried)})"
        )
    return Aim(text, ", ".join(told), holds if judged else None)


def _moonshots(rows: Sequence[Row], longest: float) -> list[Aim]:
    """One run each: the first seed."""
    first = min(row.seed for row in rows)
    runs = [row for row in rows if row.who == OURS and row.limit == longest and row.seed == first]
    mankowska = [row for row in runs if row.family == "mankowska" and row.best is not None]
    validation = [row for row in runs if row.family == "uhhc_validation"]
    listed = []

    def count(text: str, among: list[Row], good: Callable[[Row], bool], share: float) -> None:
        number = sum(good(row) for row in among)
        if among:
            listed.append(Aim(text, f"{number} of {len(among)}", number >= share * len(among)))
        else:
            listed.append(Aim(text, "not run", None))

    count("Moonshot: Mankowska matched or beaten on three quarters", mankowska, lambda row: row.matches, 0.75)
    count("Moonshot: Mankowska strictly better on a third", mankowska, lambda row: row.is_better, 1 / 3)
    gaps = [row.gap for row in mankowska if row.gap is not None]
    text = "Moonshot: Mankowska mean gap at or below 0 %"
    listed.append(Aim(text, f"{per_cent(mean(gaps))} %", mean(gaps) <= 0) if gaps else Aim(text, "not run", None))

    def below_mean(row: Row) -> bool:
        return row.cost is not None and row.published_mean is not None and row.cost < row.published_mean

    count("Moonshot: UHHC validation below the published mean on all", validation, below_mean, 1.0)
    count("Moonshot: UHHC validation below the published best of ten on half", validation, lambda r: r.is_better, 0.5)
    return listed


def aim_lines(rows: Sequence[Row]) -> list[str]:
    """Return the aims as lines, with how far the runs are from the protocol."""
    if not rows:
        return ["nothing was run"]
    seeds, longest = len({row.seed for row in rows}), max(row.limit for row in rows)
    is_protocol = seeds >= PROTOCOL_SEEDS and longest >= PROTOCOL_SECONDS
    lines = [f"Aims, at {longest:g} s, medians over {seeds} seed{'s' if seeds > 1 else ''}:"]
    if not is_protocol:
        lines.append(
            f"(the aims speak of the median of {PROTOCOL_SEEDS} seeds at {PROTOCOL_SECONDS:g} s on days never seen: "
            "this is less, so a verdict here is a sign and no proof)"
        )
    for aim in aims(rows):
        verdict = "–" if aim.holds is None else ("met" if aim.holds else "NOT MET")
        lines.append(f"  {verdict:8} {aim.text}: {aim.measured}")
    return lines
