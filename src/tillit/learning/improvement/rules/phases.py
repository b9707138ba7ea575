"""Where a pilot stands, which step may come next, and what must be there before a team is «i pilot» (R38, R46)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final


class Phase(StrEnum):
    """The phases of one pilot that goes on, adjusted on the way, until it is handed over or given up."""

    PREPARING = "PREPARING"
    BASELINE = "BASELINE"
    RUNNING = "RUNNING"
    EVALUATING = "EVALUATING"
    ENDED = "ENDED"


#: What may follow what. From evaluation one may go on: one pilot with adjustments, rather than two (OSLO 11.1).
NEXT: Final[dict[Phase, tuple[Phase, ...]]] = {
    Phase.PREPARING: (Phase.RUNNING, Phase.ENDED),
    Phase.BASELINE: (Phase.RUNNING, Phase.ENDED),
    Phase.RUNNING: (Phase.EVALUATING,),
    Phase.EVALUATING: (Phase.RUNNING, Phase.ENDED),
    Phase.ENDED: (),
}
#: Phases in which the teams work in the new way, or have.
UNDER_WAY: Final = frozenset({Phase.RUNNING, Phase.EVALUATING})


class GapKind(StrEnum):
    """What is missing before teams can be «i pilot»."""

    NO_TEAM = "NO_TEAM"
    NOT_YET = "NOT_YET"
    NO_BASELINE = "NO_BASELINE"


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing missing. name: of the team, where it is one team's. on: the day the first team joins, for NOT_YET."""

    kind: GapKind
    name: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How one team stands before the gate: whether its baseline is frozen, or why there is none."""

    name: str
    joined_on: date
    has_baseline: bool
    reason: str = ""

    @property
    def may_begin(self) -> bool:
        """Whether nothing is missing for this team."""
        return self.has_baseline or bool(self.reason.strip())


def gaps(teams: Iterable[Standing], *, on: date) -> tuple[Gap, ...]:
    """Return what is missing before a pilot is «i pilot», in the order it is mended. Empty: it may begin.

    Every team that joins by `on` needs a frozen baseline or a written reason why not; a team that joins later is asked
    the same on its own day. on: a day in Oslo. Source: R38, R46; docs/how-we-count/baseline.md.
    """
    known = sorted(teams, key=lambda one: (one.joined_on, one.name))
    if not known:
        return (Gap(GapKind.NO_TEAM),)
    due = [one for one in known if one.joined_on <= on]
    missing = tuple(Gap(GapKind.NO_BASELINE, one.name) for one in (due or known[:1]) if not one.may_begin)
    not_yet = () if due else (Gap(GapKind.NOT_YET, known[0].name, known[0].joined_on),)
    return missing + not_yet


def may_follow(phase: Phase, wanted: Phase) -> bool:
    """Whether the step is one the phase leads to. Whether the gate is open, `gaps` says."""
    return wanted in NEXT[phase]
