"""evaluations/compared.html: a scale before and after, as a picture with a table beside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.care.evaluations.queries import MeasureLine
from tillit.care.evaluations.queries.wording import PARTS, decimal, signed
from tillit.care.evaluations.rules import copm, psfs, sppb
from tillit.care.evaluations.rules.numbers import copm_of, psfs_of, sppb_of
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Column, DataTable, TableRow

_EDGE = 2


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of the picture: a ring where she was, a dot where she is. Places are per cent of the width."""

    name: str
    text: str = field(metadata={"help": "«3 → 6», or one number alone"})
    said: str = field(metadata={"help": "The same for screen readers"})
    before_at: str = field(metadata={"help": "«30%»; empty when not scored then"})
    after_at: str


@dataclass(frozen=True, slots=True)
class Compared:
    """A scale at one time, or at two. finding: what it says, in words."""

    tool: str
    title: str
    when: str
    finding: str
    notes: tuple[str, ...]
    scale: str = field(metadata={"help": "What the ends of the picture are"})
    bars: tuple[Bar, ...]
    table: DataTable


def compared_of_tools(measures: Sequence[MeasureLine]) -> tuple[Compared, ...]:
    """Return each scale that was used, its first measure against its newest. measures: the oldest first."""
    found = []
    for tool in dict.fromkeys(one.tool for one in measures):
        of_tool = [one for one in measures if one.tool == tool]
        found.append(compared(of_tool[0], of_tool[-1] if len(of_tool) > 1 else None))
    return tuple(found)


def compared(before: MeasureLine, after: MeasureLine | None) -> Compared:
    """Return one scale before and after; after None: measured once only."""
    first, last = before.numbers, after.numbers if after else None
    if before.tool == "SPPB":
        finding, notes, rows, most = _sppb(first, last)
    elif before.tool == "PSFS":
        finding, notes, rows, most = _psfs(first, last)
    else:
        finding, notes, rows, most = _copm(first, last)
    least = 1 if before.tool == "COPM" else 0
    return Compared(
        tool=before.tool,
        title=before.tool_name,
        when=_when(before.measured_on, after.measured_on if after else None),
        finding=finding,
        notes=tuple(notes),
        scale=_("Fra %(least)d til %(most)d. Ring: første måling. Prikk: siste måling.")
        % {"least": least, "most": most}
        if after
        else _("Fra %(least)d til %(most)d.") % {"least": least, "most": most},
        bars=tuple(_bar(name, was, now, least=least, most=most) for name, was, now in rows),
        table=_table(before, after, rows),
    )


Row = tuple[str, int | None, int | None]
Said = tuple[str, list[str], list[Row], int]


def _copm(first: Mapping[str, Any], last: Mapping[str, Any] | None) -> Said:
    before = copm_of(first)
    if last is None:
        found = copm.means(before)
        said = _("Snitt: utførelse %(performance)s, tilfredshet %(satisfaction)s.") % {
            "performance": _or_dash(found.performance), "satisfaction": _or_dash(found.satisfaction),
        }  # fmt: skip
        return said, [], _copm_rows(before, None), copm.MOST
    after = copm_of(last)
    change = copm.change(before, after)
    said_parts = [
        _part_text(label, part)
        for label, part in ((_("Utførelse"), change.performance), (_("Tilfredshet"), change.satisfaction))
        if part is not None
    ]
    counted = [part.activities for part in (change.performance, change.satisfaction) if part]
    notes = _notes(min(counted) if counted else 0, change.left_out)
    notes.append(_("To poeng eller mer er en endring som betyr noe."))
    return " ".join(said_parts) or _("Ingen aktivitet er skåret begge gangene."), notes, _copm_rows(before, after), 10


def _copm_rows(before: Sequence[copm.Activity], after: Sequence[copm.Activity] | None) -> list[Row]:
    rows: list[Row] = []
    for text in _texts(before, after):
        was, now = _find(before, text), _find(after or (), text)
        rows.append(
            (
                _("%(what)s: utførelse") % {"what": text},
                was.performance if was else None,
                now.performance if now else None,
            )
        )
        rows.append(
            (
                _("%(what)s: tilfredshet") % {"what": text},
                was.satisfaction if was else None,
                now.satisfaction if now else None,
            )
        )
    return [row for row in rows if row[1] is not None or row[2] is not None]


def _psfs(first: Mapping[str, Any], last: Mapping[str, Any] | None) -> Said:
    before = psfs_of(first)
    if last is None:
        rows: list[Row] = [(one.text, one.score, None) for one in before if one.score is not None]
        return _("Snitt: %(mean)s.") % {"mean": _or_dash(psfs.mean_score(before))}, [], rows, psfs.MOST
    after = psfs_of(last)
    change = psfs.change(before, after)
    rows = []
    for text in _texts(before, after):
        was, now = _find(before, text), _find(after, text)
        rows.append((text, was.score if was else None, now.score if now else None))
    rows = [row for row in rows if row[1] is not None or row[2] is not None]
    if change is None:
        return _("Ingen aktivitet er skåret begge gangene."), [], rows, psfs.MOST
    said = _change_text(_("Snitt"), change.before, change.after, change.change, matters=change.matters)
    notes = _notes(change.activities, change.left_out)
    if change.better:
        notes.append(_("Tre poeng eller mer bedre: %(what)s.") % {"what": ", ".join(change.better)})
    notes.append(_("To poeng på snittet, eller tre på én aktivitet, er en endring som betyr noe."))
    return said, notes, rows, psfs.MOST


