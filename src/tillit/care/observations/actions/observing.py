"""Say what one saw or measured. A quick check opens a watch, or goes on with the one that is open."""

from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.citizens.models import Citizen
from tillit.care.citizens.queries import briefs, get_citizen, scope_of
from tillit.care.journal.actions import sign
from tillit.care.journal.models import EntryKind
from tillit.care.observations.events import WatchOpened
from tillit.care.observations.models import About, Observation, ObservationKind, Watch
from tillit.care.observations.permissions import OBSERVE
from tillit.care.observations.queries import placed_now
from tillit.care.observations.rules.news2 import Measured, is_for, score
from tillit.care.observations.rules.reaction import due, reaction
from tillit.care.visits.queries import get_visit
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import require
from tillit.kernel import events, oslo
from tillit.kernel.errors import ActionRefused, NotFound

#: Outside these it is a slip of the keys: (least, most).
BOUNDS: dict[str, tuple[int, int]] = {
    "respiration": (1, 80),
    "saturation": (40, 100),
    "systolic": (40, 300),
    "pulse": (20, 250),
    "temperature": (25, 44),
    "weight": (20, 350),
}
#: So long after one may still write down what one measured.
LATEST = timedelta(days=2)


class NothingSeen(ActionRefused):
    """Nothing was measured, and nothing said."""


class NotMeasurable(ActionRefused):
    """A value nobody has, or a time that has not been."""


@transaction.atomic
def check(
    *,
    actor: Actor,
    citizen_id: int,
    measured: Measured,
    words: str,
    seen_at: datetime,
    press_key: str,
    at: datetime,
    visit_id: int | None = None,
) -> Observation:
    """Write a quick check down, signed by the press, and place what it asks for.

    measured: what was measured, None where it was not; its scale is looked up here, never taken from the caller.
    Somebody younger than the scale is for gets no sum: a nurse looks at her. An open watch goes on with the new
    level and deadlines, unless she has been measured since: the newest measurement counts, and one that was said
    without coverage may come after it. Else one is opened. press_key: the same key again returns the first one.
    Raises NotFound, NotAllowed, NothingSeen, NotMeasurable. Publishes WatchOpened.
    """
    citizen, scope = _reached(actor, citizen_id, at)
    if press_key and (known := citizen.observations.filter(press_key=press_key).first()):
        return known
    if measured.is_empty and not words.strip():
        raise NothingSeen(_("Mål noe, eller skriv hva som ikke er som vanlig."))
    _refuse(measured, seen_at, at)
    _check_visit(actor, citizen, visit_id, at)
    scale = _scale_of(citizen)
    measured = Measured(
        measured.respiration, measured.saturation, measured.oxygen, measured.systolic, measured.pulse,
        measured.consciousness, measured.temperature, scale,
    )  # fmt: skip
    brief = briefs([citizen.pk], on=oslo.day_of(at), at=at)[citizen.pk]
    counted = score(measured) if is_for(brief.age) else None
    level = counted.level.value if counted else "INCOMPLETE"
    asked = reaction(level, consciousness=measured.consciousness)
    until, placed = due(asked, seen_at=seen_at), placed_now(asked.act, brief, at=at)
    watch = citizen.watches.filter(closed_at__isnull=True).order_by("-opened_at", "-pk").first()
    is_new = watch is None
    if watch is None:
        watch = Watch(citizen=citizen, opened_at=seen_at)
    if is_new or not _measured_since(watch, seen_at):
        watch.level, watch.owner_id, watch.why = level, placed.employee_id, placed.why.value
        watch.set_deadlines(until.act_by, until.check_by)
        watch.save()
    found = Observation.objects.create(
        citizen=citizen,
        visit_id=visit_id,
        watch=watch,
        kind=ObservationKind.CHECK,
        seen_at=seen_at,
        respiration=measured.respiration,
        saturation=measured.saturation,
        oxygen=measured.oxygen,
        systolic=measured.systolic,
        pulse=measured.pulse,
        consciousness=measured.consciousness,
        temperature=measured.temperature,
        scale=scale,
        total=counted.total if counted and counted.points else None,
        level=level,
        words=words.strip(),
        told_by_id=actor.employee_id,
        told_at=at,
        press_key=press_key,
    )
    _sign(actor, found, scope, at)
    audit.record(
        actor, OBSERVE, str(found), scope, at=at,
        change={"kind": "CHECK", "watch": watch.pk, "level": level, "owner": watch.owner_id},
    )  # fmt: skip
    if is_new:
        events.publish(WatchOpened(watch_id=watch.pk, citizen_id=citizen.pk, at=at))
    return found


