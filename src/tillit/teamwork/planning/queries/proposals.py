"""Proposals as pages see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tillit.foundation.jobs.models import UNDER_WAY, JobState
from tillit.teamwork.planning.models import Proposal, ProposalState
from tillit.teamwork.planning.queries.lists import ListsHead, from_json, steps_after
from tillit.teamwork.planning.rules import occasions
from tillit.teamwork.planning.rules.day import Row

FROM_PROPOSAL = "PROPOSAL"
"""What a step is called that took over something proposed."""


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change that can be accepted or refused on its own."""

    change_id: int
    rank: int
    kind: str
    before: tuple[Row, ...]
    after: tuple[Row, ...]
    reasons: dict[str, Any]
    accepted: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody has asked the engine for, and how the job is doing: for one list, or for several days."""

    state: str
    preset: str
    asked_at: datetime
    asked_by_id: int | None
    summary: dict[str, Any]
    job_id: int | None
    job_state: str
    done: int
    total: int

    @property
    def is_working(self) -> bool:
        """Whether it is still being reckoned."""
        return self.state == ProposalState.ASKED and self.job_state in UNDER_WAY

    @property
    def is_queued(self) -> bool:
        """Whether no worker has begun with it."""
        return self.is_working and self.job_state == JobState.WAITING

    @property
    def has_failed(self) -> bool:
        """Whether the job stopped without an answer."""
        return self.state == ProposalState.ASKED and not self.is_working


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalView(Asked):
    """The newest proposal for some lists."""

    proposal_id: int
    keep_present: bool
    based_on_edition: int
    seconds: float | None
    uncovered: tuple[dict[str, Any], ...]
    result: dict[str, Any]
    changes: tuple[ChangeLine, ...]

    @property
    def is_open(self) -> bool:
        """Whether there are changes left to decide."""
        return self.state == ProposalState.READY


def is_behind(proposal: ProposalView, head: ListsHead | None) -> bool:
    """Whether the lists have changed since it was asked for, by anything but accepting what it proposes."""
    if head is None or head.lists_id is None or head.edition == proposal.based_on_edition:
        return False
    steps = steps_after(lists_id=head.lists_id, edition=proposal.based_on_edition)
    return any(step.what != FROM_PROPOSAL for step in steps)


def has_not_seen(proposal: ProposalView, visit_ids: Sequence[int]) -> bool:
    """Whether some of these visits were not there when it was made: somebody came home, or a visit was added."""
    return "rows" in proposal.result and bool(
        occasions.unseen(
            visit_ids,
            answered=[int(row[0]) for row in proposal.result.get("rows", ())],
            left_out=[int(each["visit"]) for each in proposal.uncovered],
        )
    )


def newest_proposal(lists_id: int | None) -> ProposalView | None:
    """Return the newest proposal for the lists with its changes, in two queries; None when there is none."""
    if lists_id is None:
        return None
    row = Proposal.objects.filter(lists_id=lists_id).select_related("job").defer("problem").order_by("-pk").first()
    return view_of(row) if row else None


def view_of(row: Proposal) -> ProposalView:
    """Return a stored proposal as pages see it."""
    job = row.job
    return ProposalView(
        proposal_id=row.pk,
        state=row.state,
        preset=row.preset,
        keep_present=row.keep_present,
        asked_at=row.asked_at,
        asked_by_id=row.asked_by_id,
        based_on_edition=row.based_on_edition,
        seconds=row.seconds,
        summary=dict(row.summary),
        uncovered=tuple(row.uncovered),
        result=dict(row.result),
        changes=tuple(
            ChangeLine(
                change_id=change.pk,
                rank=change.rank,
                kind=change.kind,
                before=from_json(change.before),
                after=from_json(change.rows),
                reasons=dict(change.reasons),
                accepted=change.accepted,
            )
            for change in row.changes.order_by("rank")
        ),
        job_id=row.job_id,
        job_state=job.state if job else "",
        done=job.done if job else 0,
        total=job.total if job else 0,
    )
