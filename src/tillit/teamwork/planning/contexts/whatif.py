"""planning/whatif.html: «Hva om …?» – a question about one part of one day, and both sides of the answer."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.foundation.access.actor import Actor
from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce import queries as workforce
from tillit.teamwork.planning import queries, words
from tillit.teamwork.planning.contexts.places import Where
from tillit.teamwork.planning.contexts.whatif_answer import Answer, answer_of
from tillit.teamwork.planning.contexts.whatif_words import asked_in_words
from tillit.teamwork.planning.queries import KINDS, TeamDay
from tillit.teamwork.planning.queries.whatif import WhatIfView, neighbours, what_ifs_of
from tillit.teamwork.planning.rules.whatif import Half, Kind, Question, homes_by_street
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Action, DayPicker, Progress, TabLink, ToggleGroup, ToggleLink

SLUGS = {
    Kind.ADD: "en-til",
    Kind.REMOVE: "en-faerre",
    Kind.SHIFT: "vakt",
    Kind.MOVE: "grense",
    Kind.SPLIT: "del",
    Kind.JOIN: "sammen",
}
"""What stands in the address for each question."""
USUAL_HOURS: Mapping[str, tuple[time, time]] = {
    "DAY": (time(7, 30), time(15)),
    "EVENING": (time(14, 30), time(22)),
    "NIGHT": (time(22), time(7, 30)),
}


@dataclass(frozen=True, slots=True)
class Draft:
    """What a form says: the question, and where the citizens it is about live."""

    question: Question
    other_id: int | None = None
    streets: frozenset[str] = frozenset()
    half: Half | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose."""

    value: str
    text: str
    chosen: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question asked before."""

    text: str
    note: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class Form:
    """The chosen question's fields; what a question does not use is empty."""

    ask_href: str
    kind: str
    explained: str
    people: tuple[Choice, ...] = field(metadata={"help": "Who it is about, or whom the new one is like"})
    professions: tuple[Choice, ...]
    asks_hours: bool
    starts: str
    ends: str
    teams: tuple[Choice, ...]
    asks_team: bool
    halves: tuple[Choice, ...]
    streets: tuple[Choice, ...]
    citizens: tuple[Choice, ...]
    helpers: tuple[Choice, ...] = field(metadata={"help": "Who goes with the chosen half of a team"})
    lacks_team: bool = field(metadata={"help": "The question is about two teams, and no other is in reach"})


@dataclass(frozen=True, slots=True)
class WhatIfPage:
    """planning/whatif.html."""

    unit_name: str
    day_name: str
    title: str
    back_href: str
    picker: DayPicker
    kinds: ToggleGroup
    questions: tuple[TabLink, ...]
    form: Form | None = field(metadata={"help": "None when there is nothing to ask about"})
    nothing_title: str
    nothing_text: str
    progress: Progress | None
    has_failed: bool
    was_stopped: bool = field(metadata={"help": "Before there was anything to compare"})
    asked: str = field(metadata={"help": "The question that is answered, or being reckoned, in words"})
    answer: Answer | None
    earlier: tuple[Asked, ...]


def whatif_page(
    *, actor: Actor, unit: Unit, on: date, shift_kind: str, kind: Kind, draft: Draft | None, chosen: int | None
) -> WhatIfPage:
    """Return the page. draft: what a refused form said. chosen: which earlier answer to show; None: the newest.

    Notes the reading of each citizen of the day, and of each one an answer names. Constant number of queries. Callers
    have seen that the actor plans for the unit.
    """
    where = Where(unit.pk, on, shift_kind)
    team_day = queries.team_day(unit=unit, on=on, shift_kind=shift_kind)
    asked = what_ifs_of(actor=actor, unit_id=unit.pk, on=on, shift_kind=shift_kind)
    shown = next((each for each in asked if each.whatif_id == chosen), asked[0] if asked else None)
    teams = neighbours(actor=actor, unit=unit, on=on)
    is_empty = not team_day.day.calls and not team_day.day.workers and not (kind is Kind.JOIN and teams)
    given = _given_names(asked, shown, unit.pk)
    return WhatIfPage(
        unit_name=unit.name,
        day_name=_day_name(where),
        title=_("Hva om …?"),
        back_href=where.href("board"),
        picker=_picker(where, kind),
        kinds=ToggleGroup(
            _("Vakt"),
            tuple(
                ToggleLink(words.kind_name(each), _address(Where(unit.pk, on, each), kind), each == shift_kind)
                for each in KINDS
            ),
        ),
        questions=tuple(TabLink(name_of(each), f"{_address(where, each)}#spor", each is kind) for each in Kind),
        form=None if is_empty else _form(where, team_day, kind, draft or Draft(Question(kind)), teams),
        nothing_title=_("Ingen besøk og ingen på vakt") if is_empty else "",
        nothing_text=_("Velg en annen dag eller en annen del av dagen.") if is_empty else "",
        progress=whatif_progress(shown) if shown is not None and shown.is_working else None,
        has_failed=shown is not None and shown.has_failed,
        was_stopped=shown is not None and not (shown.is_working or shown.has_failed or shown.has_answer),
        asked=asked_in_words(shown.question, given, shown.other_name) if shown is not None else "",
        answer=answer_of(shown, unit_name=unit.name, given=given)
        if shown is not None and shown.has_answer and not shown.is_working
        else None,
        earlier=tuple(
            Asked(
                asked_in_words(each.question, given, each.other_name),
                _("Spurt kl. %(time)s") % {"time": words.clock(each.asked_at)},
                f"{_address(where, each.question.kind)}&svar={each.whatif_id}#svar",
                shown is not None and each.whatif_id == shown.whatif_id,
            )
            for each in asked
        )
        if len(asked) > 1
        else (),
    )


