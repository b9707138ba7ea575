"""What changes for the teams and the day that are chosen, before anything is done (R04)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.foundation.access.roles import ROLE_NAMES, Role
from tillit.foundation.authority.models import ServiceGroup
from tillit.foundation.organisation.models import Unit
from tillit.foundation.responsibility import queries, sources
from tillit.foundation.responsibility.catalogue import BY_CODE, GROUP_NAMES
from tillit.foundation.responsibility.contexts.findings import CheckedTeam, finding_lines, task_name
from tillit.foundation.responsibility.contexts.models_page import holder_part
from tillit.foundation.responsibility.models import ModelVersion
from tillit.foundation.responsibility.queries import FollowedModel
from tillit.foundation.responsibility.rules.enacting import Moves, moves
from tillit.foundation.responsibility.rules.tables import Cell
from tillit.foundation.responsibility.sources import Fate
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Holder


@dataclass(frozen=True, slots=True)
class MovedRow:
    """One responsibility that others hold afterwards."""

    group: str
    task: str
    before: Holder
    after: Holder


@dataclass(frozen=True, slots=True)
class TeamsThatChange:
    """Teams that follow the same version today, and what changes for them."""

    teams: str
    follow_now: str
    moved: tuple[MovedRow, ...]
    summary: str
    renamed: str = field(metadata={"help": "How many rows only get another name for the same people; else empty"})


@dataclass(frozen=True, slots=True)
class CountLine:
    """A number with its words."""

    count: int
    text: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What changes for the teams that are chosen, from the day that is chosen."""

    headline: str
    changes: tuple[TeamsThatChange, ...]
    moves: tuple[CountLine, ...]
    stays: tuple[CountLine, ...]
    knows_in_flight: bool = field(metadata={"help": "False: nobody can say what is under way, so nothing is said"})
    checked: tuple[CheckedTeam, ...]
    clear: bool = field(metadata={"help": "Nothing is undefined for any of them"})
    pointless: tuple[str, ...] = field(metadata={"help": "Delegations that nobody uses any more"})
    seen: str = field(metadata={"help": "What was looked at: only that is put into force"})
    submit: str


def seen_of(version: ModelVersion, unit_ids: Iterable[int], valid_from: date) -> str:
    """What a preview was made of: another version of the table, other teams or another day is another preview."""
    teams = ",".join(str(unit_id) for unit_id in sorted(set(unit_ids)))
    return f"{version.pk}.{version.edition}:{teams}:{valid_from.isoformat()}"


def follows_words(followed: FollowedModel | None) -> str:
    if followed is None:
        return _("Ingen modell er valgt")
    return _("Følger %(model)s, versjon %(number)s") % {"model": followed.name, "number": followed.number}


def preview_of(
    version: ModelVersion,
    units: Sequence[Unit],
    followed: Mapping[int, FollowedModel],
    valid_from: date,
    today: date,
) -> Preview:
    before_ids = {followed[unit.pk].version_id for unit in units if unit.pk in followed}
    tables = queries.table_of({version.pk, *before_ids})
    after = tables[version.pk]
    units_on_map, roles = queries.unit_map(on=valid_from)
    groups: dict[tuple[int, Moves], list[Unit]] = {}
    for unit in units:
        found = moves(
            _table(unit, followed, tables),
            after,
            asking=units_on_map[unit.pk],
            units=units_on_map.values(),
            roles=roles,
        )
        model = followed.get(unit.pk)
        groups.setdefault((model.version_id if model else 0, found), []).append(unit)
    changes = tuple(_changes(alike, followed.get(alike[0].pk), found) for (_version_id, found), alike in groups.items())
    codes = sorted({code for _version_id, found in groups for code in found.codes})
    unit_ids = [unit.pk for unit in units]
    flying = sources.in_flight(unit_ids=unit_ids, codes=codes, on=valid_from) if codes else []
    findings = queries.check_teams({unit.pk: after for unit in units}, on=valid_from, first=max(valid_from, today))
    model_href = reverse("responsibility:model", args=[version.pk])
    checked = tuple(
        CheckedTeam(
            unit.pk,
            unit.name,
            reverse("organisation:unit", args=[unit.pk]),
            version.model.name,
            model_href,
            finding_lines(findings.get(unit.pk, ()), unit_id=unit.pk, unit_name=unit.name, model_href=model_href),
        )
        for unit in units
    )
    return Preview(
        headline=_headline(units, len(codes), valid_from, alike=len(groups) == 1),
        changes=changes,
        moves=tuple(CountLine(one.count, one.text) for one in flying if one.kind is Fate.MOVES),
        stays=tuple(CountLine(one.count, one.text) for one in flying if one.kind is Fate.STAYS),
        knows_in_flight=sources.knows_in_flight(),
        checked=tuple(team for team in checked if team.lines),
        clear=not any(team.lines for team in checked),
        pointless=_pointless(units, {unit.pk: _table(unit, followed, tables) for unit in units}, after, valid_from),
        seen=seen_of(version, unit_ids, valid_from),
        submit=_("Sett i kraft fra %(day)s") % {"day": formats.long_date(valid_from, page_language())},
    )


