"""Who may decide what in one unit, and what the reader herself may decide there."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import holds, holds_anywhere
from tillit.foundation.authority import queries, words
from tillit.foundation.authority.contexts.parts import Cell, lacking
from tillit.foundation.authority.models import ServiceGroup
from tillit.foundation.authority.permissions import KEEP, KEEP_SERVICES
from tillit.foundation.authority.queries import ActingLine, AuthorityLine, Decider, Lack, ServiceStanding
from tillit.foundation.authority.shipped_templates import TEMPLATES
from tillit.foundation.organisation.models import Unit, UnitKind
from tillit.foundation.organisation.queries import TEAM_KINDS, all_units
from tillit.foundation.organisation.rules import ids_in
from tillit.ui.formats import short_date
from tillit.ui.parts import Authority, Column, Crumb, Crumbs, DataTable, ListRow, RowList, TableRow

_KINDS = (*TEAM_KINDS, UnitKind.OFFICE, UnitKind.WORK_GROUP)
_HARMFUL = (Lack.NOT_DELEGATED, Lack.NOBODY_HOLDS_IT)


@dataclass(frozen=True, slots=True)
class UnitOption:
    """A unit in the menu."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class GroupTable:
    """The services of one heading."""

    part_id: str
    title: str
    summary: str = field(metadata={"help": "«3 av 8 kan avgjøres»"})
    table: DataTable


@dataclass(frozen=True, slots=True)
class ActingRow:
    """Somebody who stands in, and the act that ends it."""

    row: ListRow
    end_href: str = field(metadata={"help": "Empty: the reader may not end it"})


@dataclass(frozen=True, slots=True)
class Appoint:
    """A unit where the reader may appoint an acting leader."""

    name: str
    href: str


@dataclass(frozen=True, slots=True)
class WhoPage:
    """authority/who.html: services, who may decide them, limits, documents, and what nobody may decide."""

    title: str
    lead: str
    crumbs: Crumbs
    units: tuple[UnitOption, ...]
    mine: Authority | None = field(metadata={"help": "What the reader may decide here; None without services or units"})
    groups: tuple[GroupTable, ...]
    gaps: str = field(metadata={"help": "«9 tjenester kan ingen avgjøre for Team Solvik.» Empty when there are none"})
    what_to_do: str = field(metadata={"help": "What lacks, and who can mend it"})
    delegations: RowList | None
    acting: tuple[ActingRow, ...]
    templates: RowList | None = field(metadata={"help": "The shipped readings; None for those who may not register"})
    may_keep: bool
    appoint: tuple[Appoint, ...] = field(metadata={"help": "Where the reader may appoint: the unit, its district"})
    may_keep_services: bool
    coming_law: str = field(metadata={"help": "An adopted act without a day, for those who can set it; else empty"})


def who_page(*, actor: Actor, unit_id: int | None, on: date) -> WhoPage:
    """Return the page for one unit on the day: as asked, else the reader's own, else the first. Open to all."""
    everything = all_units(actor=actor, on=on)
    units = [unit for unit in everything if unit.kind in _KINDS]
    units.sort(key=lambda unit: unit.name)
    unit = _chosen(units, unit_id, actor)
    standings = queries.standings(unit, on) if unit is not None else []
    may_keep = holds_anywhere(actor, KEEP)
    gaps = [one for one in standings if one.lack in _HARMFUL]
    keeps_services = holds_anywhere(actor, KEEP_SERVICES)
    return WhoPage(
        title=_("Hvem kan avgjøre hva"),
        lead=_lead(unit, standings, gaps),
        crumbs=Crumbs((Crumb(_("Organisasjon"), reverse("organisation:index")), Crumb(_("Hvem kan avgjøre hva")))),
        units=tuple(UnitOption(str(one.pk), one.name, one == unit) for one in units),
        mine=_mine(actor, unit, standings) if unit is not None and standings else None,
        groups=tuple(_group(group, standings, actor) for group in ServiceGroup if _in(group, standings)),
        gaps=_gaps(unit, gaps),
        what_to_do=_what_to_do(gaps),
        delegations=_delegations(on),
        acting=tuple(_acting(line, actor) for line in queries.acting_leaders(on)),
        templates=_templates() if may_keep and standings else None,
        may_keep=may_keep,
        appoint=_appoint(actor, unit, everything) if unit is not None else (),
        may_keep_services=keeps_services,
        coming_law=_coming_law() if keeps_services and standings else "",
    )


