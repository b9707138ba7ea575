"""Shipping the models, and deciding which one a unit follows."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import require
from tillit.foundation.organisation.models import Unit
from tillit.foundation.organisation.queries import everywhere as whole_municipality
from tillit.foundation.organisation.queries import get_unit
from tillit.foundation.responsibility import queries
from tillit.foundation.responsibility.actions.principles import ship_principles
from tillit.foundation.responsibility.events import ModelFollowed
from tillit.foundation.responsibility.models import Enactment, ModelRow, ModelVersion, ResponsibilityModel, TeamModel
from tillit.foundation.responsibility.permissions import FOLLOW_MODEL, KEEP_MODELS
from tillit.foundation.responsibility.shipped_models import FIRST_VALID, SHIPPED, ShippedModel
from tillit.kernel import events
from tillit.kernel.errors import ActionRefused


class ModelRefused(ActionRefused):
    """The unit cannot follow that model from that day."""


@transaction.atomic
def ship_models(*, actor: Actor, at: datetime) -> tuple[ModelVersion, ...]:
    """Store the shipped models that are not there; a table that the product has changed becomes a new version.

    Versions that exist are never edited: units follow them. Running it again changes nothing. The principles come
    along where there are none. Returns the newest version of each shipped model, in the order of `SHIPPED`.
    """
    everywhere = whole_municipality()
    require(actor, KEEP_MODELS, everywhere)
    found = []
    for shipped in SHIPPED:
        model, _made = ResponsibilityModel.objects.get_or_create(
            code=shipped.code,
            defaults={
                "name": shipped.name,
                "description": shipped.description,
                "is_shipped": True,
            },
        )
        newest = model.versions.order_by("-number").first()
        if newest is None or not _says_the_same(newest, shipped):
            number = 1 if newest is None else newest.number + 1
            newest = ModelVersion.objects.create(
                model=model,
                number=number,
                valid_from=FIRST_VALID if number == 1 else at.date(),
                note=shipped.source,
            )
            ModelRow.objects.bulk_create(
                ModelRow(
                    version=newest,
                    responsibility=code,
                    holder=holder.value,
                    note=note,
                    weeks=shipped.weeks.get(code),
                )
                for code, holder, note in shipped.rows
            )
            audit.record(
                actor,
                KEEP_MODELS,
                f"model:{model.pk}",
                everywhere,
                at=at,
                change={"code": model.code, "version": number},
            )
        found.append(newest)
    ship_principles(at=at)
    return tuple(found)


def _says_the_same(version: ModelVersion, shipped: ShippedModel) -> bool:
    stored = set(version.rows.values_list("responsibility", "holder", "note", "weeks"))
    return stored == {(code, holder.value, note, shipped.weeks.get(code)) for code, holder, note in shipped.rows}


@transaction.atomic
def follow_model(*, actor: Actor, unit_id: int, version_id: int, valid_from: date, at: datetime) -> TeamModel:
    """Let a unit, and those below it without a choice of their own, follow a version from a day.

    The one followed until then ends that day. A choice for the same day is replaced; one for a day before the last
    change is refused, because cases have been routed by what was in force. Following the same again changes nothing.
    Raises NotFound, NotAllowed, ModelRefused. Publishes ModelFollowed.
    """
    unit = get_unit(actor=actor, unit_id=unit_id, lock=True)
    require(actor, FOLLOW_MODEL, Scope((unit.path,)))
    version = queries.get_version(version_id)
    if version.is_draft:
        raise ModelRefused(_("Et utkast kan ikke følges. Sett det i kraft først."))
    return follow(actor, unit, version, valid_from, at=at)


def follow(
    actor: Actor,
    unit: Unit,
    version: ModelVersion,
    valid_from: date,
    *,
    at: datetime,
    enactment: Enactment | None = None,
) -> TeamModel:
    """Let the unit follow the version from the day: for actions that have locked it and checked the permission.

    Raises ModelRefused. Records and publishes.
    """
    current = TeamModel.objects.filter(unit=unit).order_by("-valid_from", "-pk").first()
    if current is not None and current.valid_to is None and current.version_id == version.pk:
        return current
    if current is not None and valid_from < current.valid_from:
        raise ModelRefused(_("Teamet byttet modell etter den dagen. Velg en senere dag."))
    if current is not None and current.valid_from == valid_from:
        current.version = version
        current.valid_to = None
        current.enactment = enactment
        current.save(update_fields=["version", "valid_to", "enactment"])
        followed = current
    else:
        if current is not None and (current.valid_to is None or current.valid_to > valid_from):
            current.valid_to = valid_from
            current.save(update_fields=["valid_to"])
        followed = TeamModel.objects.create(unit=unit, version=version, valid_from=valid_from, enactment=enactment)
    audit.record(
        actor,
        FOLLOW_MODEL,
        f"unit:{unit.pk}",
        Scope((unit.path,)),
        at=at,
        change={"model": version.model.code, "version": version.number, "from": valid_from.isoformat()},
    )
    events.publish(ModelFollowed(unit.pk, version.pk, valid_from, at))
    return followed
