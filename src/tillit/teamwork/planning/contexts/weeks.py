"""planning/weeks.html: lists proposed for several days at once, and how few different helpers come to each citizen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.care.citizens import queries as citizens
from tillit.foundation.access.actor import Actor
from tillit.foundation.organisation import queries as organisation
from tillit.foundation.organisation.models import Unit
from tillit.foundation.organisation.rules import Family
from tillit.kernel import oslo
from tillit.teamwork.planning import queries, words
from tillit.teamwork.planning.contexts import weeks_tables as tables
from tillit.teamwork.planning.contexts.board import PresetChoice
from tillit.teamwork.planning.contexts.places import Where
from tillit.teamwork.planning.contexts.work_groups import when_joined
from tillit.teamwork.planning.queries.weeks import PartLine, WeeksView, meetings_now, newest_weeks
from tillit.teamwork.planning.rules import board as hours
from tillit.teamwork.planning.rules.presets import Preset
from tillit.teamwork.planning.rules.weeks import (
    LENGTHS,
    PARTS,
    USUAL_LENGTH,
    WINDOWS,
    Faces,
    Means,
    PartState,
    helpers_of,
    main_window,
    means,
)
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Action, DataTable, Progress


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
    state: str = field(metadata={"help": "What there is to say beside the numbers; empty while the proposal is open"})


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
    called_off: str = field(metadata={"help": "What is left of a search that somebody called off; else empty"})
    headline: str = field(metadata={"help": "What the proposal does to how many helpers each meets; empty without one"})
    explained: str
    accept_href: str
    accept_label: str
    seen: tuple[SeenLists, ...]
    days_title: str
    kinds: tuple[str, ...]
    days: tuple[DayLine, ...]
    averages: DataTable | None
    oftenest: DataTable | None = field(metadata={"help": "None when too few citizens can be counted"})
    oftenest_of: str
    spread: DataTable | None
    spread_title: str
    faces: DataTable | None = field(metadata={"help": "Those farthest from the least possible"})
    more_faces: DataTable | None = field(metadata={"help": "The others"})
    faces_title: str
    more_title: str
    groups: str = field(metadata={"help": "Whose lists are planned from another page; empty without work groups"})
    notes: tuple[str, ...]
    foot: str


def weeks_page(*, actor: Actor, unit: Unit, now: datetime) -> WeeksPage:
    """Return the page with the unit's newest proposal for several days.

    Notes the reading of each citizen named. Constant number of queries. Callers have checked reach.
    """
    today = oslo.day_of(now)
    may = queries.may_allocate(actor=actor, unit=unit, on=today)
    weeks = newest_weeks(unit.pk)
    family = organisation.family_of(unit.pk)
    shown = weeks if weeks is not None and not weeks.is_working and not weeks.has_failed else None
    faces = _faces(shown) if shown is not None else {}
    window = main_window((shown.after - shown.first).days) if shown is not None else WINDOWS[0]
    main = faces.get(window, {})
    open_parts = [line for line in shown.parts if line.state is PartState.OPEN] if shown is not None else []
    average = means(main.values())
    listed = _now(shown, faces, family) if shown is not None and not open_parts else {}
    each = tables.each_citizen(main, listed.get(window, {}), citizens.briefs(sorted(main), on=today), window)
    often = tables.oftenest(faces) if main else None
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
                % {"days": days, "last": formats.long_date(today + timedelta(days=days), page_language())},
                days == USUAL_LENGTH,
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
        called_off=_called_off(shown) if shown is not None and shown.parts else "",
        headline=_headline(average, main, listed.get(window), window) if shown is not None and shown.parts else "",
        explained=_explained(average, window, decided=bool(listed)),
        accept_href=_accept_href(shown, open_parts) if may else "",
        accept_label=ngettext(
            "Ta i bruk som utkast (%(count)d liste)", "Ta i bruk som utkast (%(count)d lister)", len(open_parts)
        )
        % {"count": len(open_parts)},
        seen=tuple(SeenLists(line.proposal_id, line.edition) for line in open_parts),
        days_title=_between(shown.first, shown.after) if shown is not None else "",
        kinds=tuple(words.kind_name(kind) for kind in _kinds(shown.parts)) if shown is not None else (),
        days=_days(unit.pk, shown.parts) if shown is not None else (),
        averages=tables.averages(faces, listed) if main else None,
        oftenest=often[0] if often else None,
        oftenest_of=often[1] if often else "",
        spread=tables.spread_table(main.values(), window) if main else None,
        spread_title=_("Hvor mange møter de på %(days)d dager?") % {"days": window},
        faces=each[0] if each else None,
        more_faces=each[1] if len(each) > 1 else None,
        faces_title=_("Bruker for bruker på %(days)d dager") % {"days": window},
        more_title=_("Alle de andre (%(count)d)") % {"count": len(main) - tables.MOST_CITIZENS},
        groups=_groups(family, today),
        notes=_notes(shown, listed=bool(listed)) if shown is not None else (),
        foot=_foot(shown, today=today) if shown is not None else "",
    )


def weeks_progress(weeks: WeeksView, *, may_allocate: bool) -> Progress:
    """How far the search has come; htmx asks again every two seconds."""
    share = weeks.done * 100 // (weeks.total or 100)
    return Progress(
        heading=_("Planleggeren regner på %(days)d dager samlet") % {"days": (weeks.after - weeks.first).days},
        value=share,
        maximum=100,
        shown=formats.percent(share / 100, language=page_language()),
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
        window: {int(citizen_id): _counted(*counts) for citizen_id, counts in stored.get(str(window), {}).items()}
        for window in WINDOWS
    }


def _counted(before: int, planned: int, least: int, *often: list[int]) -> Faces:
    return Faces(before, planned, least, *((most, visits) for most, visits in often))


def _now(weeks: WeeksView, faces: dict[int, dict[int, Faces]], family: Family) -> tables.Counts:
    """Different helpers as the lists are now, drafts as well; empty while nothing of the proposal is decided."""
    if not any(line.state in (PartState.DECIDED, PartState.IN_USE) for line in weeks.parts):
        return {}
    meetings = meetings_now(weeks, {citizen_id for each in faces.values() for citizen_id in each}, family=family)
    return {
        window: helpers_of(each for each in meetings if each.on >= weeks.after - timedelta(days=window))
        for window in WINDOWS
    }


def _called_off(weeks: WeeksView) -> str:
    """What somebody who called it off has left, and what better there could have been."""
    if weeks.summary.get("ended") != "cancelled":
        return ""
    asked, reached = weeks.summary.get("parts", (0, 0))
    if reached < asked:
        return _(
            "%(reached)d av %(asked)d lister fikk forslag. De andre er som før, og tallene under regner "
            "ikke med besøkene på dem."
        ) % {"reached": reached, "asked": asked}
    return _("Alle listene fikk forslag. Med mer tid kunne det blitt færre ulike hjelpere.")


def _headline(average: Means, faces: Mapping[int, Faces], now: Mapping[int, int] | None, window: int) -> str:
    if now is not None:
        return _("Listene gir hver bruker i snitt %(count)s ulike hjelpere på %(days)d dager") % {
            "count": tables.decimal(tables.mean_now(faces, now)),
            "days": window,
        }
    return _("Med forslaget møter hver bruker i snitt %(planned)s ulike hjelpere på %(days)d dager") % {
        "planned": tables.decimal(average.planned),
        "days": window,
    }


def _explained(average: Means, window: int, *, decided: bool) -> str:
    said = {
        "before": tables.decimal(average.before),
        "planned": tables.decimal(average.planned),
        "least": tables.decimal(average.least),
        "days": window,
    }
    if decided:
        return (
            _(
                "Forslaget var %(planned)s. De %(days)d dagene før perioden var det %(before)s. Færrest mulig slik "
                "vaktene er, er %(least)s, regnet for én bruker om gangen."
            )
            % said
        )
    return (
        _(
            "De %(days)d dagene før perioden var det %(before)s. Færrest mulig slik vaktene er, er %(least)s, "
            "regnet for én bruker om gangen. Planleggeren foreslår, dere bestemmer."
        )
        % said
    )


def _accept_href(weeks: WeeksView | None, open_parts: Iterable[PartLine]) -> str:
    if weeks is None or not list(open_parts):
        return ""
    return reverse("planning:weeks-accept", args=(weeks.unit_id, weeks.weeks_id))


def _between(first: date, after: date) -> str:
    language = page_language()
    return _("%(first)s til %(last)s") % {
        "first": formats.long_date(first, language).capitalize(),
        "last": formats.long_date(after - timedelta(days=1), language),
    }


def _kinds(parts: Iterable[PartLine]) -> tuple[str, ...]:
    """The parts of the day that there are proposals for, in order."""
    found = {line.shift_kind for line in parts}
    return tuple(kind for kind in PARTS if kind in found)


def _all_taken_in(parts: Iterable[PartLine]) -> bool:
    """Whether there is nothing left to tell day for day: it is said once, under the table."""
    return all(line.state in (PartState.DECIDED, PartState.NOTHING) for line in parts)


def _days(unit_id: int, parts: Iterable[PartLine]) -> tuple[DayLine, ...]:
    language, parts = page_language(), tuple(parts)
    kinds, all_taken_in = _kinds(parts), _all_taken_in(parts)
    by_day: dict[date, dict[str, PartLine]] = {}
    for line in parts:
        by_day.setdefault(line.on, {})[line.shift_kind] = line
    return tuple(
        DayLine(
            name=formats.long_date(on, language).capitalize(),
            short=f"{formats.weekday_short(on, language).capitalize()} {formats.day_and_month(on, language)}",
            cells=tuple(
                _cell(unit_id, lines[kind], told=not all_taken_in) if kind in lines else None for kind in kinds
            ),
        )
        for on, lines in by_day.items()
    )


def _cell(unit_id: int, line: PartLine, *, told: bool) -> PartCell:
    before, after = line.uncovered_before, line.uncovered_after
    return PartCell(
        href=f"{Where(unit_id, line.on, line.shift_kind).href('board')}#forslag",
        shown=f"{before} → {after}" if before != after else str(after),
        said=_("%(before)d uten utfører nå, %(after)d med forslaget") % {"before": before, "after": after},
        of=_("av %(count)d") % {"count": line.visits},
        state=_state(line.state) if told else "",
    )


def _state(state: PartState) -> str:
    return {
        PartState.OPEN: "",
        PartState.DECIDED: _("I utkastet"),
        PartState.NOTHING: _("Ingenting å endre"),
        PartState.CHANGED: _("Listene er endret siden"),
        PartState.IN_USE: _("Listene er i bruk"),
        PartState.REPLACED: _("Nyere forslag finnes"),
    }[state]


def _groups(family: Family, today: date) -> str:
    """Whose lists are planned from another page: a work group's own, or those it shares with its team."""
    if family.is_group:
        group = family.groups[0]
        return _(
            "Her planlegges de egne listene til %(group)s. De felles, %(when)s, planlegges sammen med %(team)s sine."
        ) % {"group": group.name, "when": when_joined(group.joining_on(today)), "team": family.team_name}
    own = [group.name for group in family.groups if group.days.contains(today)]
    if not own:
        return ""
    return _("Felles lister med %(groups)s er med. Deres egne lister planlegges for seg.") % {
        "groups": words.joined(own)
    }