def _chosen(units: Sequence[Unit], unit_id: int | None, actor: Actor) -> Unit | None:
    own = set(ids_in(actor.home_path))
    teams = [unit for unit in units if unit.kind == UnitKind.TEAM]
    return next(
        (unit for unit in units if unit.pk == unit_id),
        next(
            (unit for unit in units if unit.pk in own),
            next((unit for unit in teams if unit.path.startswith(actor.home_path)), units[0] if units else None),
        ),
    )


def _appoint(actor: Actor, unit: Unit, everything: Sequence[Unit]) -> tuple[Appoint, ...]:
    chain = set(ids_in(unit.path))
    near = [one for one in everything if one.pk == unit.pk or (one.pk in chain and one.kind == UnitKind.DISTRICT)]
    return tuple(
        Appoint(one.name, reverse("authority:appoint", args=[one.pk]))
        for one in reversed(near)
        if holds(actor, KEEP, Scope((one.path,)))
    )


def _lead(unit: Unit | None, standings: Sequence[ServiceStanding], gaps: Sequence[ServiceStanding]) -> str:
    if unit is None or not standings:
        return ""
    return _("I %(unit)s er det bestemt hvem som avgjør %(count)s av %(all)s tjenester.") % {
        "unit": unit.name,
        "count": len(standings) - len(gaps),
        "all": len(standings),
    }


def _gaps(unit: Unit | None, gaps: Sequence[ServiceStanding]) -> str:
    if unit is None or not gaps:
        return ""
    return ngettext(
        "%(count)s tjeneste kan ingen avgjøre for %(unit)s",
        "%(count)s tjenester kan ingen avgjøre for %(unit)s",
        len(gaps),
    ) % {"count": len(gaps), "unit": unit.name}


def _what_to_do(gaps: Sequence[ServiceStanding]) -> str:
    """Not delegated, and delegated to a role that nobody has: two different things to do."""
    said = []
    if bare := sum(one.lack is Lack.NOT_DELEGATED for one in gaps):
        said.append(
            ngettext(
                "%(count)s er ikke delegert til noen: den som delegerer, må bestemme hvem.",
                "%(count)s er ikke delegert til noen: den som delegerer, må bestemme hvem.",
                bare,
            )
            % {"count": bare}
        )
    if empty := [one for one in gaps if one.lack is Lack.NOBODY_HOLDS_IT]:
        roles = dict.fromkeys(words.decider_in_words(decider) for one in empty for _line, decider in one.lines)
        said.append(
            ngettext(
                "%(count)s er delegert til %(roles)s, men ingen har den rollen i dag.",
                "%(count)s er delegert til %(roles)s, men ingen har den rollen i dag.",
                len(empty),
            )
            % {"count": len(empty), "roles": words.listed(roles)}
        )
    return " ".join(said)


def _mine(actor: Actor, unit: Unit, standings: Sequence[ServiceStanding]) -> Authority:
    """What the reader may decide, each service once, with its limits."""
    hers = []
    for one in standings:
        found = [line for line, decider in one.lines if actor.employee_id in decider.employee_ids]
        if found:
            free = any(not _limits(line) for line in found)
            limits = "" if free else f" ({words.listed(_limits(found[0]))})"
            hers.append(f"{words.in_sentence(one.service.name)}{limits}")
    if not hers:
        return Authority(
            False,
            _("Du avgjør ingen tjenester for %(unit)s") % {"unit": unit.name},
            _("Tabellen under viser hvem du gir saken til."),
        )
    heading = ngettext(
        "Du kan avgjøre %(count)s tjeneste for %(unit)s", "Du kan avgjøre %(count)s tjenester for %(unit)s", len(hers)
    ) % {"count": len(hers), "unit": unit.name}
    listed = words.listed(hers)
    return Authority(True, heading, f"{words.capital(listed)}.")