def _sppb(first: Mapping[str, Any], last: Mapping[str, Any] | None) -> Said:
    before = sppb.points(sppb_of(first))
    after = sppb.points(sppb_of(last)) if last is not None else None
    rows: list[Row] = [
        (str(PARTS[code]), was, after.parts[code] if after else None) for code, was in before.parts.items()
    ]
    rows = [row for row in rows if row[1] is not None or row[2] is not None]
    if after is None:
        total = before.total
        said = (
            _("Til sammen %(points)s av 12.") % {"points": total}
            if total is not None
            else _("Ikke alle deler er testet.")
        )
        return said, [], rows, 4
    change = sppb.change(before, after)
    if change is None:
        return _("Ingen del er testet begge gangene."), [], rows, 4
    label = _("Til sammen") if change.is_whole else _("Delene som er testet begge gangene")
    said = _change_text(label, change.before, change.after, change.change, matters=change.matters)
    notes = []
    if change.left_out:
        left = ", ".join(str(PARTS[code]) for code in change.left_out)
        notes.append(_("Ikke sammenlignet: %(what)s.") % {"what": left})
    notes.append(_("Omtrent ett poeng regnes som en endring som betyr noe."))
    return said, notes, rows, 4


def _part_text(label: str, part: copm.Part) -> str:
    return _change_text(label, part.before, part.after, part.change, matters=part.matters)


def _change_text(label: str, was: Decimal | int, now: Decimal | int, change: Decimal | int, *, matters: bool) -> str:
    text = _("%(what)s fra %(before)s til %(after)s (%(change)s).") % {
        "what": label, "before": decimal(was), "after": decimal(now), "change": signed(change),
    }  # fmt: skip
    return (
        text
        + " "
        + (_("Det er en endring som betyr noe.") if matters else _("Det er mindre enn en endring som betyr noe."))
    )


def _notes(activities: int, left_out: Sequence[str]) -> list[str]:
    if not left_out:
        return []
    common = ngettext(
        "Bare %(number)d aktivitet er sammenlignet, for bare den er skåret begge gangene.",
        "Bare %(number)d aktiviteter er sammenlignet, for bare de er skåret begge gangene.",
        activities,
    ) % {"number": activities}
    return [common, _("Ikke sammenlignet: %(what)s.") % {"what": ", ".join(left_out)}]


def _texts(before: Sequence[Any], after: Sequence[Any] | None) -> list[str]:
    known = {one.text.casefold(): one.text for one in reversed((*before, *(after or ())))}
    return list(dict.fromkeys(known[one.text.casefold()] for one in (*before, *(after or ()))))


def _find(activities: Sequence[Any], text: str) -> Any:
    return next((one for one in activities if one.text.casefold() == text.casefold()), None)


def _bar(name: str, was: int | None, now: int | None, *, least: int, most: int) -> Bar:
    shown = [str(number) for number in (was, now) if number is not None]
    said = []
    if was is not None:
        said.append(_("først %(number)d") % {"number": was})
    if now is not None:
        said.append(_("sist %(number)d") % {"number": now})
    return Bar(
        name, "\u00a0→\u00a0".join(shown), f"{name}: {', '.join(said)}", _at(was, least, most), _at(now, least, most)
    )


def _at(number: int | None, least: int, most: int) -> str:
    if number is None:
        return ""
    share = Decimal(number - least) / (most - least)
    return f"{_EDGE + share * (100 - 2 * _EDGE):.1f}%"


def _table(before: MeasureLine, after: MeasureLine | None, rows: Sequence[Row]) -> DataTable:
    columns = [Column(_("Hva")), Column(formats.short_date(before.measured_on), right=True)]
    if after is not None:
        columns += [Column(formats.short_date(after.measured_on), right=True), Column(_("Endring"), right=True)]
    drawn = []
    for name, was, now in rows:
        cells = [name, _number(was)]
        if after is not None:
            cells += [_number(now), signed(now - was) if was is not None and now is not None else "–"]
        drawn.append(TableRow(tuple(cells)))
    return DataTable(caption=before.tool_name, columns=tuple(columns), rows=tuple(drawn), in_panel=False)


def _number(number: int | None) -> str:
    return "–" if number is None else str(number)


def _or_dash(number: Decimal | None) -> str:
    return "–" if number is None else decimal(number)


def _when(first: date, last: date | None) -> str:
    language = page_language()
    if last is None:
        return formats.long_date(first, language, year=True)
    return _("%(first)s og %(last)s") % {
        "first": formats.long_date(first, language, year=True), "last": formats.long_date(last, language, year=True),
    }  # fmt: skip
