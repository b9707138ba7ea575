"""A pilot's figures set before and after, gathered once for the page: what each team had, and has (R41)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from tillit.foundation.access.actor import Actor
from tillit.kernel.periods import Days
from tillit.learning.improvement.models import Pilot, Variant
from tillit.learning.improvement.queries import TeamLine, figures
from tillit.learning.improvement.queries.baselines import Chosen, FrozenTeam
from tillit.learning.improvement.rules import comparing, windows
from tillit.learning.improvement.rules.comparing import Contrast, Member, Setup
from tillit.learning.improvement.rules.windows import Timing
from tillit.learning.improvement.wording import variant_text
from tillit.learning.insight.rules.changing import Change, change
from tillit.learning.insight.rules.indicators import Indicator
from tillit.learning.insight.rules.months import Month, by_month, end_of, since
from tillit.learning.insight.rules.series import Point, Series

ORDINARY = Variant.ORDINARY.value


@dataclass(frozen=True, slots=True)
class TeamCompared:
    """One team's months of one indicator, before and after, and its series over both."""

    team: TeamLine
    frozen: FrozenTeam | None
    days_after: Days | None = field(metadata={"help": "Its own whole months in the pilot; None: none yet"})
    before: tuple[Month, ...]
    after: tuple[Month, ...]
    change: Change
    series: Series | None = field(metadata={"help": "None: out of the reader's reach, or nothing yet"})
    counted_anew: bool = field(metadata={"help": "The definition is another than when it was frozen"})

    @property
    def group(self) -> str:
        """What it tries, as teams are set against each other."""
        return group_of(self.team)


@dataclass(frozen=True, slots=True)
class Compared:
    """One indicator of a pilot: every team, and every pair of variants."""

    indicator: Indicator
    teams: tuple[TeamCompared, ...]
    contrasts: tuple[Contrast, ...] = field(metadata={"help": "Empty too when the reader does not reach every team"})
    setup: Setup
    reaches_all: bool


def group_of(team: TeamLine) -> str:
    """Return the variant as teams are set against each other: «noe annet» by its own words."""
    return team.variant if team.variant != Variant.OWN else f"{team.variant}:{team.own_words}"


def group_text(group: str) -> str:
    """Return a variant in words."""
    variant, _sep, own_words = group.partition(":")
    return variant_text(variant, own_words)


def compare(
    *,
    actor: Actor,
    pilot: Pilot,
    teams: tuple[TeamLine, ...],
    chosen: tuple[Chosen, ...],
    frozen: Mapping[int, FrozenTeam],
    code: str,
    today: date,
) -> Compared | None:
    """Return the comparison of one of the pilot's indicators; None when it is counted no longer. Five queries.

    p of a primary indicator is judged together with those of all the pilot's primary ones (Holm).
    """
    primary = [one.code for one in chosen if one.is_primary]
    found = compare_many(
        actor=actor, pilot=pilot, teams=teams, frozen=frozen, codes=[code, *primary], today=today, primary=primary
    )
    return found.get(code)


def compare_many(
    *,
    actor: Actor,
    pilot: Pilot,
    teams: tuple[TeamLine, ...],
    frozen: Mapping[int, FrozenTeam],
    codes: Sequence[str],
    today: date,
    primary: Sequence[str] = (),
) -> Mapping[str, Compared]:
    """Return the comparison of each code that is counted, in order. Five queries. primary: judged together (Holm)."""
    known = {one.code: one for one in figures.indicators()}
    asked = [code for code in dict.fromkeys(codes) if code in known]
    live = _live(actor, teams, asked, today)
    reaches_all = all(one.is_reached for one in teams)
    by_code = {
        code: tuple(_team(team, frozen.get(team.team_id), known[code], live, today) for team in teams) for code in asked
    }
    contrasts = _contrasts(by_code, [one for one in primary if one in known], known, live) if reaches_all else {}
    return {
        code: Compared(
            indicator=known[code],
            teams=mine,
            contrasts=contrasts.get(code, ()),
            setup=Setup(
                prespecified=code in primary and all(_was_frozen(one.frozen, code) for one in mine),
                frozen_ahead=all(one.frozen is not None and one.frozen.timing is Timing.AHEAD for one in mine),
                all_listed=reaches_all,
                order_drawn=pilot.is_order_drawn,
                counted_alike=not any(one.frozen is not None and one.frozen.caveat for one in mine),
            ),
            reaches_all=reaches_all,
        )
        for code, mine in by_code.items()
    }