@transaction.atomic
def observe(
    *,
    actor: Actor,
    citizen_id: int,
    weight: Decimal | None,
    about: str,
    words: str,
    seen_at: datetime,
    press_key: str,
    at: datetime,
    visit_id: int | None = None,
) -> Observation:
    """Write down a weight, or something seen in words, signed by the press. It asks nobody for anything.

    Raises NotFound, NotAllowed, NothingSeen, NotMeasurable.
    """
    citizen, scope = _reached(actor, citizen_id, at)
    if press_key and (known := citizen.observations.filter(press_key=press_key).first()):
        return known
    if weight is None and not words.strip():
        raise NothingSeen(_("Skriv vekta, eller hva du så."))
    if about and about not in About.values:
        raise NothingSeen(_("Velg hva det gjelder."))
    if weight is not None and not BOUNDS["weight"][0] <= weight <= BOUNDS["weight"][1]:
        raise NotMeasurable(_("Se over vekta. Den skal være i kilo."))
    _refuse(Measured(), seen_at, at)
    _check_visit(actor, citizen, visit_id, at)
    found = Observation.objects.create(
        citizen=citizen,
        visit_id=visit_id,
        kind=ObservationKind.WORDS if weight is None else ObservationKind.WEIGHT,
        seen_at=seen_at,
        weight=weight,
        about=about if words.strip() else "",
        words=words.strip(),
        told_by_id=actor.employee_id,
        told_at=at,
        press_key=press_key,
    )
    _sign(actor, found, scope, at)
    audit.record(actor, OBSERVE, str(found), scope, at=at, change={"kind": found.kind})
    return found


def _reached(actor: Actor, citizen_id: int, at: datetime) -> tuple[Citizen, Scope]:
    citizen = get_citizen(actor=actor, citizen_id=citizen_id, at=at, lock=True)
    scope = scope_of(citizen.pk, on=oslo.day_of(at))
    require(actor, OBSERVE, scope)
    return citizen, scope


def _measured_since(watch: Watch, seen_at: datetime) -> bool:
    return Observation.objects.filter(watch=watch, kind=ObservationKind.CHECK, seen_at__gt=seen_at).exists()


def _scale_of(citizen: Citizen) -> int:
    newest = citizen.usual.filter(scale__gt=0).order_by("-set_at", "-pk").values_list("scale", flat=True).first()
    return newest or 1


def _refuse(measured: Measured, seen_at: datetime, at: datetime) -> None:
    if not at - LATEST <= seen_at <= at:
        raise NotMeasurable(_("Velg et tidspunkt i dag eller i går, som har vært."))
    for name in ("respiration", "saturation", "systolic", "pulse", "temperature"):
        value, (least, most) = getattr(measured, name), BOUNDS[name]
        if value is not None and not least <= value <= most:
            raise NotMeasurable(_("Se over tallene. Ett av dem kan ikke stemme."))


def _check_visit(actor: Actor, citizen: Citizen, visit_id: int | None, at: datetime) -> None:
    if visit_id is not None and get_visit(actor=actor, visit_id=visit_id, at=at).citizen_id != citizen.pk:
        raise NotFound(_("Fant ikke besøket."))


def _sign(actor: Actor, found: Observation, scope: Scope, at: datetime) -> None:
    sign(
        actor=actor, kind=EntryKind.OBSERVED, row_id=found.pk, citizen_id=found.citizen_id, scope=scope,
        happened_at=found.seen_at, at=at,
    )  # fmt: skip
