"""SPPB (Short Physical Performance Battery): balance, four metres' walk, five rises from a chair; 0–4 points each.

Seconds are read to hundredths, halves up. A part that was not tested is missing, never 0; the sum needs all three.
docs/how-we-count/sppb.md has the limits and an example by hand. About one point is taken as a change that matters.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

MATTERS = 1
HELD = Decimal(10)
#: A position is held for ten seconds at the most.
MOST_HELD, MOST_SECONDS = Decimal(10), Decimal(600)
GAIT = ((Decimal("4.81"), 4), (Decimal("6.20"), 3), (Decimal("8.70"), 2))
CHAIR = ((Decimal("11.19"), 4), (Decimal("13.69"), 3), (Decimal("16.69"), 2), (Decimal("60"), 1))


@dataclass(frozen=True, slots=True)
class Tested:
    """Seconds. None: not tested. Balance: how long each position was held; 0 when she could not."""

    side_by_side: Decimal | None = None
    semi_tandem: Decimal | None = None
    tandem: Decimal | None = None
    gait: Decimal | None = None
    chair: Decimal | None = None
    gait_unable: bool = field(default=False, metadata={"help": "Tried, or not safe to try: 0 points"})
    chair_unable: bool = False


@dataclass(frozen=True, slots=True)
class Points:
    """Points for each part; None: not tested."""

    balance: int | None
    gait: int | None
    chair: int | None

    @property
    def total(self) -> int | None:
        """The sum 0–12, when all three are known."""
        if self.balance is None or self.gait is None or self.chair is None:
            return None
        return self.balance + self.gait + self.chair

    @property
    def parts(self) -> Mapping[str, int | None]:
        """The parts by code, in order."""
        return {"BALANCE": self.balance, "GAIT": self.gait, "CHAIR": self.chair}


@dataclass(frozen=True, slots=True)
class Change:
    """Before and after over the parts tested both times. left_out: codes of the other parts."""

    before: int
    after: int
    change: int
    matters: bool
    is_whole: bool
    left_out: tuple[str, ...]


def points(tested: Tested) -> Points:
    """Return the points of what was tested."""
    return Points(
        balance=balance(tested.side_by_side, tested.semi_tandem, tested.tandem),
        gait=_timed(tested.gait, GAIT, else_=1, unable=tested.gait_unable),
        chair=_timed(tested.chair, CHAIR, else_=0, unable=tested.chair_unable),
    )


def balance(side_by_side: Decimal | None, semi_tandem: Decimal | None, tandem: Decimal | None) -> int | None:
    """Return 0–4. Each position is tried only when the one before was held for ten seconds."""
    if side_by_side is None:
        return None
    if _read(side_by_side) < HELD:
        return 0
    if semi_tandem is None:
        return None
    if _read(semi_tandem) < HELD:
        return 1
    if tandem is None:
        return None
    held = _read(tandem)
    return 2 + (2 if held >= HELD else 1 if held >= 3 else 0)


def change(before: Points, after: Points) -> Change | None:
    """Compare the parts tested both times; None without any."""
    first, last = before.parts, after.parts
    both = [(one, last[code]) for code, one in first.items()]
    known = [(b, a) for b, a in both if b is not None and a is not None]
    if not known:
        return None
    was, now = sum(b for b, _ in known), sum(a for _, a in known)
    left_out = tuple(code for code in first if first[code] is None or last[code] is None)
    return Change(was, now, now - was, now - was >= MATTERS, not left_out, left_out)


def _timed(seconds: Decimal | None, limits: tuple[tuple[Decimal, int], ...], *, else_: int, unable: bool) -> int | None:
    if unable:
        return 0
    if seconds is None:
        return None
    return next((given for limit, given in limits if _read(seconds) <= limit), else_)


def _read(seconds: Decimal) -> Decimal:
    return seconds.quantize(Decimal("0.01"), ROUND_HALF_UP)
