"""Room for a visit that nobody had time for: somebody who can make it gives one of hers to a colleague."""

from collections.abc import Callable, Sequence

from tillit.demo.days.recording import Row
from tillit.demo.days.routes import Lane, Placed, Wanted, may_take

SLACKS = (0, 60, 240)


def make_room(
    row: Row,
    want: Wanted,
    others: Sequence[tuple[Row, Wanted]],
    lanes: Sequence[Lane],
    placing: Callable[[Wanted], Placed | None],
) -> bool:
    """Place the visit by moving one other, of those the allocator chose herself. Returns whether it went."""
    for slack in SLACKS:
        for lane in lanes:
            if may_take(lane, want) and any(
                _swap(row, want, other, moved, lane, placing, slack)
                for other, moved in others
                if other.placed is not None and other.placed.helpers == (lane.member,)
            ):
                return True
    return False


def _swap(
    row: Row,
    want: Wanted,
    other: Row,
    moved: Wanted,
    lane: Lane,
    placing: Callable[[Wanted], Placed | None],
    slack: int,
) -> bool:
    assert other.placed is not None
    at = other.placed.start
    lane.release(at, moved.east, moved.north)
    fit = lane.fit(want, slack=slack, over=0)
    if fit is not None:
        lane.take(fit[0], fit[0] + want.minutes, want.east, want.north)
        elsewhere = placing(moved)
        if elsewhere is not None:
            row.placed, other.placed = Placed(fit[0], (lane.member,)), elsewhere
            return True
        lane.release(fit[0], want.east, want.north)
    lane.take(at, at + moved.minutes, moved.east, moved.north)
    return False
