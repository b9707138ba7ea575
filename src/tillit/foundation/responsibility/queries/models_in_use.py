"""Responsibility models: which there are, what they say, who follows which."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from tillit.foundation.organisation.models import Unit
from tillit.foundation.organisation.queries import in_force
from tillit.foundation.organisation.rules import ids_in
from tillit.foundation.responsibility.models import ModelRow, ModelVersion, TeamModel
from tillit.foundation.responsibility.rules.tables import Cell
from tillit.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """One version of a model, to choose from."""

    version_id: int
    model_id: int
    code: str
    name: str
    description: str
    number: int
    is_newest: bool = field(metadata={"help": "The newest that is settled; a draft is never it"})
    is_shipped: bool
    is_draft: bool
    original_id: int | None = field(metadata={"help": "The version its model was copied from"})
    valid_from: date
    note: str


@dataclass(frozen=True, slots=True)
class FollowedModel:
    """Which version a unit follows, since when, and whether it is its own choice or that of a unit above."""

    unit_id: int
    decided_by_id: int
    version_id: int
    code: str
    name: str
    number: int
    valid_from: date


def list_versions() -> list[ModelChoice]:
    """Return every version of every model: shipped models first in the order they were stored, newest version first."""
    rows = list(ModelVersion.objects.select_related("model").order_by("-model__is_shipped", "model_id", "-number"))
    newest: dict[int, int] = {}
    for row in rows:
        if not row.is_draft:
            newest.setdefault(row.model_id, row.pk)
    return [
        ModelChoice(
            version_id=row.pk,
            model_id=row.model_id,
            code=row.model.code,
            name=row.model.name,
            description=row.model.description,
            number=row.number,
            is_newest=newest.get(row.model_id) == row.pk,
            is_shipped=row.model.is_shipped,
            is_draft=row.is_draft,
            original_id=row.model.original_id,
            valid_from=row.valid_from,
            note=row.note,
        )
        for row in rows
    ]


def get_version(version_id: int, *, lock: bool = False) -> ModelVersion:
    """Return a version. Raises NotFound. Models are no secret.

    lock: hold its row until the transaction ends, for actions.
    """
    versions = ModelVersion.objects.select_related("model")
    if lock:
        versions = versions.select_for_update(of=("self",))
    found = versions.filter(pk=version_id).first()
    if found is None:
        raise NotFound(_("Fant ikke modellen."))
    return found


def table_of(version_ids: Iterable[int]) -> dict[int, dict[str, Cell]]:
    """Return version id → responsibility code → who holds it, in one query."""
    found: dict[int, dict[str, Cell]] = {version: {} for version in version_ids}
    rows = ModelRow.objects.filter(version_id__in=list(found))
    columns = ("version_id", "responsibility", "holder", "note", "weeks")
    for version, code, holder, note, weeks in rows.values_list(*columns):
        found[version][code] = Cell(holder, note, weeks)
    return found


def followed_models(*, on: date, units: Iterable[Unit] | None = None) -> dict[int, FollowedModel]:
    """Return unit id → the model it follows on the day; a unit without its own follows that of the nearest above.

    units: whose answers are wanted; None gives only the units that have made a choice themselves. One query.
    """
    chosen = {
        row.unit_id: row
        for row in TeamModel.objects.filter(in_force(on)).select_related("version__model").order_by("valid_from", "pk")
    }
    if units is None:
        return {unit_id: _followed(unit_id, row) for unit_id, row in chosen.items()}
    found: dict[int, FollowedModel] = {}
    for unit in units:
        nearest = next((chosen[one] for one in reversed(ids_in(unit.path)) if one in chosen), None)
        if nearest is not None:
            found[unit.pk] = _followed(unit.pk, nearest)
    return found


def model_of(*, unit_id: int, on: date) -> FollowedModel | None:
    """Return the model the unit follows on the day, its own or that of the nearest unit above; None when undecided."""
    unit = Unit.objects.filter(pk=unit_id).first()
    return None if unit is None else followed_models(on=on, units=[unit]).get(unit_id)


def _followed(unit_id: int, row: TeamModel) -> FollowedModel:
    return FollowedModel(
        unit_id=unit_id,
        decided_by_id=row.unit_id,
        version_id=row.version_id,
        code=row.version.model.code,
        name=row.version.model.name,
        number=row.version.number,
        valid_from=row.valid_from,
    )
