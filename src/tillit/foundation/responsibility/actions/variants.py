"""The municipality's own models: copied, adjusted cell by cell, undone, discarded (R04)."""

import re
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.clashing import refuse_if_changed
from tillit.foundation.access.permissions import require
from tillit.foundation.organisation.queries import everywhere, get_unit, scope_of
from tillit.foundation.responsibility import queries
from tillit.foundation.responsibility.catalogue import BY_CODE
from tillit.foundation.responsibility.models import (
    HolderKind,
    ModelRow,
    ModelVersion,
    ResponsibilityModel,
    RowChange,
)
from tillit.foundation.responsibility.permissions import MAKE_VARIANTS
from tillit.foundation.responsibility.rules.tables import Cell, whole
from tillit.kernel import oslo
from tillit.kernel.editions import edition_of
from tillit.kernel.errors import ActionRefused, ChangedMeanwhile, NotFound

#: Two years: longer is no deadline.
MOST_WEEKS = 104


class VariantRefused(ActionRefused):
    """The variant cannot be made or changed like this. `field` is the form field concerned."""

    def __init__(self, text: str, *, field: str = "") -> None:
        super().__init__(text)
        self.field = field


class NotADraft(VariantRefused):
    """Somebody tried to change a version that is settled."""


@transaction.atomic
def copy_model(
    *, actor: Actor, version_id: int, owner_id: int, name: str, description: str, at: datetime
) -> ModelVersion:
    """Make the municipality's own variant of a version, as a draft with the same table.

    owner_id: the unit whose variant it is: the municipality or a district. Raises NotFound, NotAllowed,
    VariantRefused.
    """
    owner = get_unit(actor=actor, unit_id=owner_id)
    scope = scope_of(owner)
    require(actor, MAKE_VARIANTS, scope)
    source = queries.get_version(version_id)
    name, description = _words(name, description)
    if ResponsibilityModel.objects.filter(name__iexact=name).exists():
        raise VariantRefused(_("En modell heter det fra før. Velg et annet navn."), field="name")
    model = ResponsibilityModel.objects.create(
        code=_code(name), name=name, description=description, original=source, owner=owner
    )
    draft = _draft(model, source, number=1, actor=actor, at=at)
    audit.record(
        actor, MAKE_VARIANTS, f"model:{model.pk}", scope, at=at, change={"copied": source.pk, "version": draft.pk}
    )
    return draft


@transaction.atomic
def adjust_model(*, actor: Actor, version_id: int, at: datetime) -> ModelVersion:
    """Return the draft that adjusts a settled version of one's own model; a new one when there is none.

    The version in use stays as it is. Raises NotFound, NotAllowed, VariantRefused for a shipped model.
    """
    version = queries.get_version(version_id, lock=True)
    scope = _scope(version)
    require(actor, MAKE_VARIANTS, scope)
    if version.model.is_shipped:
        raise VariantRefused(_("Modeller som følger med, endres ikke. Lag en egen variant."))
    found = queries.draft_of(version.model_id)
    if found is not None:
        return found
    newest = version.model.versions.order_by("-number").first() or version
    draft = _draft(version.model, version, number=newest.number + 1, actor=actor, at=at)
    audit.record(
        actor,
        MAKE_VARIANTS,
        f"model:{version.model_id}",
        scope,
        at=at,
        change={"adjusts": version.pk, "version": draft.pk},
    )
    return draft


@transaction.atomic
def change_cell(
    *, actor: Actor, version_id: int, code: str, cell: Cell, edition: int, at: datetime
) -> RowChange | None:
    """Change who holds one responsibility in a draft, and on which terms. Saved at once; `undo_cell` is the way back.

    edition: the row's, as the actor saw it: two who change the same cell are told, two who change different ones are
    not in each other's way. Returns None when nothing is different. Raises NotFound, NotAllowed, NotADraft,
    VariantRefused, ChangedMeanwhile.
    """
    version = _draft_to_change(actor, version_id)
    if code not in BY_CODE:
        raise NotFound(_("Fant ikke oppgaven."))
    note = " ".join(cell.note.split())
    cell = Cell(cell.holder, note, cell.weeks)
    if cell.holder not in HolderKind.values:
        raise VariantRefused(_("Velg hvem som har oppgaven."), field="holder")
    if len(note) > 200:
        raise VariantRefused(_("Vilkårene er for lange. Skriv høyst 200 tegn."), field="note")
    if cell.weeks is not None and not 1 <= cell.weeks <= MOST_WEEKS:
        raise VariantRefused(
            _("Skriv et antall uker fra 1 til %(most)s, eller ingenting.") % {"most": MOST_WEEKS}, field="weeks"
        )
    row = ModelRow.objects.select_for_update().get(version=version, responsibility=code)
    if Cell(row.holder, row.note, row.weeks) == cell:
        return None
    if row.edition != edition:
        raise ChangedMeanwhile(
            _("Noen andre endret denne oppgaven mens du hadde siden åpen. Valget ditt er ikke lagret."),
            seen=edition,
            now=row.edition,
        )
    return _change(actor, version, row, cell, at=at)