def _notes(weeks: WeeksView, *, listed: bool) -> tuple[str, ...]:
    """What the reader must know to read the numbers right."""
    notes = [
        _(
            "«Før» er de siste dagene før perioden. «Med forslaget» er like mange dager, som slutter med periodens "
            "siste dag. «Færrest mulig» er det vaktene gir rom for, og «når» er hvor nær forslaget kommer: "
            "100 prosent er så få som mulig. Bare besøk som noen får, er talt."
        )
    ]
    if listed:
        notes.append(_("«Listene nå» er slik utkastene og listene i bruk står i dag."))
    if left_out := weeks.summary.get("left_out"):
        notes.append(_("Uten forslag: %(days)s.") % {"days": tables.parts_named(left_out)})
    if unstaffed := weeks.summary.get("unstaffed"):
        notes.append(_("Besøk, men ingen på vakt: %(days)s.") % {"days": tables.parts_named(unstaffed)})
    return tuple(notes)


def _foot(weeks: WeeksView, *, today: date) -> str:
    when = formats.near_moment(weeks.asked_at, today=today, language=page_language())
    asked = _("Bedt om %(when)s. %(what)s.") % {"when": when, "what": words.preset_name(weeks.preset)}
    if any(line.state is PartState.DECIDED for line in weeks.parts) and _all_taken_in(weeks.parts):
        return _("Alt er i utkastet. %(asked)s") % {"asked": asked}
    return asked
