"""The counts that somebody asked for, and when anything was counted last."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import require
from tillit.foundation.jobs.models import UNDER_WAY, Job, JobState
from tillit.foundation.organisation.queries import everywhere
from tillit.learning.insight.models import Figure, StaleMark
from tillit.learning.insight.permissions import COUNT_FIGURES
from tillit.learning.insight.queries.own import own_lines

MOST = 10


@dataclass(frozen=True, slots=True)
class CountRun:
    """One count. done, total: pieces. outcome: what it counted, when it has ended. reference: of an error."""

    asked_at: datetime
    ended_at: datetime | None
    asked_by: str
    state: JobState
    done: int
    total: int
    said: str
    names: tuple[str, ...] = field(metadata={"help": "Of the own indicators it counts alone; empty: all there is"})
    everything: bool
    looked_at: int
    new: int
    replaced: int
    whole: bool
    stop_asked: bool
    reference: str

    @property
    def is_under_way(self) -> bool:
        """Whether it waits or runs."""
        return self.state in UNDER_WAY


@dataclass(frozen=True, slots=True)
class Counts:
    """runs: the newest first. last_at: when a figure was last stored. waiting: marks that the night will count."""

    runs: tuple[CountRun, ...]
    last_at: datetime | None
    waiting: int


def counts(*, actor: Actor) -> Counts:
    """Return the last counts. Five queries. Raises NotAllowed."""
    require(actor, COUNT_FIGURES, everywhere())
    rows = Job.objects.filter(kind="insight.count").select_related("asked_by").order_by("-pk")[:MOST]
    last = Figure.objects.order_by("-pk").values_list("counted_at", flat=True).first()
    names = {line.own.indicator.code: line.own.indicator.name for line in own_lines()}
    return Counts(tuple(_run(row, names) for row in rows), last, StaleMark.objects.count())


def _run(row: Job, names: Mapping[str, str]) -> CountRun:
    outcome = row.outcome
    return CountRun(
        asked_at=row.asked_at,
        ended_at=row.ended_at,
        asked_by=row.asked_by.name if row.asked_by else "",
        state=JobState(row.state),
        done=row.done,
        total=row.total,
        said=row.said,
        names=tuple(names.get(code, code) for code in row.order.get("codes") or ()),
        everything=bool(row.order.get("everything")),
        looked_at=int(outcome.get("looked_at", 0)),
        new=int(outcome.get("new", 0)),
        replaced=int(outcome.get("replaced", 0)),
        whole=bool(outcome.get("whole", True)),
        stop_asked=row.stop_asked,
        reference=row.reference,
    )
