"""Asking the engine for several days at once, and taking all its proposals into the drafts. Nothing is published."""

from collections.abc import Mapping, Sequence
from dataclasses import astuple
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.visits.actions import make_visits
from tillit.care.visits.rules.generation import HORIZON_DAYS
from tillit.foundation.access import audit, reading
from tillit.foundation.access.actor import Actor, system
from tillit.foundation.access.permissions import require
from tillit.foundation.jobs import progress as jobs
from tillit.foundation.organisation import queries as organisation
from tillit.foundation.organisation.models import Unit
from tillit.kernel import clock, oslo
from tillit.kernel.errors import ActionRefused, NotAllowed, NotFound
from tillit.teamwork.planning import queries, words
from tillit.teamwork.planning.actions.desk import ListsChangedMeanwhile, open_desk
from tillit.teamwork.planning.actions.propose import accept_all
from tillit.teamwork.planning.actions.proposed import outdate, store_answer, undecided
from tillit.teamwork.planning.models import ListState, Proposal, ProposalState, WeeksProposal
from tillit.teamwork.planning.permissions import ALLOCATE
from tillit.teamwork.planning.queries import TeamDay
from tillit.teamwork.planning.queries import weeks as weeks_queries
from tillit.teamwork.planning.queries.days import Part
from tillit.teamwork.planning.rules import grouping, presets, reasons
from tillit.teamwork.planning.rules import weeks as rules
from tillit.teamwork.planning.rules.day import Day
from tillit.ui import formats
from tillit.ui.language import page_language

if TYPE_CHECKING:  # the engine is slow to load: only where a search is run
    from tillit.teamwork.planning.adapter.weeks import PartAnswer, WeeksAnswer

KIND = "planning.propose_weeks"
PLANNER = "Planleggeren"
BEHIND = 28
"""Days behind in which it counts who has been where: twice the shortest window, as the longest one needs."""


class NothingToPlan(ActionRefused):
    """No part of these days has both visits and people at work, and lists that are not in use."""


@transaction.atomic
def ask_for_weeks(*, actor: Actor, unit_id: int, days: int, preset: str, at: datetime) -> WeeksProposal:
    """Ask the engine for the next 7, 14 or 28 days from tomorrow, in the background.

    Visits are made for fourteen days at a time: those of the days beyond are made when the job begins.

    An older one that is still being reckoned is outdated, its search stopped. preset: a rules.presets.Preset.
    Raises NotFound, NotAllowed, NothingToPlan.
    """
    unit = _held(actor, unit_id, at)
    first = oslo.day_of(at) + timedelta(days=1)
    after = first + timedelta(days=days if days in rules.LENGTHS else rules.USUAL_LENGTH)
    made_until = _made_until(first, at)
    if not weeks_queries.plannable(
        unit=unit, first=first, after=min(after, made_until)
    ).parts and not weeks_queries.is_staffed(unit=unit, first=made_until, after=after):
        raise NothingToPlan(
            _(
                "Det er ingen dager å foreslå lister for. Det må være besøk og noen på vakt, "
                "og listene kan ikke være i bruk."
            )
        )
    outdate(WeeksProposal.objects.filter(unit=unit, state=ProposalState.ASKED))
    weeks = WeeksProposal.objects.create(
        unit=unit,
        first_on=first,
        after_on=after,
        asked_at=at,
        asked_by_id=actor.employee_id,
        preset=presets.read(preset),
    )
    _note(actor, unit, weeks, {"what": "ASK", "first": first.isoformat(), "after": after.isoformat()}, at)
    job = jobs.ask(actor=actor, name=KIND, unit_path=unit.path, order={"weeks": weeks.pk}, at=at)
    WeeksProposal.objects.filter(pk=weeks.pk).update(job=job)
    weeks.refresh_from_db()
    return weeks


