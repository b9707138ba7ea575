"""Typed builders for routing: models as small tables, units with a purpose."""

from collections.abc import Mapping
from datetime import date

from tests import builders
from tests.builders import LONG_AGO
from tillit.foundation.organisation.models import Unit, UnitKind, UnitPurpose
from tillit.foundation.responsibility.models import ModelRow, ModelVersion, ResponsibilityModel, TeamModel


def table(name: str, rows: Mapping[str, tuple[str, str] | str]) -> ModelVersion:
    """Store a model with one version. rows: responsibility → holder, or (holder, note)."""
    model = ResponsibilityModel.objects.create(code=name.upper().replace(" ", "_"), name=name)
    version = ModelVersion.objects.create(model=model, number=1, valid_from=LONG_AGO)
    for code, said in rows.items():
        holder, note = (said, "") if isinstance(said, str) else said
        ModelRow.objects.create(version=version, responsibility=code, holder=holder, note=note)
    return version


def follow(
    unit: Unit, version: ModelVersion, *, valid_from: date = LONG_AGO, valid_to: date | None = None
) -> TeamModel:
    """Let a unit follow a version."""
    return TeamModel.objects.create(unit=unit, version=version, valid_from=valid_from, valid_to=valid_to)


def special(
    name: str, purpose: UnitPurpose, *, parent: Unit, kind: UnitKind = UnitKind.SPECIAL_TEAM, code: str = ""
) -> Unit:
    """Store a unit that is there for something."""
    unit = builders.unit(name, kind, parent=parent, code=code)
    unit.purpose = purpose
    unit.save(update_fields=["purpose"])
    return unit
