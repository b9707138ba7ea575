"""The tables of planning/weeks.html: few numbers beside their bound, for the team and for each citizen."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.care.citizens.queries import CitizenBrief
from tillit.teamwork.planning import words
from tillit.teamwork.planning.rules.weeks import WINDOWS, Faces, Means, Often, means, often, spread
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Column, DataTable, TableRow

MOST_CITIZENS = 10
"""Citizens that stand open on the page: those farthest from the least possible."""
MOST_SHOWN = 7
"""From so many helpers citizens are counted together in the spread."""
MOST_NAMED = 3
"""So many days without a proposal are named; more are counted."""
Counts = Mapping[int, Mapping[int, int]]
"""Window in days → citizen → different helpers as the lists are now; empty until the proposal is decided."""


def decimal(value: float) -> str:
    """6,7."""
    return formats.number(value, 1, page_language())


def _percent(share: float) -> str:
    return formats.percent(round(share, 2), language=page_language())


def averages(faces: Mapping[int, Mapping[int, Faces]], now: Counts) -> DataTable:
    """Different helpers per citizen, a column for each window: what was, what is proposed, what is, the least."""
    found = {window: means(faces[window].values()) for window in WINDOWS}
    rows = [
        _row(_("Før"), found, lambda each: decimal(each.before)),
        _row(_("Med forslaget"), found, lambda each: decimal(each.planned)),
    ]
    if now:
        shown = (decimal(mean_now(faces[window], now[window])) for window in WINDOWS)
        rows.append(TableRow((_("Listene nå"), *shown)))
    rows += [
        _row(_("Færrest mulig"), found, lambda each: decimal(each.least)),
        _row(_("Forslaget når"), found, lambda each: _percent(each.reached)),
    ]
    return DataTable(caption=_("Ulike hjelpere per bruker i snitt"), columns=_windows(), rows=tuple(rows))


def mean_now(faces: Mapping[int, Faces], counted: Mapping[int, int]) -> float:
    """Average over the same citizens as the proposal's."""
    return sum(counted.get(citizen_id, 0) for citizen_id in faces) / len(faces) if faces else 0.0


def oftenest(faces: Mapping[int, Mapping[int, Faces]]) -> tuple[DataTable, str] | None:
    """How large a part of the visits the one who comes most often has, and of how many; None when too few say it."""
    found = {window: often(faces[window].values()) for window in WINDOWS}
    whole = {window: each for window, each in found.items() if each is not None}
    if len(whole) < len(WINDOWS):
        return None
    table = DataTable(
        caption=_("Andel av besøkene med den som kommer oftest"),
        columns=_windows(),
        rows=(
            _share(_("Før"), whole, lambda each: each.before),
            _share(_("Med forslaget"), whole, lambda each: each.planned),
            _share(_("Mest mulig"), whole, lambda each: each.greatest),
            _share(_("Forslaget når"), whole, lambda each: each.reached),
        ),
    )
    shortest, longest = (whole[window].citizens for window in WINDOWS)
    return table, _(
        "Snitt av brukere med minst fire besøk både før og i perioden: %(short)d på 14 dager, %(long)d på 28."
    ) % {"short": shortest, "long": longest}


def _windows() -> tuple[Column, ...]:
    return (
        Column(_("I snitt")),
        *(Column(_("%(days)d dager") % {"days": window}, right=True) for window in WINDOWS),
    )


def _row(name: str, found: Mapping[int, Means], shown: Callable[[Means], str]) -> TableRow:
    return TableRow((name, *(shown(found[window]) for window in WINDOWS)))


def _share(name: str, found: Mapping[int, Often], share: Callable[[Often], float]) -> TableRow:
    return TableRow((name, *(_percent(share(found[window])) for window in WINDOWS)))


def spread_table(faces: Iterable[Faces], window: int) -> DataTable:
    """How many citizens meet one helper, two, three, …"""
    every = list(faces)
    before, planned, least = (
        spread(min(MOST_SHOWN, value) for value in values)
        for values in (
            [each.before for each in every],
            [each.planned for each in every],
            [each.least for each in every],
        )
    )
    rows = []
    for count in sorted({*before, *planned, *least}):
        if count == MOST_SHOWN:
            name = _("%(count)d eller flere hjelpere") % {"count": count}
        else:
            name = ngettext("%(count)d hjelper", "%(count)d hjelpere", count) % {"count": count}
        rows.append(TableRow((name, *(str(each.get(count, 0)) for each in (before, planned, least)))))
    return DataTable(
        caption=_("Brukere etter hvor mange ulike hjelpere de møter på %(days)d dager") % {"days": window},
        columns=(
            Column(_("Brukere som møter")),
            Column(_("Før"), right=True),
            Column(_("Forslag"), right=True),
            Column(_("Færrest"), right=True),
        ),
        rows=tuple(rows),
    )


def each_citizen(
    faces: Mapping[int, Faces], now: Mapping[int, int], briefs: Mapping[int, CitizenBrief], window: int
) -> Sequence[DataTable]:
    """Everybody by name, those farthest from the least possible first: the first few, and the others."""
    order = sorted(
        (citizen_id for citizen_id in faces if citizen_id in briefs),
        key=lambda each: (faces[each].least - faces[each].planned, briefs[each].family_name, briefs[each].name, each),
    )
    columns = [Column(_("Bruker")), Column(_("Før"), right=True), Column(_("Forslag"), right=True)]
    if now:
        columns.append(Column(_("Nå"), right=True))
    columns.append(Column(_("Færrest"), right=True))

    def row(citizen_id: int) -> TableRow:
        own = faces[citizen_id]
        counts = [own.before, own.planned, *([now.get(citizen_id, 0)] if now else []), own.least]
        return TableRow(
            (briefs[citizen_id].name, *(str(count) for count in counts)),
            href=reverse("citizens:page", args=(citizen_id,)),
        )

    return [
        DataTable(
            caption=_("Ulike hjelpere hos hver bruker på %(days)d dager") % {"days": window},
            columns=tuple(columns),
            rows=tuple(row(citizen_id) for citizen_id in some),
        )
        for some in (order[:MOST_CITIZENS], order[MOST_CITIZENS:])
        if some
    ]


def parts_named(parts: Iterable[tuple[str, str]]) -> str:
    """«kveld 6.12. og natt (14 dager)»: stored parts of days in words, by the part of the day."""
    by_kind: dict[str, list[date]] = {}
    for on, kind in parts:
        by_kind.setdefault(kind, []).append(date.fromisoformat(on))
    said = []
    for kind, days in by_kind.items():
        name = words.kind_name(kind).lower()
        if len(days) > MOST_NAMED:
            said.append(_("%(part)s (%(count)d dager)") % {"part": name, "count": len(days)})
        else:
            when = words.joined([formats.day_and_month(day, page_language()).removesuffix(".") for day in days])
            said.append(_("%(part)s %(days)s") % {"part": name, "days": when})
    return words.joined(said)