@transaction.atomic
def stop_weeks(*, actor: Actor, unit_id: int, weeks_id: int, at: datetime) -> None:
    """Ask the search to stop. Days with a plan by then get it, the others get none. Raises NotFound, NotAllowed."""
    unit = _held(actor, unit_id, at)
    weeks = _weeks(unit, weeks_id)
    if weeks.job_id is not None:
        jobs.ask_to_stop(job_id=weeks.job_id)
    _note(actor, unit, weeks, {"what": "STOP"}, at)


@transaction.atomic
def accept_weeks(*, actor: Actor, unit_id: int, weeks_id: int, editions: Mapping[int, int], at: datetime) -> int:
    """Take every open proposal named into its draft: all of them or none. Nothing is taken into use.

    editions: proposal id → the edition of its lists that the actor has seen. Each day is one step that one press
    undoes. Returns how many days' lists were changed.
    Raises NotFound, NotAllowed, ListsChangedMeanwhile, ChangeOutdated, VisitRefused.
    """
    unit = _held(actor, unit_id, at)
    weeks = _weeks(unit, weeks_id)
    found = {
        each.pk: each
        for each in weeks.proposals.filter(pk__in=list(editions), state=ProposalState.READY).select_related("lists")
    }
    done = []
    for proposal in sorted(found.values(), key=lambda each: (each.lists.on, each.lists.shift_kind)):
        if proposal.lists.state != ListState.DRAFT:
            raise ListsChangedMeanwhile(
                _("Noen av listene er tatt i bruk i mellomtida. Ingenting er endret."),
                seen=editions[proposal.pk],
                now=proposal.lists.edition,
            )
        if accept_all(actor=actor, proposal_id=proposal.pk, edition=editions[proposal.pk], at=at):
            done.append(proposal.pk)
    _note(actor, unit, weeks, {"what": "ACCEPT", "proposals": done}, at)
    return len(done)


@jobs.kind(KIND)
def propose_weeks(progress: jobs.Progress) -> dict[str, object]:
    """Do the job: load the days, let the engine plan them together, store a proposal for each. Run by the worker."""
    from tillit.teamwork.planning.adapter import weeks as engine  # numba is slow to load: only where a search is run

    weeks = WeeksProposal.objects.select_related("unit").get(pk=int(str(progress.order["weeks"])))
    if weeks.state != ProposalState.ASKED:
        raise jobs.Stopped
    at, unit = clock.now(), weeks.unit
    made_until = _made_until(weeks.first_on, at)
    if weeks.after_on > made_until:
        progress.say(0, 100, _("Lager besøkene etter tiltaksplanene"))
        make_visits(
            actor=system(PLANNER), citizen_ids=None, unit_id=unit.pk, first=made_until, after=weeks.after_on, at=at
        )
    may = weeks_queries.plannable(unit=unit, first=weeks.first_on, after=weeks.after_on)
    parts = may.parts
    progress.say(0, 100, _("Finner en liten krets av hjelpere rundt hver bruker"))
    with reading.door(KIND, actor=system(PLANNER)):
        days = [queries.team_day(unit=unit, on=on, shift_kind=kind) for on, kind in parts]
    if not days:
        WeeksProposal.objects.filter(pk=weeks.pk).update(state=ProposalState.SETTLED)
        return {"parts": 0}
    met = weeks_queries.meetings_between(
        {call.citizen_id for each in days for call in each.day.calls},
        first=weeks.first_on - timedelta(days=BEHIND),
        after=weeks.after_on,
        besides=parts,
        family=days[0].family,
    )
    answer = engine.propose_days(
        [found.day for found in days],
        met=met,
        after=weeks.after_on,
        at=at,
        preset=presets.Preset(weeks.preset),
        counts=queries.what_counts(unit.pk).steps,
        seconds=settings.PLAN_WEEKS_SECONDS * sum(rules.time_for(len(found.day.calls)) for found in days),
        cores=settings.PLAN_CORES,
        progress=lambda share, number: progress.say(int(share * 95), 100, _working_on(parts[number])),
        cancelled=progress.should_stop,
    )
    stored = _store(weeks, days, answer, unstaffed=may.unstaffed, at=at)
    return {"parts": stored, "ended": answer.ended}