def whatif_progress(shown: WhatIfView) -> Progress:
    """How far the search has come; htmx asks again every two seconds."""
    where = Where(shown.unit_id, shown.on, shown.shift_kind)
    return Progress(
        heading=_("Planleggeren regner på begge sider"),
        value=shown.done,
        maximum=100,
        shown=formats.percent(shown.done / 100, language=page_language()),
        text=_("%(said)s. Du kan gå videre imens. Svaret står her når det er klart.") % {"said": shown.said}
        if shown.said
        else _("Du kan gå videre imens. Svaret står her når det er klart."),
        stop=Action(_("Stopp"), where.href("stop-what-if", shown.whatif_id), post=True, icon="Stop"),
        poll_href=where.href("what-if-progress", shown.whatif_id),
        id="whatif-progress",
    )


def kind_of(slug: str) -> Kind:
    """Return the question an address names; one more at work when it names none."""
    return next((kind for kind, each in SLUGS.items() if each == slug), Kind.ADD)


def name_of(kind: Kind) -> str:
    """Return a question's name on its tab."""
    return {
        Kind.ADD: _("Én til på jobb"),
        Kind.REMOVE: _("Én færre"),
        Kind.SHIFT: _("Andre vakttider"),
        Kind.MOVE: _("Brukere til et annet team"),
        Kind.SPLIT: _("Teamet delt i to"),
        Kind.JOIN: _("To team som ett"),
    }[kind]


def _explained(kind: Kind) -> str:
    return {
        Kind.ADD: _("Hvordan blir dagen med én til på jobb? Ingen av brukerne kjenner henne fra før."),
        Kind.REMOVE: _("Hvordan blir dagen uten en av dem som er på jobb?"),
        Kind.SHIFT: _("Hvordan blir dagen hvis en av dem begynner eller slutter på et annet tidspunkt?"),
        Kind.MOVE: _("Hvordan blir dagen for begge team hvis noen av brukerne får hjelp av det andre teamet?"),
        Kind.SPLIT: _("Hvordan blir dagen hvis teamet er to, med hver sine brukere og hver sine medarbeidere?"),
        Kind.JOIN: _("Hvordan blir dagen hvis to team planlegger sammen, som ett?"),
    }[kind]


def _address(where: Where, kind: Kind) -> str:
    return f"{where.href('what-if')}?sporsmal={SLUGS[kind]}"


def _day_name(where: Where) -> str:
    day = formats.long_date(where.on, page_language()).capitalize()
    return _("%(day)s, %(kind)s") % {"day": day, "kind": words.kind_name(where.shift_kind).lower()}


def _picker(where: Where, kind: Kind) -> DayPicker:
    language = page_language()
    before, after = (Where(where.unit_id, where.on + timedelta(days=step), where.shift_kind) for step in (-1, 1))
    return DayPicker(
        shown=f"{formats.weekday(where.on, language).capitalize()} {formats.short_date(where.on, language)}",
        value=where.on.isoformat(),
        previous_href=_address(before, kind),
        next_href=_address(after, kind),
        action=reverse("planning:go-what-if", args=(where.unit_id, where.shift_kind)),
    )


