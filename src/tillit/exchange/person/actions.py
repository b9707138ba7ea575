"""What one can do: take out all that is stored about one person, read it through, hold back, hand over, delete."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.citizens import queries as citizens
from tillit.exchange.person import collecting, queries, writing
from tillit.exchange.person.models import Asker, Exemption, Handout, HandoutFile, HandoutState, HeldBack
from tillit.exchange.person.permissions import EXPORT_PERSON
from tillit.exchange.person.queries import About
from tillit.foundation.access import audit, reading
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import SIGNED_IN, Permission, require
from tillit.foundation.jobs import progress
from tillit.kernel import oslo
from tillit.kernel.errors import ActionRefused, NotAllowed

JOB = "person.handout"
HAS_FILE = frozenset({HandoutState.REVIEW, HandoutState.PACKING, HandoutState.READY})


class WhyNeeded(ActionRefused):
    """The reason is missing."""


class WordsNeeded(ActionRefused):
    """What is held back needs a law and a reason."""


class NotNow(ActionRefused):
    """It is not in a state for that."""


@transaction.atomic
def export_person(*, actor: Actor, citizen_id: int, target: Path, at: datetime) -> dict[str, int]:
    """Write the file, and return how many rows of each table are in it. Others' confidential words are left out.

    target: a file that is not there yet. Raises NotFound out of reach, NotAllowed, FileExistsError.
    """
    citizen = citizens.get_citizen(actor=actor, citizen_id=citizen_id, at=at)
    scope = citizens.scope_of(citizen.pk, on=oslo.day_of(at))
    require(actor, EXPORT_PERSON, scope)
    ids = collecting.own_ids(citizen.pk)
    reading.note_all(ids)
    audit.record(actor, EXPORT_PERSON, f"citizen:{citizen.pk}", scope, at=at, change={"registrations": ids})
    return writing.write(target, collecting.tables(citizen.pk), citizen_ids=ids, at=at)


@transaction.atomic
def ask_handout(*, actor: Actor, whom: About, asker: str, why: str, at: datetime) -> Handout:
    """Begin to gather all about somebody. whom: from `queries.about_…`, which checked reach and permission.

    Raises WhyNeeded; NotAllowed for the system, which has `tillit person`.
    """
    if actor.user_id is None:
        raise NotAllowed(_("Bare en person kan hente ut opplysninger her."))
    if asker not in Asker.values or not why.strip():
        raise WhyNeeded(_("Skriv hvorfor, med noen ord."))
    handout = Handout.objects.create(
        citizen_id=whom.citizen_id, employee_id=whom.employee_id, unit_path=(*whom.scope.paths, actor.home_path)[0],
        asker=asker, why=why.strip()[:200], made_by_id=actor.user_id, made_at=at,
    )  # fmt: skip
    _write_down(actor, whom, handout, at=at, act="ASK", asker=asker)
    _queue(actor, handout, at=at)
    return handout


def _queue(actor: Actor, handout: Handout, *, at: datetime) -> None:
    job = progress.ask(actor=actor, name=JOB, unit_path=handout.unit_path, order={"handout": handout.pk}, at=at)
    Handout.objects.filter(pk=handout.pk).update(job=job)


@transaction.atomic
def hold_back(
    *, actor: Actor, handout_id: int, label: str, row_ids: Iterable[int], exemption: str, words: str, at: datetime
) -> int:
    """Decide that rows are not handed out, by a law and for a reason. Returns how many. Raises WordsNeeded, NotNow."""
    handout, whom = queries.get_handout(actor=actor, handout_id=handout_id, at=at, lock=True)
    _require_state(handout, HandoutState.REVIEW)
    if exemption not in Exemption.values or not words.strip():
        raise WordsNeeded(_("Velg hva dere bygger på, og skriv hvorfor."))
    there = {row.get("id") for table in queries.tables(handout) if table.label == label for row in table.rows}
    wanted = [row_id for row_id in row_ids if row_id in there]
    if not wanted:
        raise WordsNeeded(_("Velg det som skal holdes tilbake."))
    HeldBack.objects.bulk_create(
        [
            HeldBack(
                handout=handout, label=label, row_id=row_id, exemption=exemption, words=words.strip()[:300],
                decided_at=at,
            )
            for row_id in wanted
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    _write_down(actor, whom, handout, at=at, act="HOLD_BACK", table=label, rows=len(wanted), law=exemption)
    return len(wanted)


@transaction.atomic
def take_along(*, actor: Actor, handout_id: int, label: str, row_id: int, at: datetime) -> None:
    """Hand out after all what was held back. Raises NotNow."""
    handout, whom = queries.get_handout(actor=actor, handout_id=handout_id, at=at, lock=True)
    _require_state(handout, HandoutState.REVIEW)
    gone, _by_model = HeldBack.objects.filter(handout=handout, label=label, row_id=row_id).delete()
    if gone:
        _write_down(actor, whom, handout, at=at, act="TAKE_ALONG", table=label)


@transaction.atomic
def finish_review(*, actor: Actor, handout_id: int, at: datetime) -> None:
    """Say that it is read through: the file is made of what is not held back. Raises NotNow."""
    handout, whom = queries.get_handout(actor=actor, handout_id=handout_id, at=at, lock=True)
    _require_state(handout, HandoutState.REVIEW)
    Handout.objects.filter(pk=handout.pk).update(state=HandoutState.PACKING, reviewed_at=at)
    _write_down(actor, whom, handout, at=at, act="REVIEWED", held_back=handout.held_back.count())
    _queue(actor, handout, at=at)


@transaction.atomic
def stop(*, actor: Actor, handout_id: int, at: datetime) -> None:
    """Stop the work; what was gathered is deleted at once."""
    handout, whom = queries.get_handout(actor=actor, handout_id=handout_id, at=at, lock=True)
    if handout.state not in {HandoutState.GATHERING, HandoutState.REVIEW, HandoutState.PACKING}:
        return
    if handout.job_id:
        progress.ask_to_stop(job_id=handout.job_id)
    _end(handout, HandoutState.STOPPED, at=at)
    _write_down(actor, whom, handout, at=at, act="STOP")


@transaction.atomic
def fetch(*, actor: Actor, handout_id: int, at: datetime) -> bytes:
    """Return the file to hand over, and write down that it was fetched. Raises NotNow."""
    handout, whom = queries.get_handout(actor=actor, handout_id=handout_id, at=at, lock=True)
    _require_state(handout, HandoutState.READY)
    if handout.citizen_id is not None:
        reading.note_all(collecting.own_ids(handout.citizen_id))
    if handout.fetched_at is None:
        Handout.objects.filter(pk=handout.pk).update(fetched_at=at)
    _write_down(actor, whom, handout, at=at, act="FETCH", sha256=handout.sha256)
    return bytes(handout.file.content)


@transaction.atomic
def delete_file(*, actor: Actor, handout_id: int, at: datetime) -> None:
    """Delete the file; the trace of it stays. Raises NotNow."""
    handout, whom = queries.get_handout(actor=actor, handout_id=handout_id, at=at, lock=True)
    _require_state(handout, HandoutState.READY)
    _end(handout, HandoutState.DELETED, at=at)
    _write_down(actor, whom, handout, at=at, act="DELETE")


def _end(handout: Handout, state: HandoutState, *, at: datetime) -> None:
    HandoutFile.objects.filter(handout=handout).delete()
    Handout.objects.filter(pk=handout.pk).update(state=state, deleted_at=at)


def _require_state(handout: Handout, state: HandoutState) -> None:
    if handout.state != state:
        raise NotNow(_("Det går ikke nå: %(state)s. Last siden på nytt.") % {"state": handout.get_state_display()})


def _write_down(actor: Actor, whom: About, handout: Handout, *, at: datetime, **change: object) -> None:
    permission: Permission = whom.permission if not whom.is_own else SIGNED_IN
    audit.record(actor, permission, f"handout:{handout.pk}", whom.scope_with_citizen, at=at, change=change)
