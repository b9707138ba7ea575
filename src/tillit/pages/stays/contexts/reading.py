"""What is read for those who are not at home: a constant number of queries, however many they are."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from tillit.care.citizens.permissions import CHANGE_WHEREABOUTS, FOLLOW_STAY
from tillit.care.citizens.queries import scopes_of
from tillit.care.citizens.queries.stays import StayLine
from tillit.care.journal.queries import EntryLine, notes_of_many, reads_journal
from tillit.care.visits.queries.paused import PausedVisit, paused_visits
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import holds
from tillit.foundation.organisation.models import Unit
from tillit.foundation.organisation.queries import scope_of
from tillit.foundation.workforce.queries import marks
from tillit.kernel import oslo
from tillit.pages.stays.contexts.rows import Read

AHEAD = timedelta(days=14)
"""Visits are made so far ahead."""


def read_for(lines: Sequence[StayLine], *, actor: Actor, unit: Unit, at: datetime) -> Read:
    """Return what the rows of the lines need. Callers have checked the unit, and that the lines are in reach."""
    people = {step.owner_id for line in lines for step in line.steps} | {line.answers_id for line in lines}
    scope = scope_of(unit)
    return Read(
        unit_id=unit.pk,
        me=actor.employee_id,
        marks=marks(employee_ids=sorted(one for one in people if one is not None), unit_id=unit.pk),
        words=_words(lines, actor=actor, at=at),
        paused=_paused(lines, at=at),
        may_write=holds(actor, FOLLOW_STAY, scope),
        may_send_home=holds(actor, CHANGE_WHEREABOUTS, scope),
    )


def _words(lines: Sequence[StayLine], *, actor: Actor, at: datetime) -> dict[int, tuple[EntryLine, ...]]:
    """The notes since each left, for those whose journal the actor reads."""
    if not lines:
        return {}
    scopes = scopes_of([line.citizen_id for line in lines], on=oslo.day_of(at))
    read = {line.citizen_id for line in lines if reads_journal(actor, scopes[line.citizen_id])}
    notes = notes_of_many(read, since=min(line.from_at for line in lines)) if read else []
    found: dict[int, tuple[EntryLine, ...]] = {}
    for line in lines:
        own = [one for one in notes if one.citizen_id == line.citizen_id and one.has_words]
        since = [
            one for one in own if line.from_at <= one.happened_at and (not line.to_at or one.happened_at < line.to_at)
        ]
        found[line.whereabouts_id] = tuple(sorted(since, key=lambda one: one.happened_at, reverse=True))
    return found


def _paused(lines: Sequence[StayLine], *, at: datetime) -> dict[int, tuple[PausedVisit, ...]]:
    if not lines:
        return {}
    visits = paused_visits(
        {line.citizen_id for line in lines}, since=min(line.from_at for line in lines), until=at + AHEAD
    )
    return {
        line.whereabouts_id: tuple(
            one
            for one in visits
            if one.citizen_id == line.citizen_id
            and line.from_at <= one.at
            and (line.to_at is None or one.at < line.to_at)
        )
        for line in lines
    }
