"""Asking the engine for many teams' drafts in one go, so that each team meets a proposal in the morning."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from tillit.foundation.access.actor import Actor
from tillit.kernel.errors import NotAllowed
from tillit.teamwork.planning.actions.propose import ShiftOver, ask_for_proposal
from tillit.teamwork.planning.queries.days import KINDS
from tillit.teamwork.planning.queries.teams import parts_to_plan


class PassedOver(StrEnum):
    """Why nothing was asked for some lists."""

    IN_USE = "in_use"
    HAS_PROPOSAL = "has_proposal"
    SHIFT_OVER = "shift_over"
    NOT_ALLOWED = "not_allowed"


@dataclass(frozen=True, slots=True)
class AskedTeams:
    """What was asked: proposals by (unit, part of the day), their jobs, and what was passed over and why."""

    proposals: dict[tuple[int, str], int]
    job_ids: tuple[int, ...]
    passed: dict[tuple[int, str], PassedOver]


def ask_for_teams(
    *,
    actor: Actor,
    on: date,
    at: datetime,
    kinds: Collection[str] = KINDS,
    unit_ids: Collection[int] | None = None,
    preset: str = "",
    seconds: float | None = None,
    again: bool = False,
    told: Callable[[int, int], None] | None = None,
) -> AskedTeams:
    """Ask for a proposal for each draft of the day that the actor reaches, each in a transaction of its own.

    Lists people go out with are left alone, and so are those that already have a proposal for what stands there
    (again: ask for these too); asking twice is asking once. Where somebody has begun, as little as possible is
    changed. One core each: there are many to share the cores. unit_ids: only these units.
    seconds: of search for each; the settings' when not given. told: how many of how many have been looked at.
    """
    parts = parts_to_plan(actor=actor, on=on, kinds=kinds, unit_ids=unit_ids)
    proposals: dict[tuple[int, str], int] = {}
    passed: dict[tuple[int, str], PassedOver] = {}
    jobs: list[int] = []
    for number, part in enumerate(parts, start=1):
        key = (part.unit_id, part.shift_kind)
        if part.in_use:
            passed[key] = PassedOver.IN_USE
        elif part.has_proposal and not again:
            passed[key] = PassedOver.HAS_PROPOSAL
        else:
            try:
                proposal = ask_for_proposal(
                    actor=actor,
                    unit_id=part.unit_id,
                    on=on,
                    shift_kind=part.shift_kind,
                    keep_present=part.begun,
                    preset=preset,
                    at=at,
                    seconds=seconds,
                    cores=1,
                )
            except ShiftOver:
                passed[key] = PassedOver.SHIFT_OVER
            except NotAllowed:
                passed[key] = PassedOver.NOT_ALLOWED
            else:
                proposals[key] = proposal.pk
                if proposal.job_id is not None:
                    jobs.append(proposal.job_id)
        if told is not None:
            told(number, len(parts))
    return AskedTeams(proposals, tuple(jobs), passed)
