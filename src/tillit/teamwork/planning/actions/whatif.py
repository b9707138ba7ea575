"""«Hva om …?»: asking what a part of a day would be like if one thing were different. No list is ever written."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from tillit.foundation.access import audit, reading
from tillit.foundation.access.actor import Actor, system
from tillit.foundation.access.permissions import require
from tillit.foundation.jobs import progress as jobs
from tillit.foundation.organisation import queries as organisation
from tillit.foundation.organisation.models import Unit
from tillit.kernel import clock, oslo
from tillit.kernel.errors import ActionRefused, NotAllowed, NotFound
from tillit.teamwork.planning import queries
from tillit.teamwork.planning.models import WhatIf
from tillit.teamwork.planning.permissions import ALLOCATE
from tillit.teamwork.planning.queries import TeamDay
from tillit.teamwork.planning.rules.day import Day
from tillit.teamwork.planning.rules.presets import Preset
from tillit.teamwork.planning.rules.whatif import (
    WITH_NEIGHBOUR,
    Half,
    Lack,
    Question,
    from_json,
    half_of,
    homes_by_street,
    lacks,
)

KIND = "planning.what_if"
PLANNER = "Planleggeren"
PROFESSIONS = ("NURSE", "SOCIAL_EDUCATOR", "HEALTH_WORKER", "HOME_HELPER")
"""What one more at work can be, when she is like nobody who is there."""


class CannotAsk(ActionRefused):
    """The question lacks something: `lack` says what."""

    def __init__(self, lack: Lack) -> None:
        """lack: what is missing; the words follow from it."""
        super().__init__(words_of(lack))
        self.lack = lack


def words_of(lack: Lack) -> str:
    """Return what is missing, to whoever asks."""
    return {
        Lack.VISITS: _("Det er ingen besøk på denne delen av dagen, så det er ikke noe å regne på."),
        Lack.PEOPLE: _("Ingen er på vakt på denne delen av dagen. Spør hva som skjer med én til på jobb."),
        Lack.WHO: _("Velg hvem det gjelder."),
        Lack.HOURS: _("Skriv når vakta begynner og slutter."),
        Lack.CITIZENS: _("Velg minst én gate eller én bruker."),
        Lack.ALL_CITIZENS: _("Velg noen av brukerne, ikke alle. Ellers er det ingen igjen til det andre teamet."),
        Lack.TEAM: _("Velg hvilket team det gjelder."),
        Lack.TWO_PEOPLE: _("Det må være minst to på jobb for å dele teamet."),
    }[lack]


def planner_of(*, actor: Actor, unit_id: int, at: datetime) -> Unit:
    """Return the unit if the actor makes its lists: who plans may ask what would be. Raises NotFound, NotAllowed."""
    unit = organisation.get_unit(actor=actor, unit_id=unit_id)
    require(actor, ALLOCATE, organisation.scope_of(unit))
    if not queries.may_allocate(actor=actor, unit=unit, on=oslo.day_of(at)):
        raise NotAllowed(_("I dette teamet er det fordelerne som planlegger, så det er de som kan spørre."))
    return unit


@transaction.atomic
def ask_what_if(
    *,
    actor: Actor,
    unit_id: int,
    on: date,
    shift_kind: str,
    question: Question,
    other_id: int | None,
    streets: Collection[str] = (),
    half: Half | None = None,
    at: datetime,
) -> WhatIf:
    """Ask in the background. A question about this part of the day that is still being reckoned is stopped.

    other_id: the neighbour team, for questions about two; it must be in reach, and one may make its lists too.
    streets, half: citizens who live there are among those the question names; what is stored is who they were.
    Raises NotFound, NotAllowed, CannotAsk.
    """
    unit = planner_of(actor=actor, unit_id=unit_id, at=at)
    other = None
    if question.kind in WITH_NEIGHBOUR:
        if not other_id or other_id == unit_id:
            raise CannotAsk(Lack.TEAM)
        other = planner_of(actor=actor, unit_id=other_id, at=at)
    found_days = [queries.team_day(unit=team, on=on, shift_kind=shift_kind) for team in _teams(unit, other)]
    days = [each.day for each in found_days]
    question = _with_homes(question, found_days[0], streets, half)
    if lack := lacks(question, days[0], days[1] if other else None, professions=PROFESSIONS):
        raise CannotAsk(lack)
    for old in WhatIf.objects.filter(unit=unit, on=on, shift_kind=shift_kind, made_at__isnull=True):
        if old.job_id is not None:
            jobs.ask_to_stop(job_id=old.job_id)
    found = WhatIf.objects.create(
        unit=unit,
        other=other,
        on=on,
        shift_kind=shift_kind,
        question=question.as_json(),
        asked_at=at,
        asked_by_id=actor.employee_id,
    )
    _note(actor, unit, found, {"what": "ASK", "kind": question.kind.value, "other": other_id if other else None}, at)
    job = jobs.ask(actor=actor, name=KIND, unit_path=unit.path, order={"what_if": found.pk}, at=at)
    WhatIf.objects.filter(pk=found.pk).update(job=job)
    found.refresh_from_db()
    return found


@transaction.atomic
def stop_what_if(*, actor: Actor, unit_id: int, whatif_id: int, at: datetime) -> WhatIf:
    """Ask the search to stop: what both sides have had by then is the answer. Raises NotFound, NotAllowed."""
    unit = planner_of(actor=actor, unit_id=unit_id, at=at)
    found = WhatIf.objects.filter(pk=whatif_id, unit=unit).first()
    if found is None:
        raise NotFound(_("Fant ikke spørsmålet."))
    if found.job_id is not None:
        jobs.ask_to_stop(job_id=found.job_id)
    _note(actor, unit, found, {"what": "STOP"}, at)
    return found


@jobs.kind(KIND)
def reckon(progress: jobs.Progress) -> dict[str, object]:
    """Do the job: read the day or days, plan both sides, store the numbers. Run by the worker."""
    from tillit.teamwork.planning.adapter import engine, whatif  # numba is slow to load: only where it is needed

    found = WhatIf.objects.select_related("unit__parent", "other__parent").get(pk=int(str(progress.order["what_if"])))
    at = clock.now()
    progress.say(0, 100, _("Leser dagen"))
    with reading.door(KIND, actor=system(PLANNER)):
        days = _days(found.unit, found.other, found.on, found.shift_kind)
    counts = queries.what_counts(found.unit_id).steps
    answer = whatif.reckon(
        days,
        from_json(found.question),
        at=at,
        weights=engine.weights_of(Preset.KNOWN_FACES, keep_present=False, counts=counts),
        seconds=settings.WHAT_IF_SECONDS,
        cores=settings.PLAN_CORES,
        progress=lambda share: progress.say(int(share * 95), 100, _said(share)),
        cancelled=progress.should_stop,
    )
    if not answer["runs"]:
        raise jobs.Stopped
    WhatIf.objects.filter(pk=found.pk).update(answer=answer, made_at=at)
    return {"runs": answer["runs"]}


def _said(share: float) -> str:
    return _("Planlegger dagen om igjen på begge måter") if share < 1 else _("Legger sammen tallene")


def _days(unit: Unit, other: Unit | None, on: date, shift_kind: str) -> list[Day]:
    return [queries.team_day(unit=team, on=on, shift_kind=shift_kind).day for team in _teams(unit, other)]


def _teams(unit: Unit, other: Unit | None) -> list[Unit]:
    return [unit] if other is None else [unit, other]


def _with_homes(question: Question, team_day: TeamDay, streets: Collection[str], half: Half | None) -> Question:
    """Name those who live in the streets and the half as well, and only those who have visits that day."""
    lives = homes_by_street(
        (brief.citizen_id, brief.street) for brief in team_day.briefs.values() if not brief.address_hidden
    )
    named = set(question.citizen_ids)
    for street in streets:
        named |= lives.get(street, frozenset())
    if half is not None:
        named |= half_of(team_day.day, half)
    return replace(question, citizen_ids=frozenset(named & {call.citizen_id for call in team_day.day.calls}))


def _note(actor: Actor, unit: Unit, found: WhatIf, change: dict[str, object], at: datetime) -> None:
    audit.record(actor, ALLOCATE, str(found), organisation.scope_of(unit), at=at, change=change)