def _pointless(
    units: Sequence[Unit], before: Mapping[int, Mapping[str, Cell]], after: Mapping[str, Cell], on: date
) -> tuple[str, ...]:
    names = {unit.pk: unit.name for unit in units}
    return tuple(
        _("%(role)s om %(service)s, etter delegering %(reference)s, for %(teams)s")
        % {
            "role": ROLE_NAMES[Role(one.role)],
            "service": _lower_first(one.service_name or str(ServiceGroup(one.group).label)),
            "reference": one.reference,
            "teams": _and(sorted(names[unit_id] for unit_id in one.unit_ids)),
        }
        for one in queries.pointless_authority(before=before, after=after, on=on)
    )


def _table(
    unit: Unit, followed: Mapping[int, FollowedModel], tables: Mapping[int, Mapping[str, Cell]]
) -> Mapping[str, Cell]:
    model = followed.get(unit.pk)
    return tables[model.version_id] if model else {}


def _changes(units: Sequence[Unit], model: FollowedModel | None, found: Moves) -> TeamsThatChange:
    rows = found.moved
    return TeamsThatChange(
        teams=", ".join(unit.name for unit in units),
        follow_now=follows_words(model),
        moved=tuple(
            MovedRow(
                str(GROUP_NAMES[BY_CODE[row.code].group]),
                task_name(row.code),
                holder_part(row.left),
                holder_part(row.right),
            )
            for row in rows
        ),
        summary=_("Alle oppgavene blir hos de samme.")
        if not rows
        else ngettext("%(count)s oppgave får ny ansvarlig", "%(count)s oppgaver får ny ansvarlig", len(rows))
        % {"count": len(rows)},
        renamed=ngettext(
            "%(count)s oppgave blir hos de samme, men de heter noe annet i tabellen.",
            "%(count)s oppgaver blir hos de samme, men de heter noe annet i tabellen.",
            len(found.renamed),
        )
        % {"count": len(found.renamed)}
        if found.renamed
        else "",
    )


def _headline(units: Sequence[Unit], count: int, valid_from: date, *, alike: bool) -> str:
    """What changes, in one sentence. alike: the same tasks move for all of them."""
    values = {
        "count": count,
        "teams": _and([unit.name for unit in units]),
        "day": formats.long_date(valid_from, page_language()),
    }
    if not count:
        return _("For %(teams)s blir alle oppgavene hos de samme fra %(day)s.") % values
    if not alike:
        return _("For %(teams)s får til sammen %(count)s ulike oppgaver ny ansvarlig fra %(day)s.") % values
    return (
        ngettext(
            "For %(teams)s får %(count)s oppgave ny ansvarlig fra %(day)s.",
            "For %(teams)s får %(count)s oppgaver ny ansvarlig fra %(day)s.",
            count,
        )
        % values
    )


def _lower_first(text: str) -> str:
    """«hjemmesykepleie» in the middle of a sentence; BPA and TT-kort stay as they are."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def _and(names: Sequence[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s og %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}