def _in(group: ServiceGroup, standings: Sequence[ServiceStanding]) -> list[ServiceStanding]:
    return [one for one in standings if one.service.group == group]


def _group(group: ServiceGroup, standings: Sequence[ServiceStanding], actor: Actor) -> GroupTable:
    found = _in(group, standings)
    decided = sum(one.lack not in _HARMFUL for one in found)
    return GroupTable(
        f"gruppe-{group.value.lower()}",
        str(group.label),
        _("%(count)s av %(all)s kan avgjøres") % {"count": decided, "all": len(found)},
        DataTable(
            caption=_("%(group)s: hvem som kan avgjøre hver tjeneste") % {"group": group.label},
            columns=(
                Column(_("Tjeneste")),
                Column(_("Hvem avgjør")),
                Column(_("Inntil hva")),
                Column(_("Delegering")),
            ),
            rows=tuple(row for one in found for row in _rows(one, actor)),
        ),
    )


def _rows(one: ServiceStanding, actor: Actor) -> list[TableRow]:
    if not one.lines:
        return [TableRow((one.service.name, lacking(_("Ingen kan avgjøre dette")), "–", "–"))]
    rows = []
    for line, decider in one.lines:
        limits = words.capital(", ".join(_limits(line))) or _("Uten grense")
        rows.append(
            TableRow(
                (
                    one.service.name,
                    _who(decider, is_mine=actor.employee_id in decider.employee_ids),
                    Cell(limits, _("Ingen kan avgjøre mer") if one.lack is Lack.ABOVE_LIMITS else ""),
                    Cell(line.basis.reference, href=reverse("authority:delegation", args=[line.basis.delegation_id])),
                )
            )
        )
    return rows


def _who(decider: Decider, *, is_mine: bool) -> Cell:
    said = words.decider_in_words(decider)
    icon = "PersonGavel" if decider.place.unit_kind == UnitKind.OFFICE else "PersonCheckmark"
    if not decider.place.role:
        return Cell(said, _("Navngitt i delegeringen"), icon)
    said = words.capital(said)
    if not decider.people:
        return lacking(_("Ingen har rollen i dag"), said)
    people = words.listed(decider.people)
    if is_mine:
        people = _("%(people)s – du er en av dem") % {"people": people} if len(decider.people) > 1 else _("Det er deg")
    return Cell(said, people, icon)


def _limits(line: AuthorityLine) -> list[str]:
    return words.limits_in_words(line.extent_in, line.max_extent, line.max_days, four_eyes=line.four_eyes)


def _delegations(on: date) -> RowList | None:
    rows = tuple(
        ListRow(
            f"{one.reference} {one.title}",
            note=words.until(one.valid_from, one.valid_to, on=on),
            href=reverse("authority:delegation", args=[one.delegation_id]),
            end=ngettext("%(count)s linje", "%(count)s linjer", one.lines) % {"count": one.lines},
        )
        for one in queries.list_delegations(on)
    )
    return RowList(rows) if rows else None


def _acting(line: ActingLine, actor: Actor) -> ActingRow:
    may_end = holds(actor, KEEP, Scope((line.unit_path,)))
    role = words.place_in_words(queries.InRole(line.role, line.unit_id, line.unit_name, "", acting=True))
    return ActingRow(
        ListRow(
            line.employee_name,
            more=words.capital(role),
            note=_("%(first)s til og med %(last)s. %(basis)s")
            % {"first": short_date(line.valid_from), "last": words.last_day(line.valid_to), "basis": line.basis},
        ),
        reverse("authority:end-acting", args=[line.acting_id]) if may_end else "",
    )


def _templates() -> RowList:
    return RowList(
        tuple(
            ListRow(
                str(one.name),
                more=str(one.description),
                note=str(one.source),
                href=reverse("authority:template", args=[one.code]),
            )
            for one in TEMPLATES.values()
        )
    )


def _coming_law() -> str:
    return reverse("authority:act") if queries.has_coming_act() else ""
