"""Handing a citizen over: which row of the table is behind it, by when, and who follows her afterwards (R07)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tillit.care.citizens.rules.following import Follower


class Side(StrEnum):
    """Whose table the row stands in."""

    GIVER = "GIVER"
    RECEIVER = "RECEIVER"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table. code "": no table says anything of this reason."""

    code: str = ""
    side: Side = Side.RECEIVER


#: Reason → the row behind it. Who had her first, up to how long, stands in the table of the team she goes to; who
#: takes over citizens of a sort, in the table of the team that has them.
ROWS: Mapping[str, Row] = {
    "ASSESSED": Row("NEW_ASSESS"),
    "STARTED": Row("NEW_DELIVER"),
    "REABLED": Row("NEW_REABLEMENT"),
    "DEMENTIA": Row("DEMENTIA", Side.GIVER),
    "SERIOUS_ILLNESS": Row("SERIOUS_ILLNESS", Side.GIVER),
    "MOVED": Row("CARE_PLAN"),
    "OTHER": Row(),
}

#: What a unit is for → why it hands over as a rule. These have her for a while only.
PASSING_ON: Mapping[str, str] = {
    "ASSESSMENT": "ASSESSED",
    "RAPID_RESPONSE": "STARTED",
    "REABLEMENT": "REABLED",
}


def last_day(since: date, weeks: int | None) -> date | None:
    """Return the last day by the row's terms: the same weekday so many weeks after the day the giver got her.

    Four weeks from Monday 2 November end on Monday 30 November. None: the row sets no limit.
    """
    return None if weeks is None else since + timedelta(weeks=weeks)


def days_waited(offered_on: date, *, today: date) -> int:
    """Count the days an offer has waited: 0 on the day it was made."""
    return max(0, (today - offered_on).days)


class Refusal(StrEnum):
    """Why a hand-over cannot be carried out."""

    GIVER_STOPPED = "GIVER_STOPPED"
    HAS_THAT_PART = "HAS_THAT_PART"


@dataclass(frozen=True, slots=True)
class Change:
    """What accepting does with who follows her. ends: units whose following ends. starts: None starts nothing."""

    ends: tuple[int, ...]
    starts: Follower | None


def change_of(followers: Iterable[Follower], *, from_unit_id: int, to_unit_id: int, part: str = "") -> Change | Refusal:
    """Say who stops and who begins when a hand-over is accepted.

    part "": the receiver gets what the giver has – everything, or its part. A part named: the giver keeps the rest.
    Somebody follows everything afterwards if somebody did before.
    """
    following = {one.unit_id: one for one in followers}
    giver, receiver = following.get(from_unit_id), following.get(to_unit_id)
    if giver is None:
        return Refusal.GIVER_STOPPED
    if part:
        return Refusal.HAS_THAT_PART if receiver is not None else Change((), Follower(to_unit_id, part))
    if not giver.part:  # everything; others that follow a part keep it
        ends = (from_unit_id, to_unit_id) if receiver is not None else (from_unit_id,)
        if receiver is not None and not receiver.part:
            return Change((from_unit_id,), None)
        return Change(ends, Follower(to_unit_id))
    if receiver is None:
        return Change((from_unit_id,), Follower(to_unit_id, giver.part))
    if not receiver.part:
        return Change((from_unit_id,), None)
    return Change((from_unit_id, to_unit_id), Follower(to_unit_id, f"{receiver.part}, {giver.part}"))