def _was_frozen(frozen: FrozenTeam | None, code: str) -> bool:
    return frozen is not None and frozen.version(code) is not None


def _span(team: TeamLine, today: date) -> Days | None:
    if team.began_on is None:
        return None
    return since(max(team.began_on, team.joined_on), team.left_on, today=today)


def _live(
    actor: Actor, teams: tuple[TeamLine, ...], codes: list[str], today: date
) -> Mapping[int, Mapping[str, Series]]:
    """Return the series of every team that has begun and is reached, from its first whole month, by unit and code."""
    spans = [span for one in teams if one.is_reached and (span := _span(one, today))]
    if not spans:
        return {}
    found = figures.series_of_units(
        actor=actor,
        unit_ids=[one.unit_id for one in teams if one.is_reached and _span(one, today)],
        codes=codes,
        within=Days(min(one.first for one in spans), max(end_of(one) for one in spans)),
        today=today,
    )
    return {unit_id: {one.indicator.code: one for one in mine} for unit_id, mine in found.items()}


def _team(
    team: TeamLine,
    frozen: FrozenTeam | None,
    indicator: Indicator,
    live: Mapping[int, Mapping[str, Series]],
    today: date,
) -> TeamCompared:
    code = indicator.code
    days_after = _span(team, today)
    mine = live.get(team.unit_id, {}).get(code)
    version = frozen.version(code) if frozen else None
    counted_anew = version is not None and version != indicator.version
    before: tuple[Month, ...] = ()
    points: tuple[Point, ...] = ()
    if frozen is not None and team.is_reached and not counted_anew:
        points = frozen.points(code)
        before = by_month(indicator, points, frozen.window, backwards=True)
    after: tuple[Month, ...] = ()
    if mine is not None and days_after is not None:
        after = by_month(indicator, mine.points, days_after, backwards=False)
    series = None
    if mine is not None and days_after is not None:
        series = replace(
            mine,
            points=(*points, *windows.within(mine.points, days_after)),
            baseline_ends_on=end_of(frozen.window) if frozen and points else None,
        )
    return TeamCompared(team, frozen, days_after, before, after, change(before, after), series, counted_anew)


def _contrasts(
    by_code: Mapping[str, tuple[TeamCompared, ...]],
    primary: Sequence[str],
    known: Mapping[str, Indicator],
    live: Mapping[int, Mapping[str, Series]],
) -> Mapping[str, tuple[Contrast, ...]]:
    order = [one.value for one in Variant]
    groups = {one.group for mine in by_code.values() for one in mine}
    in_order = sorted(groups, key=lambda one: (order.index(one.partition(":")[0]), one))
    found: dict[str, list[Contrast]] = {code: [] for code in by_code}
    for variant, other in comparing.pairs(in_order, ordinary=ORDINARY):
        each = {
            code: comparing.contrast(_members(mine, variant, other, known[code], live), variant, other)
            for code, mine in by_code.items()
        }
        judged = comparing.adjusted({code: each[code].p or 0.0 for code in primary if each[code].p is not None})
        for code, made in each.items():
            found[code].append(replace(made, adjusted_p=judged.get(code)))
    return {code: tuple(mine) for code, mine in found.items()}


def _members(
    teams: tuple[TeamCompared, ...],
    variant: str,
    other: str,
    indicator: Indicator,
    live: Mapping[int, Mapping[str, Series]],
) -> list[Member]:
    """Return the teams of two variants with the calendar months all of them have been in: the same season for both."""
    mine = [one for one in teams if one.group in (variant, other)]
    spans = [one.days_after for one in mine if one.days_after is not None]
    days: Days | None = None
    if spans:
        first, after = max(one.first for one in spans), min(end_of(one) for one in spans)
        days = Days(first, after) if first < after else None
    members = []
    for one in mine:
        series = live.get(one.team.unit_id, {}).get(indicator.code)
        months: tuple[Month, ...] = ()
        if days is not None and series is not None and one.days_after is not None:
            months = by_month(indicator, series.points, days, backwards=False)
        members.append(Member(one.team.team_id, one.group, one.before, months))
    return members
