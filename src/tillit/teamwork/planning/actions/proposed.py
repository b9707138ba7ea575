"""Storing what the engine answered, as a proposal that people decide over change by change."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from tillit.foundation.jobs import progress as jobs
from tillit.teamwork.planning.models import DayLists, Proposal, ProposalState, ProposedChange, WeeksProposal
from tillit.teamwork.planning.queries.lists import as_json
from tillit.teamwork.planning.rules import numbers
from tillit.teamwork.planning.rules.counting import Steps
from tillit.teamwork.planning.rules.day import Day
from tillit.teamwork.planning.rules.grouping import Group
from tillit.teamwork.planning.rules.reasons import Grounds

if TYPE_CHECKING:  # the engine is slow to load: only where a search is run
    from tillit.teamwork.planning.adapter.answer import Answer


def outdate(asked_before: Iterable[Proposal | WeeksProposal]) -> None:
    """Let what was asked before, and is not decided, no longer be what people decide over; its search stops."""
    for old in asked_before:
        if old.job_id is not None:
            jobs.ask_to_stop(job_id=old.job_id)
        old.state = ProposalState.OUTDATED
        old.save(update_fields=["state"])


def undecided(lists: DayLists) -> Iterable[Proposal]:
    """Return the proposals for lists that are being searched for, or wait for people."""
    return lists.proposals.filter(state__in=[ProposalState.ASKED, ProposalState.READY])


def store_answer(
    proposal: Proposal,
    *,
    day: Day,
    answer: "Answer",
    asked: dict[str, Any],
    made: Sequence[tuple[Group, Grounds]],
    edition: int | None = None,
    counts: Steps | None = None,
) -> None:
    """Give a proposal its changes, its numbers and its reasons, in the caller's transaction.

    day: as it was when the engine was asked. asked: the question, without names. edition: that of the lists then; what
    they have now when not given. counts: what the team had said that was to count.
    """
    ProposedChange.objects.bulk_create(
        [
            ProposedChange(
                proposal=proposal,
                rank=rank,
                kind=group.kind,
                rows=as_json(group.after),
                before=as_json(group.before),
                visits=list(group.visits),
                reasons=grounds.as_json(),
            )
            for rank, (group, grounds) in enumerate(made, start=1)
        ]
    )
    Proposal.objects.filter(pk=proposal.pk).update(
        state=ProposalState.READY if made else ProposalState.SETTLED,
        seconds=answer.seconds,
        summary={
            "before": numbers.count(day).as_dict(),
            "after": numbers.count(day.with_rows(answer.rows)).as_dict(),
        },
        uncovered=list(answer.uncovered),
        problem=asked,
        result={
            "rows": as_json(answer.rows),
            "why": answer.why,
            "iterations": answer.iterations,
            "ended": answer.ended,
            "travel_faults": list(answer.travel_faults),
            "counts": dict(counts or {}),
        },
        based_on_edition=DayLists.objects.values_list("edition", flat=True).get(pk=proposal.lists_id)
        if edition is None
        else edition,
    )
