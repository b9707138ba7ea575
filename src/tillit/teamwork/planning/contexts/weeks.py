"""planning/weeks.html: lists proposed for several days at once, and how few different helpers come to each citizen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.care.citizens import queries as citizens
from tillit.foundation.access.actor import Actor
from tillit.foundation.organisation.models import Unit
from tillit.kernel import oslo
from tillit.teamwork.planning import queries, words
from tillit.teamwork.planning.contexts.board import PresetChoice
from tillit.teamwork.planning.contexts.places import Where
from tillit.teamwork.planning.queries.weeks import PartLine, WeeksView, newest_weeks
from tillit.teamwork.planning.rules import board as hours
from tillit.teamwork.planning.rules.presets import Preset
from tillit.teamwork.planning.rules.weeks import LENGTHS, PARTS, WINDOWS, Faces, Means, PartState, means, spread
from tillit.ui import formats
from tillit.ui.parts import Action, Column, DataTable, Progress, TableRow, Tag

MOST_CITIZENS = 10
"""Citizens that stand open on the page: those farthest from the least possible."""
MOST_SHOWN = 7
"""From so many helpers citizens are counted together in the spread."""


@dataclass(frozen=True, slots=True)
class LengthChoice:
    """How many days to propose."""

    value: int
    text: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class SeenLists:
    """A proposal that «all days» takes in, and the edition of its lists that the reader sees."""

    proposal_id: int
    edition: int


@dataclass(frozen=True, slots=True)
class PartCell:
    """How many visits one part of a day lacks somebody for: now, and with the proposal."""

    href: str
    shown: str
    said: str = field(metadata={"help": "The same in words, for those who hear the page"})
    of: str
    tag: Tag | None


@dataclass(frozen=True, slots=True)
class DayLine:
    """One day: a cell for each part of it that is planned ahead; None where there is no proposal."""

    name: str
    short: str
    cells: tuple[PartCell | None, ...]


@dataclass(frozen=True, slots=True)
class WeeksPage:
    """planning/weeks.html."""

    unit_id: int
    unit_name: str
    title: str
    back_href: str
    ask_href: str = field(metadata={"help": "Empty for those who may not make the lists"})
    why_not: str
    lengths: tuple[LengthChoice, ...]
    presets: tuple[PresetChoice, ...]
    progress: Progress | None
    has_failed: bool
    has_nothing: bool = field(metadata={"help": "It was reckoned, and there was no day to propose anything for"})
    headline: str = field(metadata={"help": "What the proposal does to how many helpers each meets; empty without one"})
    explained: str
    accept_href: str
    accept_label: str
    seen: tuple[SeenLists, ...]
    days_title: str
    kinds: tuple[str, ...]
    days: tuple[DayLine, ...]
    averages: DataTable | None
    spread: DataTable | None
    faces: DataTable | None = field(metadata={"help": "Those farthest from the least possible"})
    more_faces: DataTable | None = field(metadata={"help": "The others"})
    more_title: str
    notes: tuple[str, ...]
    foot: str


def weeks_page(*, actor: Actor, unit: Unit, now: datetime) -> WeeksPage:
    """Return the page with the unit's newest proposal for several days.

    Notes the reading of each citizen named. Constant number of queries. Callers have checked reach.
    """
    today = oslo.day_of(now)
    may = queries.may_allocate(actor=actor, unit=unit, on=today)
    weeks = newest_weeks(unit.pk)
    shown = weeks if weeks is not None and not weeks.is_working and not weeks.has_failed else None
    faces = _faces(shown) if shown is not None else {}
    shortest = faces.get(WINDOWS[0], {})
    open_parts = [line for line in shown.parts if line.state is PartState.OPEN] if shown is not None else []
    average = means(shortest.values())
    each = _each_citizen(shortest, on=today) if shortest else ()
    return WeeksPage(
        unit_id=unit.pk,
        unit_name=unit.name,
        title=_("Forslag for flere dager"),
        back_href=Where(unit.pk, hours.usual_day(now), hours.usual_kind(now)).href("board"),
        ask_href=reverse("planning:weeks-ask", args=(unit.pk,)) if may else "",
        why_not="" if may else _("I dette teamet er det fordelerne som lager listene. Du kan se forslagene."),
        lengths=tuple(
            LengthChoice(
                days,
                _("Neste %(days)d dager, til og med %(last)s")
                % {"days": days, "last": formats.long_date(today + timedelta(days=days), words.language())},
                days == LENGTHS[-1],
            )
            for days in LENGTHS
        ),
        presets=tuple(
            PresetChoice(preset, words.preset_name(preset), preset == (weeks.preset if weeks else Preset.KNOWN_FACES))
            for preset in Preset
        ),
        progress=weeks_progress(weeks, may_allocate=may) if weeks is not None and weeks.is_working else None,
        has_failed=weeks is not None and weeks.has_failed,
        has_nothing=shown is not None and not shown.parts,
        headline=_headline(average) if shown is not None and shown.parts else "",
        explained=_explained(average),
        accept_href=_accept_href(shown, open_parts) if may else "",
        accept_label=ngettext(
            "Ta i bruk som utkast (%(count)d liste)", "Ta i bruk som utkast (%(count)d lister)", len(open_parts)
        )
        % {"count": len(open_parts)},
        seen=tuple(SeenLists(line.proposal_id, line.edition) for line in open_parts),
        days_title=_between(shown.first, shown.after) if shown is not None else "",
        kinds=tuple(words.kind_name(kind) for kind in PARTS),
        days=_days(unit.pk, shown.parts) if shown is not None else (),
        averages=_averages(faces) if shortest else None,
        spread=_spread(shortest.values()) if shortest else None,
        faces=each[0] if each else None,
        more_faces=each[1] if len(each) > 1 else None,
        more_title=_("Alle de andre (%(count)d)") % {"count": len(shortest) - MOST_CITIZENS},
        notes=_notes(shown) if shown is not None else (),
        foot=_foot(shown, today=today) if shown is not None else "",
    )


def weeks_progress(weeks: WeeksView, *, may_allocate: bool) -> Progress:
    """How far the search has come; htmx asks again every two seconds."""
    share = weeks.done * 100 // (weeks.total or 100)
    return Progress(
        heading=_("Planleggeren regner på %(days)d dager samlet") % {"days": (weeks.after - weeks.first).days},
        value=share,
        maximum=100,
        shown=formats.percent(share / 100, language=words.language()),
        text=_("%(day)s. Du kan gå videre imens. Forslaget står her når det er klart.") % {"day": weeks.said}
        if weeks.said
        else _("Du kan gå videre imens. Forslaget står her når det er klart."),
        stop=Action(
            _("Stopp og bruk det beste så langt"),
            reverse("planning:weeks-stop", args=(weeks.unit_id, weeks.weeks_id)),
            post=True,
            icon="Stop",
        )
        if may_allocate
        else None,
        poll_href=reverse("planning:weeks-progress", args=(weeks.unit_id, weeks.weeks_id)),
        id="weeks-progress",
    )


def _faces(weeks: WeeksView) -> dict[int, dict[int, Faces]]:
    stored = weeks.summary.get("faces", {})
    return {
        window: {int(citizen_id): Faces(*counts) for citizen_id, counts in stored.get(str(window), {}).items()}
        for window in WINDOWS
    }


def _decimal(value: float) -> str:
    return formats.number(value, 1, words.language())


def _headline(average: Means) -> str:
    return _("Med forslaget møter hver bruker i snitt %(planned)s ulike hjelpere på 14 dager") % {
        "planned": _decimal(average.planned)
    }


def _explained(average: Means) -> str:
    return _(
        "De siste 14 dagene var det %(before)s. Minst mulig slik vaktene er, er %(least)s, "
        "regnet for én bruker om gangen. Planleggeren foreslår, dere bestemmer."
    ) % {"before": _decimal(average.before), "least": _decimal(average.least)}


def _accept_href(weeks: WeeksView | None, open_parts: Iterable[PartLine]) -> str:
    if weeks is None or not list(open_parts):
        return ""
    return reverse("planning:weeks-accept", args=(weeks.unit_id, weeks.weeks_id))


def _between(first: date, after: date) -> str:
    language = words.language()
    return _("%(first)s til %(last)s") % {
        "first": formats.long_date(first, language).capitalize(),
        "last": formats.long_date(after - timedelta(days=1), language),
    }


def _days(unit_id: int, parts: Iterable[PartLine]) -> tuple[DayLine, ...]:
    language = words.language()
    by_day: dict[date, dict[str, PartLine]] = {}
    for line in parts:
        by_day.setdefault(line.on, {})[line.shift_kind] = line
    return tuple(
        DayLine(
            name=formats.long_date(on, language).capitalize(),
            short=f"{formats.weekday_short(on, language).capitalize()} {formats.day_and_month(on, language)}",
            cells=tuple(_cell(unit_id, lines[kind]) if kind in lines else None for kind in PARTS),
        )
        for on, lines in by_day.items()
    )


def _cell(unit_id: int, line: PartLine) -> PartCell:
    before, after = line.uncovered_before, line.uncovered_after
    return PartCell(
        href=f"{Where(unit_id, line.on, line.shift_kind).href('board')}#forslag",
        shown=f"{before} → {after}" if before != after else str(after),
        said=_("%(before)d uten utfører nå, %(after)d med forslaget") % {"before": before, "after": after},
        of=_("av %(count)d") % {"count": line.visits},
        tag=_state(line.state),
    )


def _state(state: PartState) -> Tag | None:
    """What there is to say beside the numbers; nothing while the proposal is open."""
    return {
        PartState.OPEN: None,
        PartState.DECIDED: Tag(_("I utkastet"), "success"),
        PartState.NOTHING: Tag(_("Ingenting å endre")),
        PartState.CHANGED: Tag(_("Listene er endret siden"), "warning"),
        PartState.IN_USE: Tag(_("Listene er i bruk"), "success"),
        PartState.REPLACED: Tag(_("Nyere forslag finnes")),
    }[state]


def _averages(faces: Mapping[int, Mapping[int, Faces]]) -> DataTable:
    rows = []
    for window in WINDOWS:
        found = means(faces[window].values())
        name = _("På %(days)d dager") % {"days": window}
        rows.append(TableRow((name, _decimal(found.before), _decimal(found.planned), _decimal(found.least))))
    return DataTable(
        caption=_("Ulike hjelpere per bruker i snitt"),
        columns=(
            Column(_("I snitt")),
            Column(_("Før"), right=True),
            Column(_("Forslag"), right=True),
            Column(_("Minst"), right=True),
        ),
        rows=tuple(rows),
    )


def _spread(faces: Iterable[Faces]) -> DataTable:
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
        caption=_("Brukere etter hvor mange ulike hjelpere de møter på 14 dager"),
        columns=(
            Column(_("Brukere som møter")),
            Column(_("Før"), right=True),
            Column(_("Forslag"), right=True),
            Column(_("Minst"), right=True),
        ),
        rows=tuple(rows),
    )


def _each_citizen(faces: Mapping[int, Faces], *, on: date) -> tuple[DataTable, ...]:
    """Everybody by name, those farthest from the least possible first: the first few, and the others."""
    briefs = citizens.briefs(sorted(faces), on=on)
    order = sorted(
        (citizen_id for citizen_id in faces if citizen_id in briefs),
        key=lambda each: (faces[each].least - faces[each].planned, briefs[each].family_name, briefs[each].name, each),
    )
    return tuple(
        DataTable(
            caption=_("Ulike hjelpere hos hver bruker på 14 dager"),
            columns=(
                Column(_("Bruker")),
                Column(_("Før"), right=True),
                Column(_("Forslag"), right=True),
                Column(_("Minst"), right=True),
            ),
            rows=tuple(
                TableRow(
                    (
                        briefs[citizen_id].name,
                        str(faces[citizen_id].before),
                        str(faces[citizen_id].planned),
                        str(faces[citizen_id].least),
                    ),
                    href=reverse("citizens:page", args=(citizen_id,)),
                )
                for citizen_id in some
            ),
        )
        for some in (order[:MOST_CITIZENS], order[MOST_CITIZENS:])
        if some
    )


def _notes(weeks: WeeksView) -> tuple[str, ...]:
    """What the reader must know to read the numbers right."""
    notes = [
        _(
            "«Før» er de siste dagene før perioden. «Forslag» er like mange dager, som slutter med periodens "
            "siste dag. «Minst» er det vaktene gir rom for. Bare dag og kveld er talt, og bare besøk som noen får."
        )
    ]
    if left_out := weeks.summary.get("left_out"):
        notes.append(_("Uten forslag: %(days)s.") % {"days": _named(left_out)})
    if unstaffed := weeks.summary.get("unstaffed"):
        notes.append(_("Besøk, men ingen på vakt: %(days)s.") % {"days": _named(unstaffed)})
    return tuple(notes)


def _named(parts: Iterable[tuple[str, str]]) -> str:
    """«6.12. (dag), 6.12. (kveld)»: stored parts of days in words."""
    return words.joined(
        [
            _("%(day)s (%(kind)s)")
            % {
                "day": formats.day_and_month(date.fromisoformat(on), words.language()),
                "kind": words.kind_name(kind).lower(),
            }
            for on, kind in parts
        ]
    )


def _foot(weeks: WeeksView, *, today: date) -> str:
    when = formats.near_moment(weeks.asked_at, today=today, language=words.language())
    return _("Bedt om %(when)s. %(what)s.") % {"when": when, "what": words.preset_name(weeks.preset)}