def _working_on(part: Part) -> str:
    on, kind = part
    return f"{formats.long_date(on, page_language()).capitalize()}, {words.kind_name(kind).lower()}"


@transaction.atomic
def _store(
    weeks: WeeksProposal,
    days: Sequence[TeamDay],
    answer: "WeeksAnswer",
    *,
    unstaffed: Sequence[Part],
    at: datetime,
) -> int:
    """Make one proposal for each part of a day that was reached and is still a draft. Returns how many."""
    if not WeeksProposal.objects.select_for_update().filter(pk=weeks.pk, state=ProposalState.ASKED).exists():
        raise jobs.Stopped
    stored, left_out = 0, []
    counts = queries.what_counts(weeks.unit_id).steps
    for team_day, found in zip(days, answer.answers, strict=True):
        on, kind = team_day.day.on, team_day.day.shift_kind
        desk = open_desk(
            actor=system(PLANNER), unit_id=weeks.unit_id, on=on, shift_kind=kind, edition=None, permission=ALLOCATE,
            at=at,
        )  # fmt: skip
        if found is None or desk.lists.state != ListState.DRAFT:
            left_out.append([on.isoformat(), kind])
            continue
        outdate(undecided(desk.lists))
        proposal = Proposal.objects.create(
            lists=desk.lists,
            weeks=weeks,
            asked_at=weeks.asked_at,
            asked_by_id=weeks.asked_by_id,
            based_on_edition=team_day.head.edition,
            preset=weeks.preset,
        )
        day, proposed, edition = team_day.day, found.answer, team_day.head.edition
        made = [(group, _grounds(day, group, found, answer, now=at)) for group in grouping.group(day, proposed.rows)]
        store_answer(proposal, day=day, answer=proposed, asked=found.asked, made=made, edition=edition, counts=counts)
        stored += 1
    WeeksProposal.objects.filter(pk=weeks.pk).update(
        state=ProposalState.READY if stored else ProposalState.SETTLED,
        summary={
            "faces": {
                str(window): {str(citizen_id): list(astuple(each)) for citizen_id, each in sorted(faces.items())}
                for window, faces in answer.faces.items()
            },
            "left_out": left_out,
            "unstaffed": [[on.isoformat(), kind] for on, kind in unstaffed],
            "ended": answer.ended,
            "parts": [len(days), sum(found is not None for found in answer.answers)],
        },
    )
    return stored


def _grounds(
    day: Day, group: grouping.Group, part: "PartAnswer", answer: "WeeksAnswer", *, now: datetime
) -> reasons.Grounds:
    """Why one change is proposed: what speaks for and against that day, and what the days together say."""
    own = reasons.grounds(day, group, proposed=part.answer.rows, now=now)
    return rules.week_grounds(own, day, group, comes=answer.comes, given_up=part.given_up)


def _made_until(first: date, at: datetime) -> date:
    """The first of the days asked for whose visits no night has made yet."""
    return max(first, oslo.day_of(at) + timedelta(days=HORIZON_DAYS))


def _held(actor: Actor, unit_id: int, at: datetime) -> Unit:
    """Return the unit, held, if the actor may make its lists today. Raises NotFound, NotAllowed."""
    unit = organisation.get_unit(actor=actor, unit_id=unit_id, lock=True)
    require(actor, ALLOCATE, organisation.scope_of(unit))
    if not queries.may_allocate(actor=actor, unit=unit, on=oslo.day_of(at)):
        raise NotAllowed(_("I dette teamet er det fordelerne som lager arbeidslistene. Du kan se dem, men ikke endre."))
    return unit


def _weeks(unit: Unit, weeks_id: int) -> WeeksProposal:
    found = WeeksProposal.objects.filter(pk=weeks_id, unit=unit).first()
    if found is None:
        raise NotFound(_("Fant ikke forslaget."))
    return found


def _note(actor: Actor, unit: Unit, weeks: WeeksProposal, change: dict[str, Any], at: datetime) -> None:
    audit.record(actor, ALLOCATE, str(weeks), organisation.scope_of(unit), at=at, change=change)
