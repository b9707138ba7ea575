"""Asking the engine for a proposal, and deciding over it change by change. People decide, the machine proposes."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from tillit.foundation.access import reading
from tillit.foundation.access.actor import Actor, system
from tillit.foundation.jobs import progress as jobs
from tillit.kernel import clock
from tillit.kernel.errors import ActionRefused, NotFound
from tillit.teamwork.planning import queries
from tillit.teamwork.planning.actions.allocate import refused_now
from tillit.teamwork.planning.actions.desk import Desk, What, note, open_desk, take_step
from tillit.teamwork.planning.actions.proposed import outdate, store_answer, undecided
from tillit.teamwork.planning.models import DayLists, Proposal, ProposalState, ProposedChange
from tillit.teamwork.planning.permissions import ALLOCATE
from tillit.teamwork.planning.queries.lists import from_json
from tillit.teamwork.planning.rules import changes, grouping, numbers, presets, reasons
from tillit.teamwork.planning.rules.day import Row

KIND = "planning.propose"


class ShiftOver(ActionRefused):
    """Everybody has gone home: there is nothing left to propose."""


class ChangeOutdated(ActionRefused):
    """The lists have changed so that this change no longer fits them."""


@transaction.atomic
def ask_for_proposal(
    *,
    actor: Actor,
    unit_id: int,
    on: date,
    shift_kind: str,
    keep_present: bool,
    preset: str,
    at: datetime,
    seconds: float | None = None,
    cores: int | None = None,
) -> Proposal:
    """Ask the engine, in the background. An older proposal that is not decided is outdated, its search stopped.

    keep_present: change as little as possible, as after absence in the morning. preset: a rules.presets.Preset.
    seconds, cores: how long and on how many cores to search; the settings' when not given.
    Raises NotFound, NotAllowed, ShiftOver.
    """
    desk = _desk(actor, unit_id, on, shift_kind, None, at)
    workers = desk.team_day.day.workers
    if workers and all(worker.ends_at <= at for worker in workers):
        raise ShiftOver(_("Vakta er over, så det er ikke noe å foreslå."))
    outdate(undecided(desk.lists))
    proposal = Proposal.objects.create(
        lists=desk.lists,
        asked_at=at,
        asked_by_id=actor.employee_id,
        based_on_edition=desk.lists.edition,
        keep_present=keep_present,
        preset=presets.read(preset),
    )
    note(desk, ALLOCATE, {"what": "ASK", "proposal": proposal.pk}, ())
    order: dict[str, object] = {"proposal": proposal.pk, "seconds": seconds, "cores": cores}
    job = jobs.ask(
        actor=actor, name=KIND, unit_path=desk.unit.path, order=order, at=at,
        is_awaited=keep_present and seconds is None,
    )  # fmt: skip
    Proposal.objects.filter(pk=proposal.pk).update(job=job)
    proposal.refresh_from_db()
    return proposal


@transaction.atomic
def stop_proposal(*, actor: Actor, proposal_id: int, at: datetime) -> None:
    """Ask the search to stop; the best it has found so far becomes the proposal.

    One that no worker has begun with has found nothing: the question is taken back, and there is no proposal.
    Raises NotFound, NotAllowed.
    """
    proposal = _proposal(proposal_id)
    desk = _desk_of(actor, proposal.lists, None, at)
    if proposal.job_id is not None and jobs.withdraw(job_id=proposal.job_id, at=at):
        Proposal.objects.filter(pk=proposal.pk, state=ProposalState.ASKED).update(state=ProposalState.OUTDATED)
    elif proposal.job_id is not None:
        jobs.ask_to_stop(job_id=proposal.job_id)
    note(desk, ALLOCATE, {"what": "STOP", "proposal": proposal.pk}, ())


@transaction.atomic
def accept_change(*, actor: Actor, proposal_id: int, change_id: int, edition: int, at: datetime) -> None:
    """Let one proposed change be done, as one step on the lists. Accepting twice is accepting once.

    Raises NotFound, NotAllowed, ListsChangedMeanwhile, ChangeOutdated, VisitRefused.
    """
    proposal = _proposal(proposal_id)
    desk = _desk_of(actor, proposal.lists, edition, at)
    change = _change(proposal, change_id)
    if change.accepted:
        return
    _accept(desk, [change])
    _settle(proposal)


@transaction.atomic
def accept_all(*, actor: Actor, proposal_id: int, edition: int, at: datetime) -> int:
    """Let every change that is not decided be done, as one step that one press undoes. Returns how many.

    Raises NotFound, NotAllowed, ListsChangedMeanwhile, ChangeOutdated, VisitRefused.
    """
    proposal = _proposal(proposal_id)
    desk = _desk_of(actor, proposal.lists, edition, at)
    undecided = list(proposal.changes.filter(accepted__isnull=True).order_by("rank"))
    if undecided:
        _accept(desk, undecided)
    _settle(proposal)
    return len(undecided)


@transaction.atomic
def reject_change(*, actor: Actor, proposal_id: int, change_id: int, at: datetime) -> None:
    """Say no to one change. The lists stay as they are. Raises NotFound, NotAllowed."""
    proposal = _proposal(proposal_id)
    desk = _desk_of(actor, proposal.lists, None, at)
    change = _change(proposal, change_id)
    if change.accepted is None:
        change.accepted = False
        change.save(update_fields=["accepted"])
        note(desk, ALLOCATE, {"what": "REJECT", "proposal": proposal.pk, "change": change.pk}, ())
        _settle(proposal)


@jobs.kind(KIND)
def propose(progress: jobs.Progress) -> dict[str, object]:
    """Do the job: load the day, let the engine search, store what it found. Run by the worker."""
    from tillit.teamwork.planning.adapter import engine  # numba is slow to load: only where a search is run
    from tillit.teamwork.planning.adapter.phases import Phase, Phases

    phases = Phases()
    proposal = _proposal(int(str(progress.order["proposal"])))
    if proposal.state != ProposalState.ASKED:
        raise jobs.Stopped
    at = clock.now()
    with phases.of(Phase.READ), reading.door(KIND, actor=system("Planleggeren")):
        team_day = queries.team_day(
            unit=proposal.lists.unit, on=proposal.lists.on, shift_kind=proposal.lists.shift_kind
        )
    day, preset = team_day.day, presets.Preset(proposal.preset)
    counts = queries.what_counts(proposal.lists.unit_id).steps
    if not day.calls or not any(worker.visits for worker in day.workers):
        _store_empty(proposal, day_numbers=numbers.count(day).as_dict())
        return {"changes": 0}
    usual = settings.REPLAN_SECONDS if proposal.keep_present else settings.PLAN_SECONDS
    answer, asked = engine.propose(
        day,
        at=at,
        preset=preset,
        counts=counts,
        keep_present=proposal.keep_present,
        seconds=_asked_for(progress, "seconds") or usual,
        cores=int(_asked_for(progress, "cores") or settings.PLAN_CORES),
        progress=lambda share, uncovered: progress.say(int(share * 95), 100),
        cancelled=progress.should_stop,
        phases=phases,
    )
    with phases.of(Phase.EXPLAIN):
        made = [
            (group, reasons.grounds(day, group, proposed=answer.rows, now=at))
            for group in grouping.group(day, answer.rows)
        ]
        if proposal.keep_present:  # what nothing speaks for is not worth telling anybody about
            made = [(group, grounds) for group, grounds in made if reasons.is_called_for(group, grounds)]
    with phases.of(Phase.STORE), transaction.atomic():
        still = Proposal.objects.select_for_update().filter(pk=proposal.pk, state=ProposalState.ASKED).exists()
        if not still:
            raise jobs.Stopped
        store_answer(proposal, day=day, answer=answer, asked=asked, made=made, counts=counts)
    return {
        "changes": len(made),
        "uncovered": len(answer.uncovered),
        "visits": len(day.calls),
        "search_seconds": answer.seconds,
        "phases": phases.as_json(),
    }


def _asked_for(progress: jobs.Progress, name: str) -> float | None:
    """Return a number of the order; None where the settings decide."""
    found = progress.order.get(name)
    return float(found) if isinstance(found, (int, float)) else None


def _store_empty(proposal: Proposal, *, day_numbers: dict[str, Any]) -> None:
    Proposal.objects.filter(pk=proposal.pk).update(
        state=ProposalState.SETTLED, seconds=0.0, summary={"before": day_numbers, "after": day_numbers}
    )


def _accept(desk: Desk, chosen: list[ProposedChange]) -> None:
    """One step for all of them. Each must find the rows it was proposed for, and helpers who may still go."""
    present = desk.team_day.day.rows_of_visit
    visit_ids: list[int] = []
    after: list[Row] = []
    for change in chosen:
        for visit_id in change.visits:
            was = tuple(row for row in from_json(change.before) if row.visit_id == visit_id)
            if visit_id not in desk.team_day.day.call_by_id or not _same(was, present.get(visit_id, ())):
                raise ChangeOutdated(
                    _("Listene er endret siden forslaget ble laget, så denne endringen passer ikke lenger.")
                )
        rows = from_json(change.rows)
        for row in rows:
            refused_now(desk, row.visit_id, row.employee_id)
        visit_ids += [int(visit_id) for visit_id in change.visits]
        after += rows
    locked = {(row.visit_id, row.employee_id): row.is_locked for row in desk.team_day.day.rows}
    take_step(
        desk,
        what=What.PROPOSAL,
        visit_ids=visit_ids,
        after=[
            Row(row.visit_id, row.employee_id, row.starts_at, locked.get((row.visit_id, row.employee_id), False))
            for row in after
        ],
    )
    ProposedChange.objects.filter(pk__in=[change.pk for change in chosen]).update(accepted=True)


def _same(one: tuple[Row, ...], other: tuple[Row, ...]) -> bool:
    return changes.touched(one, other) == ()


def _settle(proposal: Proposal) -> None:
    """A proposal with every change decided is settled."""
    if not proposal.changes.filter(accepted__isnull=True).exists():
        Proposal.objects.filter(pk=proposal.pk, state=ProposalState.READY).update(state=ProposalState.SETTLED)


def _proposal(proposal_id: int) -> Proposal:
    found = Proposal.objects.select_related("lists__unit").filter(pk=proposal_id).first()
    if found is None:
        raise NotFound(_("Fant ikke forslaget."))
    return found


def _change(proposal: Proposal, change_id: int) -> ProposedChange:
    found = proposal.changes.filter(pk=change_id).first()
    if found is None:
        raise NotFound(_("Fant ikke endringen."))
    return found


def _desk_of(actor: Actor, lists: DayLists, edition: int | None, at: datetime) -> Desk:
    return _desk(actor, lists.unit_id, lists.on, lists.shift_kind, edition, at)


def _desk(actor: Actor, unit_id: int, on: date, shift_kind: str, edition: int | None, at: datetime) -> Desk:
    return open_desk(
        actor=actor, unit_id=unit_id, on=on, shift_kind=shift_kind, edition=edition, permission=ALLOCATE, at=at
    )