def _form(where: Where, team_day: TeamDay, kind: Kind, draft: Draft, teams: Sequence[Unit]) -> Form:
    question, day = draft.question, team_day.day
    about_citizens = kind in {Kind.MOVE, Kind.SPLIT}
    starts, ends = USUAL_HOURS[where.shift_kind]
    visits: dict[int, int] = {}
    for call in day.calls:
        visits[call.citizen_id] = visits.get(call.citizen_id, 0) + 1
    workers = sorted(
        (worker for worker in day.worker_by_id.values() if worker.visits),
        key=lambda each: (each.name, each.employee_id),
    )
    people = tuple(
        Choice(
            str(each.employee_id),
            each.name,
            each.employee_id == question.employee_id,
            f"{each.profession}, {formats.period(each.starts_at, each.ends_at, page_language())}",
        )
        for each in workers
    )
    homes = homes_by_street(
        (brief.citizen_id, brief.street)
        for brief in team_day.briefs.values()
        if brief.citizen_id in visits and not brief.address_hidden
    )
    return Form(
        ask_href=where.href("ask-what-if"),
        kind=kind.value,
        explained=_explained(kind),
        people=people if kind in {Kind.ADD, Kind.REMOVE, Kind.SHIFT} else (),
        professions=_professions(question) if kind is Kind.ADD else (),
        asks_hours=kind in {Kind.ADD, Kind.SHIFT},
        starts=(question.starts or starts).isoformat("minutes"),
        ends=(question.ends or ends).isoformat("minutes"),
        asks_team=kind in {Kind.MOVE, Kind.JOIN},
        teams=tuple(Choice(str(each.pk), each.name, each.pk == draft.other_id) for each in teams)
        if kind in {Kind.MOVE, Kind.JOIN}
        else (),
        halves=tuple(Choice(half.value, _half_name(half), half is draft.half) for half in Half)
        if about_citizens
        else (),
        streets=tuple(
            Choice(street, street, street in draft.streets, _citizens(len(there))) for street, there in homes.items()
        )
        if about_citizens
        else (),
        citizens=_citizen_choices(team_day, visits, question.citizen_ids) if about_citizens else (),
        helpers=tuple(
            Choice(each.value, each.text, int(each.value) in question.employee_ids, each.note) for each in people
        )
        if kind is Kind.SPLIT
        else (),
        lacks_team=kind in {Kind.MOVE, Kind.JOIN} and not teams,
    )


def _professions(question: Question) -> tuple[Choice, ...]:
    """What one more can be when she is like nobody at work. The codes are those of actions.whatif.PROFESSIONS."""
    return tuple(
        Choice(code, name, code == (question.profession or ("" if question.employee_id else "NURSE")))
        for code, name in (
            ("NURSE", _("Sykepleier")),
            ("SOCIAL_EDUCATOR", _("Vernepleier")),
            ("HEALTH_WORKER", _("Helsefagarbeider")),
            ("HOME_HELPER", _("Hjemmehjelp")),
        )
    )


def _half_name(half: Half) -> str:
    return {
        Half.NORTH: _("Nordre halvdel"),
        Half.SOUTH: _("Søndre halvdel"),
        Half.EAST: _("Østre halvdel"),
        Half.WEST: _("Vestre halvdel"),
    }[half]


def _citizens(count: int) -> str:
    return ngettext("%(count)d bruker", "%(count)d brukere", count) % {"count": count}


def _citizen_choices(team_day: TeamDay, visits: Mapping[int, int], chosen: Collection[int]) -> tuple[Choice, ...]:
    briefs = sorted(
        (team_day.briefs[each] for each in visits if each in team_day.briefs),
        key=lambda each: (each.sort_name, each.citizen_id),
    )
    return tuple(
        Choice(
            str(each.citizen_id),
            each.name,
            each.citizen_id in chosen,
            _("%(street)s, %(visits)d besøk") % {"street": each.street, "visits": visits[each.citizen_id]}
            if each.street
            else _("%(visits)d besøk") % {"visits": visits[each.citizen_id]},
        )
        for each in briefs
    )


def _given_names(asked: Iterable[WhatIfView], shown: WhatIfView | None, unit_id: int) -> dict[int, str]:
    """Return the given names of everybody a question or the shown answer names, in one query."""
    ids = {each.question.employee_id for each in asked}
    if shown is not None and shown.has_answer:
        ids |= {employee_id for team in shown.answer["after"]["teams"] for employee_id in team["employees"]}
    marks = workforce.marks(employee_ids=sorted(each for each in ids if each), unit_id=unit_id)
    return {employee_id: mark.given_name for employee_id, mark in marks.items()}