@transaction.atomic
def undo_cell(*, actor: Actor, change_id: int, at: datetime) -> RowChange:
    """Put a cell back as it was before a change. Undoing is a change like others, and can be undone.

    Raises NotFound, NotAllowed, NotADraft; ChangedMeanwhile when the cell has been changed again since.
    """
    change = RowChange.objects.select_related("row").filter(pk=change_id).first()
    if change is None:
        raise NotFound(_("Fant ikke endringen."))
    version = _draft_to_change(actor, change.row.version_id)
    row = ModelRow.objects.select_for_update().get(pk=change.row_id)
    if row.edition != change.edition:
        raise ChangedMeanwhile(
            _("Oppgaven er endret igjen etterpå, så det er ikke angret."), seen=change.edition, now=row.edition
        )
    return _change(actor, version, row, Cell(change.was_holder, change.was_note, change.was_weeks), at=at)


@transaction.atomic
def name_variant(
    *, actor: Actor, version_id: int, name: str, description: str, at: datetime, edition: int | None = None
) -> ResponsibilityModel:
    """Give one's own model another name or description.

    edition: the one the actor saw. Raises NotFound, NotAllowed, VariantRefused, ChangedMeanwhile.
    """
    version = queries.get_version(version_id, lock=True)
    scope = _scope(version)
    require(actor, MAKE_VARIANTS, scope)
    if version.model.is_shipped:
        raise VariantRefused(_("Modeller som følger med, endres ikke. Lag en egen variant."))
    name, description = _words(name, description)
    model = version.model
    refuse_if_changed(f"model:{model.pk}", seen=edition, now=edition_of(model.name, model.description), at=at)
    if ResponsibilityModel.objects.filter(name__iexact=name).exclude(pk=model.pk).exists():
        raise VariantRefused(_("En modell heter det fra før. Velg et annet navn."), field="name")
    model.name, model.description = name, description
    model.save(update_fields=["name", "description"])
    audit.record(actor, MAKE_VARIANTS, f"model:{model.pk}", scope, at=at, change={"named": True})
    return model


@transaction.atomic
def discard_draft(*, actor: Actor, version_id: int, at: datetime) -> bool:
    """Throw a draft away; its model too when nothing else is left of it. Returns whether the model went.

    Raises NotFound, NotAllowed, NotADraft.
    """
    version = _draft_to_change(actor, version_id)
    model = version.model
    if ResponsibilityModel.objects.filter(original=version).exists():
        raise VariantRefused(_("Noen har laget en variant av utkastet. Forkast den først."))
    scope = _scope(version)
    version.rows.all().delete()
    version.delete()
    alone = not model.versions.exists()
    if alone:
        model.delete()
    audit.record(
        actor, MAKE_VARIANTS, f"model:{model.pk or 0}", scope, at=at, change={"discarded": version_id, "model": alone}
    )
    return alone


def _draft_to_change(actor: Actor, version_id: int) -> ModelVersion:
    version = queries.get_version(version_id, lock=True)
    require(actor, MAKE_VARIANTS, _scope(version))
    if not version.is_draft:
        raise NotADraft(_("Denne versjonen er satt i kraft og endres ikke. Lag et utkast til en ny."))
    return version


def _scope(version: ModelVersion) -> Scope:
    owner = version.model.owner
    return everywhere() if owner is None else scope_of(owner)


def _words(name: str, description: str) -> tuple[str, str]:
    name, description = " ".join(name.split()), " ".join(description.split())
    if not name:
        raise VariantRefused(_("Gi varianten et navn."), field="name")
    if len(name) > 100:
        raise VariantRefused(_("Navnet er for langt. Skriv høyst 100 tegn."), field="name")
    return name, description


def _code(name: str) -> str:
    """A code nobody has: the name in capitals, with a number when it is taken."""
    stem = re.sub(r"[^A-Z0-9ÆØÅ]+", "_", name.upper()).strip("_")[:34] or "VARIANT"
    taken = set(ResponsibilityModel.objects.filter(code__startswith=stem).values_list("code", flat=True))
    number = 1
    while (code := stem if number == 1 else f"{stem}_{number}") in taken:
        number += 1
    return code


def _draft(
    model: ResponsibilityModel, source: ModelVersion, *, number: int, actor: Actor, at: datetime
) -> ModelVersion:
    draft = ModelVersion.objects.create(
        model=model,
        number=number,
        valid_from=oslo.day_of(at),
        is_draft=True,
        made_by_id=actor.employee_id,
        made_at=at,
    )
    table = whole(queries.table_of([source.pk])[source.pk])
    ModelRow.objects.bulk_create(
        ModelRow(version=draft, responsibility=code, holder=cell.holder, note=cell.note, weeks=cell.weeks)
        for code, cell in table.items()
    )
    return draft


def _change(actor: Actor, version: ModelVersion, row: ModelRow, cell: Cell, *, at: datetime) -> RowChange:
    was = Cell(row.holder, row.note, row.weeks)
    row.holder, row.note, row.weeks = cell.holder, cell.note, cell.weeks
    row.edition += 1
    row.save(update_fields=["holder", "note", "weeks", "edition"])
    version.edition += 1
    version.save(update_fields=["edition"])
    change = RowChange.objects.create(
        row=row,
        was_holder=was.holder,
        was_note=was.note,
        was_weeks=was.weeks,
        holder=cell.holder,
        note=cell.note,
        weeks=cell.weeks,
        edition=row.edition,
        by_id=actor.employee_id,
        at=at,
    )
    audit.record(
        actor,
        MAKE_VARIANTS,
        f"modelversion:{version.pk}",
        _scope(version),
        at=at,
        change={
            "row": row.responsibility,
            "was": was.holder,
            "holder": cell.holder,
            "terms": (was.note, was.weeks) != (cell.note, cell.weeks),
        },
    )
    return change
