"""Drafts and variants: their rows, what was changed by whom, who follows them, how they came into force."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import holds
from tillit.foundation.organisation.models import Unit, UnitKind
from tillit.foundation.organisation.queries import TEAM_KINDS, everywhere, in_force, within_reach
from tillit.foundation.responsibility.models import (
    Enactment,
    ModelRow,
    ModelVersion,
    RowChange,
    Stance,
    TeamModel,
)
from tillit.foundation.responsibility.permissions import FOLLOW_MODEL, MAKE_VARIANTS
from tillit.foundation.responsibility.rules.tables import Cell
from tillit.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class RowLine:
    """One row of a version, as it is edited."""

    code: str
    cell: Cell
    edition: int


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change of a cell in a draft."""

    change_id: int
    code: str
    was: Cell
    now: Cell
    by_id: int | None
    by_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FollowingLine:
    """A unit that follows a version, or is going to. Half-open days."""

    unit_id: int
    unit_name: str
    version_id: int
    model_name: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class StanceLine:
    """A principle with what the change does to it."""

    rank: int
    title: str
    stance: str


@dataclass(frozen=True, slots=True)
class EnactmentLine:
    """A version put into force: for whom, from when, by whom, and what was said of it."""

    enactment_id: int
    version_id: int
    model_name: str
    number: int
    valid_from: date
    unit_names: tuple[str, ...]
    unit_ids: tuple[int, ...]
    words: str
    by_name: str
    at: datetime
    taken_back_at: datetime | None
    stances: tuple[StanceLine, ...] = field(metadata={"help": "By rank of the principle"})

    def said(self, stance: str) -> tuple[StanceLine, ...]:
        """The principles with that stance."""
        return tuple(line for line in self.stances if line.stance == stance)


def rows_of(version_id: int) -> dict[str, RowLine]:
    """Return responsibility code → row, in one query."""
    rows = ModelRow.objects.filter(version_id=version_id)
    return {
        code: RowLine(code, Cell(holder, note, weeks), edition)
        for code, holder, note, weeks, edition in rows.values_list(
            "responsibility", "holder", "note", "weeks", "edition"
        )
    }


def makers_of(version_ids: Iterable[int]) -> dict[int, tuple[str, datetime | None]]:
    """Return version id → who made it, and when; nobody and None for those that came with the product. One query."""
    rows = ModelVersion.objects.filter(pk__in=list(version_ids)).select_related("made_by")
    return {row.pk: (row.made_by.name if row.made_by else "", row.made_at) for row in rows}


def changes_of(version_id: int) -> list[ChangeLine]:
    """Return what was changed in a version, the newest first. One query."""
    rows = RowChange.objects.filter(row__version_id=version_id).select_related("row", "by").order_by("-pk")
    return [
        ChangeLine(
            change_id=row.pk,
            code=row.row.responsibility,
            was=Cell(row.was_holder, row.was_note, row.was_weeks),
            now=Cell(row.holder, row.note, row.weeks),
            by_id=row.by_id,
            by_name=row.by.name if row.by else "",
            at=row.at,
        )
        for row in rows
    ]


def followings(
    *, version_ids: Iterable[int] | None = None, unit_ids: Iterable[int] | None = None, not_over_on: date | None = None
) -> list[FollowingLine]:
    """Return who has followed what, follows it or is going to, by day and name. One query.

    not_over_on: leave out what had ended by that day.
    """
    rows = TeamModel.objects.select_related("unit", "version__model").order_by("valid_from", "unit__name", "pk")
    if version_ids is not None:
        rows = rows.filter(version_id__in=list(version_ids))
    if unit_ids is not None:
        rows = rows.filter(unit_id__in=list(unit_ids))
    if not_over_on is not None:
        rows = rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=not_over_on))
    return [
        FollowingLine(row.unit_id, row.unit.name, row.version_id, row.version.model.name, row.valid_from, row.valid_to)
        for row in rows
    ]


def enactments(*, version_ids: Iterable[int] | None = None, unit_id: int | None = None) -> list[EnactmentLine]:
    """Return how versions came into force, the newest first. Three queries."""
    rows = Enactment.objects.select_related("version__model", "by").order_by("-at", "-pk")
    if version_ids is not None:
        rows = rows.filter(version_id__in=list(version_ids))
    if unit_id is not None:
        rows = rows.filter(units=unit_id)
    return [_enacted(row) for row in rows.prefetch_related("units", "stances__principle")]


def get_enactment(enactment_id: int, *, lock: bool = False) -> Enactment:
    """Return an enactment. Raises NotFound. How models came into force is no secret."""
    rows = Enactment.objects.select_related("version__model", "by")
    if lock:
        rows = rows.select_for_update(of=("self",))
    found = rows.filter(pk=enactment_id).first()
    if found is None:
        raise NotFound(_("Fant ikke iverksettingen."))
    return found


def draft_of(model_id: int) -> ModelVersion | None:
    """Return the model's draft, or None."""
    return ModelVersion.objects.filter(model_id=model_id, is_draft=True).select_related("model").first()


def may_adjust(actor: Actor, version: ModelVersion) -> bool:
    """Whether she may change the model's draft: she reaches the unit whose variant it is. Shipped ones: nobody."""
    if version.model.is_shipped:
        return False
    owner = version.model.owner
    if owner is None:
        return holds(actor, MAKE_VARIANTS, everywhere())
    return any(grant.role in MAKE_VARIANTS.roles and grant.reaches(owner.path) for grant in actor.grants)


def owners_for(actor: Actor, *, on: date) -> list[Unit]:
    """Return the units she may make a variant for, the widest first: municipality, districts."""
    kinds = (UnitKind.MUNICIPALITY, UnitKind.DISTRICT)
    reached = within_reach(actor).filter(in_force(on), kind__in=kinds).order_by("path")
    return [
        unit
        for unit in reached
        if any(grant.role in MAKE_VARIANTS.roles and grant.reaches(unit.path) for grant in actor.grants)
    ]


def teams_to_decide(actor: Actor, *, on: date) -> list[Unit]:
    """Return the teams whose model she decides, by name."""
    paths = actor.paths_for(FOLLOW_MODEL.roles)
    if not paths:
        return []
    below = Q(pk__in=Unit.objects.filter(_at_paths(paths)).values("pk"))
    return list(Unit.objects.filter(below, in_force(on), kind__in=TEAM_KINDS).order_by("name", "pk"))


def _at_paths(paths: Iterable[str]) -> Q:
    found = Q(pk__in=())
    for path in paths:
        found |= Q(path__startswith=path)
    return found


def _enacted(row: Enactment) -> EnactmentLine:
    units = sorted(row.units.all(), key=lambda unit: unit.name)
    return EnactmentLine(
        enactment_id=row.pk,
        version_id=row.version_id,
        model_name=row.version.model.name,
        number=row.version.number,
        valid_from=row.valid_from,
        unit_names=tuple(unit.name for unit in units),
        unit_ids=tuple(unit.pk for unit in units),
        words=row.words,
        by_name=row.by.name if row.by else "",
        at=row.at,
        taken_back_at=row.taken_back_at,
        stances=tuple(
            sorted(
                (
                    StanceLine(one.principle.rank, one.principle.title, Stance(one.stance).value)
                    for one in row.stances.all()
                ),
                key=lambda line: line.rank,
            )
        ),
    )
