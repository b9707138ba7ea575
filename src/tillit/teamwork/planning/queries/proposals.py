"""Proposals as pages see them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tillit.foundation.jobs.models import JobState
from tillit.teamwork.planning.models import Proposal, ProposalState
from tillit.teamwork.planning.queries.lists import from_json
from tillit.teamwork.planning.rules.day import Row


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


@dataclass(frozen=True, slots=True)
class ProposalView:
    """The newest proposal for some lists, and how its job is doing."""

    proposal_id: int
    state: str
    preset: str
    keep_present: bool
    asked_at: datetime
    asked_by_id: int | None
    based_on_edition: int
    seconds: float | None
    summary: dict[str, Any]
    uncovered: tuple[dict[str, Any], ...]
    result: dict[str, Any]
    changes: tuple[ChangeLine, ...]
    job_id: int | None
    job_state: str
    done: int
    total: int

    @property
    def is_working(self) -> bool:
        """Whether it is still being reckoned."""
        return self.state == ProposalState.ASKED and self.job_state in {JobState.WAITING, JobState.RUNNING}

    @property
    def has_failed(self) -> bool:
        """Whether the job stopped without an answer."""
        return self.state == ProposalState.ASKED and not self.is_working

    @property
    def is_open(self) -> bool:
        """Whether there are changes left to decide."""
        return self.state == ProposalState.READY


def newest_proposal(lists_id: int | None) -> ProposalView | None:
    """Return the newest proposal for the lists with its changes, in two queries; None when there is none."""
    if lists_id is None:
        return None
    row = Proposal.objects.filter(lists_id=lists_id).select_related("job").order_by("-pk").first()
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
