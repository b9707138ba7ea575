"""Follow what is not as usual until somebody closes it with words."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.citizens.queries import get_citizen, last_scope_of
from tillit.care.journal.actions import sign
from tillit.care.journal.models import EntryKind
from tillit.care.observations.events import WatchClosed
from tillit.care.observations.models import Ending, Observation, ObservationKind, Watch
from tillit.care.observations.permissions import FOLLOW_WATCH, JUDGE_WATCH
from tillit.care.observations.queries import get_watch
from tillit.care.observations.rules.placing import Why
from tillit.care.observations.rules.reaction import may_wait
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import holds, require
from tillit.kernel import events, oslo
from tillit.kernel.errors import ActionRefused

#: Anybody may say that others have taken over; that it is over, a nurse decides.
TAKEN_OVER = frozenset({Ending.DOCTOR.value, Ending.HOSPITAL.value})


class AlreadyClosed(ActionRefused):
    """Somebody has closed it."""


class NurseDecides(ActionRefused):
    """That it is over, a nurse decides."""


@transaction.atomic
def take_watch(*, actor: Actor, watch_id: int, at: datetime) -> Watch:
    """Take it: it is the actor's from now. Deadlines stay. Raises NotFound, NotAllowed, AlreadyClosed."""
    watch, scope = _open(actor, watch_id, at)
    watch.owner_id, watch.why = actor.employee_id, Why.RESPONSIBLE.value
    watch.save(update_fields=["owner", "why"])
    audit.record(actor, FOLLOW_WATCH, str(watch), scope, at=at, change={"owner": actor.employee_id})
    return watch


@transaction.atomic
def decide_watch(*, actor: Actor, watch_id: int, words: str, hours: int, press_key: str, at: datetime) -> Observation:
    """Say what is done meanwhile, and when it is measured again. It is the actor's from then.

    hours: one of `rules.reaction.HOURS`; longer than the scale says only who may judge it. The words are an entry of
    the journal. Raises NotFound, NotAllowed, AlreadyClosed, ActionRefused.
    """
    watch, scope = _open(actor, watch_id, at)
    if press_key and (known := Observation.objects.filter(watch=watch, press_key=press_key).first()):
        return known
    if not words.strip():
        raise ActionRefused(_("Skriv kort hva dere gjør."))
    if not may_wait(hours, watch.level, judges=holds(actor, JUDGE_WATCH, scope)):
        raise ActionRefused(
            _("Så lenge kan det vente bare når en sykepleier har bestemt det. Velg et kortere tidsrom.")
        )
    watch.owner_id, watch.why = actor.employee_id, Why.RESPONSIBLE.value
    watch.set_deadlines(None, at + timedelta(hours=hours))
    watch.save(update_fields=["owner", "why", "act_by", "check_by", "reminded_at", "reminded", "raised_at", "raised"])
    step = Observation.objects.create(
        citizen_id=watch.citizen_id,
        watch=watch,
        kind=ObservationKind.STEP,
        seen_at=at,
        words=words.strip(),
        told_by_id=actor.employee_id,
        told_at=at,
        press_key=press_key,
    )
    sign(
        actor=actor, kind=EntryKind.OBSERVED, row_id=step.pk, citizen_id=watch.citizen_id, scope=scope,
        happened_at=at, at=at,
    )  # fmt: skip
    audit.record(actor, FOLLOW_WATCH, str(watch), scope, at=at, change={"hours": hours, "step": step.pk})
    return step


@transaction.atomic
def close_watch(*, actor: Actor, watch_id: int, ending: str, answer: str, at: datetime) -> Watch:
    """Close it with how it ended, and words. Raises NotFound, NotAllowed, AlreadyClosed, NurseDecides.

    ending: an Ending. Publishes WatchClosed.
    """
    watch, scope = _open(actor, watch_id, at)
    if ending not in Ending.values:
        raise ActionRefused(_("Velg hvordan det gikk."))
    if ending not in TAKEN_OVER and not holds(actor, JUDGE_WATCH, scope):
        raise NurseDecides(_("Det er en sykepleier som avgjør at det er over."))
    if not answer.strip():
        raise ActionRefused(_("Skriv kort hva dere gjorde."))
    watch.ending, watch.answer, watch.closed_at, watch.closed_by_id = ending, answer.strip(), at, actor.employee_id
    watch.act_by = None
    watch.save(update_fields=["ending", "answer", "closed_at", "closed_by", "act_by"])
    sign(
        actor=actor, kind=EntryKind.WATCH_END, row_id=watch.pk, citizen_id=watch.citizen_id, scope=scope,
        happened_at=at, at=at,
    )  # fmt: skip
    audit.record(actor, FOLLOW_WATCH, str(watch), scope, at=at, change={"closed": True, "ending": ending})
    events.publish(WatchClosed(watch_id=watch.pk, citizen_id=watch.citizen_id, ending=ending, at=at))
    return watch


def _open(actor: Actor, watch_id: int, at: datetime) -> tuple[Watch, Scope]:
    found = get_watch(actor=actor, watch_id=watch_id, at=at)
    get_citizen(actor=actor, citizen_id=found.citizen_id, at=at, lock=True)  # as a check does: one order of locks
    watch = get_watch(actor=actor, watch_id=watch_id, at=at, lock=True)
    scope = last_scope_of(watch.citizen_id, on=oslo.day_of(at))
    require(actor, FOLLOW_WATCH, scope)
    if watch.closed_at is not None:
        raise AlreadyClosed(_("En kollega har lukket dette allerede."))
    return watch, scope
