"""Putting a version into force for teams from a day, and regretting it before the day comes (R04, R57)."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import require
from tillit.foundation.organisation.models import Unit
from tillit.foundation.organisation.queries import get_unit
from tillit.foundation.responsibility import queries
from tillit.foundation.responsibility.actions.models_in_use import ModelRefused, follow
from tillit.foundation.responsibility.events import EnactmentTakenBack, ModelEnacted, ModelFollowed
from tillit.foundation.responsibility.models import Enactment, EnactmentStance, Stance, TeamModel
from tillit.foundation.responsibility.permissions import FOLLOW_MODEL
from tillit.kernel import events, oslo
from tillit.kernel.errors import ChangedMeanwhile


class EnactmentRefused(ModelRefused):
    """It cannot be put into force like this. `field` is the form field concerned."""

    def __init__(self, text: str, *, field: str = "") -> None:
        super().__init__(text)
        self.field = field


@transaction.atomic
def put_into_force(
    *,
    actor: Actor,
    version_id: int,
    unit_ids: Collection[int],
    valid_from: date,
    serves: Collection[int],
    strains: Collection[int],
    words: str,
    edition: int,
    at: datetime,
) -> Enactment:
    """Let teams follow a version from a day, today or later, and keep what was said of it. Settles a draft.

    serves, strains: principle ids of the principles now in force; at least one of them, or words, is asked for.
    edition: of the version, as the actor saw it in the preview. Teams that follow it already are left alone.
    Raises NotFound, NotAllowed, EnactmentRefused, ChangedMeanwhile. Publishes ModelFollowed for each, ModelEnacted.
    """
    version = queries.get_version(version_id, lock=True)
    units = [get_unit(actor=actor, unit_id=unit_id, lock=True) for unit_id in sorted(set(unit_ids))]
    for unit in units:
        require(actor, FOLLOW_MODEL, Scope((unit.path,)))
    if not units:
        raise EnactmentRefused(_("Velg minst ett team."), field="team")
    if valid_from < oslo.day_of(at):
        raise EnactmentRefused(
            _("Velg i dag eller en senere dag. Det som har vært, er fordelt alt."), field="valid_from"
        )
    if version.edition != edition:
        raise ChangedMeanwhile(
            _("Noen endret utkastet mens du så på det. Se over på nytt."), seen=edition, now=version.edition
        )
    stances = _stances(serves, strains, words)
    new = _those_who_change(units, version.pk)
    if not new:
        raise EnactmentRefused(_("Teamet følger denne versjonen fra før. Velg et annet team."), field="team")
    if version.is_draft:
        version.is_draft = False
        version.valid_from = valid_from
        version.save(update_fields=["is_draft", "valid_from"])
    enactment = Enactment.objects.create(
        version=version, valid_from=valid_from, words=words.strip(), by_id=actor.employee_id, at=at
    )
    enactment.units.set(new)
    EnactmentStance.objects.bulk_create(
        EnactmentStance(enactment=enactment, principle_id=principle, stance=stance)
        for principle, stance in stances.items()
    )
    for unit in new:
        follow(actor, unit, version, valid_from, at=at, enactment=enactment)
    audit.record(
        actor,
        FOLLOW_MODEL,
        f"enactment:{enactment.pk}",
        Scope(tuple(unit.path for unit in new)),
        at=at,
        change={
            "version": version.pk,
            "from": valid_from.isoformat(),
            "units": [unit.pk for unit in new],
            "serves": sorted(serves),
            "strains": sorted(strains),
        },
    )
    unit_ids = tuple(unit.pk for unit in new)
    events.publish(ModelEnacted(enactment.pk, version.pk, unit_ids, valid_from, at))
    return enactment


@transaction.atomic
def take_back_enactment(*, actor: Actor, enactment_id: int, at: datetime) -> Enactment:
    """Let the teams go on as before: until the day comes. On the day itself, something has been routed by it.

    Taking back twice changes nothing. Raises NotFound, NotAllowed, EnactmentRefused. Publishes ModelFollowed for each
    that follows what it did before, and EnactmentTakenBack.
    """
    enactment = queries.get_enactment(enactment_id, lock=True)
    units = list(enactment.units.order_by("pk").select_for_update())
    for unit in units:
        get_unit(actor=actor, unit_id=unit.pk)
        require(actor, FOLLOW_MODEL, Scope((unit.path,)))
    if enactment.taken_back_at is not None:
        return enactment
    if enactment.valid_from <= oslo.day_of(at):
        raise EnactmentRefused(_("Modellen er i kraft alt. Sett en annen i kraft fra en senere dag."))
    for unit in units:
        _go_on_as_before(unit, enactment, at=at)
    enactment.taken_back_at = at
    enactment.save(update_fields=["taken_back_at"])
    audit.record(
        actor,
        FOLLOW_MODEL,
        f"enactment:{enactment.pk}",
        Scope(tuple(unit.path for unit in units)),
        at=at,
        change={"taken_back": True, "units": [unit.pk for unit in units]},
    )
    events.publish(EnactmentTakenBack(enactment.pk, tuple(unit.pk for unit in units), at))
    return enactment


def _stances(serves: Collection[int], strains: Collection[int], words: str) -> dict[int, str]:
    now = queries.principles_now()
    known = {line.principle_id for line in now.entries} if now else set()
    if not set(serves) | set(strains) <= known:
        raise ChangedMeanwhile(_("Prinsippene er endret mens du så på dem. Se over på nytt."), seen=0, now=0)
    if set(serves) & set(strains):
        raise EnactmentRefused(_("Velg om prinsippet støttes eller utfordres, ikke begge deler."), field="principles")
    if known and not serves and not strains and not words.strip():
        raise EnactmentRefused(
            _("Velg minst ett prinsipp byttet støtter eller utfordrer, eller skriv hvorfor ingen av dem gjelder."),
            field="principles",
        )
    return dict.fromkeys(serves, Stance.SERVES.value) | dict.fromkeys(strains, Stance.STRAINS.value)


def _those_who_change(units: Collection[Unit], version_id: int) -> list[Unit]:
    """Those whose last choice is another one."""
    rows = TeamModel.objects.filter(unit__in=units, valid_to__isnull=True)
    last = dict(rows.values_list("unit_id", "version_id"))
    return [unit for unit in units if last.get(unit.pk) != version_id]


def _go_on_as_before(unit: Unit, enactment: Enactment, *, at: datetime) -> None:
    following = TeamModel.objects.filter(unit=unit, enactment=enactment).first()
    if following is None:  # replaced by another choice for the same day
        return
    if TeamModel.objects.filter(unit=unit, valid_from__gt=following.valid_from).exists():
        raise EnactmentRefused(
            _("%(unit)s har fått en modell etter denne. Ta tilbake den først.") % {"unit": unit.name}
        )
    following.delete()
    before = TeamModel.objects.filter(unit=unit, valid_to=enactment.valid_from).order_by("-valid_from").first()
    if before is not None:
        before.valid_to = None
        before.save(update_fields=["valid_to"])
        events.publish(ModelFollowed(unit.pk, before.version_id, enactment.valid_from, at))
