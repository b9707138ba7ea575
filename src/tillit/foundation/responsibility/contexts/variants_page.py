"""An original beside the variants that have been made of it, in one table (R04)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.foundation.access.actor import Actor
from tillit.foundation.organisation.queries import TEAM_KINDS, all_units
from tillit.foundation.responsibility import queries
from tillit.foundation.responsibility.catalogue import BY_CODE, GROUP_NAMES, Group
from tillit.foundation.responsibility.contexts.models_page import VersionOption, holder_part, label_of
from tillit.foundation.responsibility.queries import FollowedModel, ModelChoice
from tillit.foundation.responsibility.rules.tables import Beside, beside
from tillit.ui.parts import Crumb, Crumbs, Holder, ToggleGroup, ToggleLink


@dataclass(frozen=True, slots=True)
class VariantColumn:
    """One variant over its column."""

    label: str
    href: str
    note: str = field(metadata={"help": "Which teams follow it, or that it is a draft"})


@dataclass(frozen=True, slots=True)
class VariantCell:
    """One variant's holder of one task."""

    label: str
    holder: Holder
    differs: bool


@dataclass(frozen=True, slots=True)
class VariantRow:
    """One task in the original and in every variant."""

    row_id: str
    task: str
    original: Holder
    cells: tuple[VariantCell, ...]
    differs: bool


@dataclass(frozen=True, slots=True)
class VariantGroup:
    """Tasks under one heading."""

    title: str
    rows: tuple[VariantRow, ...]


@dataclass(frozen=True, slots=True)
class VariantsPage:
    """responsibility/variants.html: the original and its variants."""

    title: str
    lead: str
    crumbs: Crumbs
    originals: tuple[VersionOption, ...]
    original: VariantColumn | None
    columns: tuple[VariantColumn, ...]
    groups: tuple[VariantGroup, ...]
    width: int = field(metadata={"help": "Columns of the table, for headings across it"})
    toggle: ToggleGroup | None
    only_different: bool
    copy_href: str


def variants_page(*, actor: Actor, original_id: int | None, only_different: bool, on: date) -> VariantsPage:
    """Return the page; without a choice, the original with the most variants. Constant number of queries."""
    versions = queries.list_versions()
    units = [unit for unit in all_units(actor=actor, on=on) if unit.kind in TEAM_KINDS]
    names = {unit.pk: unit.name for unit in units}
    followed = list(queries.followed_models(on=on, units=units).values())
    crumbs = Crumbs(
        (
            Crumb(_("Organisasjon"), reverse("organisation:index")),
            Crumb(_("Modeller"), reverse("responsibility:models")),
            Crumb(_("Originalen og variantene")),
        )
    )
    originals = [one for one in versions if one.is_newest and one.is_shipped]
    if not originals:
        return VariantsPage(_("Originalen og variantene"), "", crumbs, (), None, (), (), 2, None, only_different, "")
    by_model = {one.version_id: one.model_id for one in versions}
    children = {
        one.model_id: [
            other for other in versions if other.original_id and by_model.get(other.original_id) == one.model_id
        ]
        for one in originals
    }
    most = max(originals, key=lambda one: len({other.model_id for other in children[one.model_id]}))
    chosen = next((one for one in originals if one.version_id == original_id), most)
    shown = _shown(children[chosen.model_id], followed)
    tables = queries.table_of({chosen.version_id, *(one.version_id for one in shown)})
    rows = beside(tables[chosen.version_id], [tables[one.version_id] for one in shown])
    count = sum(row.differs for row in rows)
    address = f"{reverse('responsibility:variants')}?original={chosen.version_id}"
    return VariantsPage(
        title=_("%(original)s og variantene av den") % {"original": chosen.name},
        lead=_lead(len(shown), count, len(rows)),
        crumbs=crumbs,
        originals=tuple(
            VersionOption(str(one.version_id), one.name, one.version_id == chosen.version_id) for one in originals
        ),
        original=_column(chosen, followed, names),
        columns=tuple(_column(one, followed, names) for one in shown),
        groups=tuple(
            VariantGroup(
                str(GROUP_NAMES[group]),
                tuple(_row(row, shown) for row in rows if row.group is group and (row.differs or not only_different)),
            )
            for group in Group
            if any(row.group is group and (row.differs or not only_different) for row in rows)
        )
        if shown
        else (),
        width=len(shown) + 2,
        toggle=ToggleGroup(
            _("Vis"),
            (
                ToggleLink(
                    ngettext("Bare den ulike", "Bare de %(count)s ulike", count) % {"count": count},
                    address,
                    current=only_different,
                ),
                ToggleLink(
                    _("Alle %(count)s") % {"count": len(rows)}, f"{address}&vis=alle", current=not only_different
                ),
            ),
        )
        if shown
        else None,
        only_different=only_different,
        copy_href=reverse("responsibility:copy-model", args=[chosen.version_id]),
    )


def _shown(family: Sequence[ModelChoice], followed: Sequence[FollowedModel]) -> list[ModelChoice]:
    """Of each variant: every version somebody follows, or the newest, or the draft."""
    used = {model.version_id for model in followed}
    found: list[ModelChoice] = []
    for model_id in dict.fromkeys(one.model_id for one in family):
        mine = [one for one in family if one.model_id == model_id]
        in_use = [one for one in mine if one.version_id in used]
        newest = [one for one in mine if one.is_newest] or mine[:1]
        found += in_use or newest
    return found


def _column(choice: ModelChoice, followed: Sequence[FollowedModel], names: dict[int, str]) -> VariantColumn:
    teams = sorted(names[model.unit_id] for model in followed if model.version_id == choice.version_id)
    if choice.is_draft:
        note = _("Utkast")
    elif teams:
        note = ", ".join(teams)
    else:
        note = _("Ingen team følger den nå")
    return VariantColumn(label_of(choice), reverse("responsibility:model", args=[choice.version_id]), note)


def _row(row: Beside, shown: Sequence[ModelChoice]) -> VariantRow:
    return VariantRow(
        f"rad-{row.code.lower()}",
        str(BY_CODE[row.code].text),
        holder_part(row.original),
        tuple(
            VariantCell(label_of(choice), holder_part(cell), cell.holder != row.original.holder)
            for choice, cell in zip(shown, row.cells, strict=True)
        ),
        row.differs,
    )


def _lead(variants: int, count: int, every: int) -> str:
    if not variants:
        return _("Ingen har laget en variant av den ennå.")
    if not count:
        return _("Variantene er like originalen: alle oppgavene ligger hos de samme.")
    return _("%(different)s av %(all)s oppgaver ligger annerledes i minst én variant.") % {
        "different": count,
        "all": every,
    }
