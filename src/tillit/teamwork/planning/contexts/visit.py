"""planning/visit.html: one visit on the lists – who has it, who could take it, and what one can do."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.care.visits.models import CancelledBy
from tillit.foundation.access.actor import Actor
from tillit.foundation.organisation.models import Unit
from tillit.kernel.errors import NotFound
from tillit.teamwork.planning import queries, words
from tillit.teamwork.planning.contexts.places import Where, mark_of, names_of, where_of
from tillit.teamwork.planning.contexts.why import WhyAnswer, answer
from tillit.teamwork.planning.queries import TeamDay
from tillit.teamwork.planning.rules import candidates, objections
from tillit.teamwork.planning.rules.candidates import Candidate
from tillit.teamwork.planning.rules.presets import Preset
from tillit.teamwork.planning.words import Names
from tillit.ui.parts import HelperMark

_NOT_BY_ALLOCATOR = ("PLAN",)
NURSE_LEVEL = 2
"""Who is scarce enough for it to be said that a visit asks for less."""


@dataclass(frozen=True, slots=True)
class Line:
    """Something for or against, in words."""

    text: str
    sign: str = field(metadata={"help": "plus, minus"})
    icon: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody who could take the visit, at the time that suits best; or who cannot, and why."""

    employee_id: int
    mark: HelperMark
    name: str
    start: str = field(metadata={"help": "«09.15»"})
    start_value: str = field(metadata={"help": "As the form sends it: 2026-11-24T09:15"})
    lines: tuple[Line, ...]
    refused: bool
    asks: bool = field(metadata={"help": "Whether the planner can be asked about her: at work, and not at the office"})


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who has the visit now."""

    employee_id: int
    mark: HelperMark
    name: str
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CancelChoice:
    """Who cancels."""

    value: str
    text: str


@dataclass(frozen=True, slots=True)
class Cancelling:
    """What was typed to cancel with, when it lacked something."""

    by: str = ""
    reason: str = ""
    fault: str = field(default="", metadata={"help": "What is wrong with who cancels"})

    @classmethod
    def of(cls, by: str, reason: str, refused: str) -> "Cancelling":
        """What was typed; the refusal belongs to who cancels when nobody we know does."""
        known = by in CancelledBy.values and by not in _NOT_BY_ALLOCATOR
        return cls(by, reason, "" if known else refused)


@dataclass(frozen=True, slots=True)
class VisitPage:
    """planning/visit.html, as a page of its own or in the sheet under the board."""

    visit_id: int
    citizen_id: int
    citizen_name: str
    address: str
    group: str = field(metadata={"help": "The work group whose visit it is, on lists the team shares with it"})
    time: str = field(metadata={"help": "«09.15–09.45»; empty when nobody has it"})
    length: str
    window: str
    wished: str
    needs: str
    tasks: tuple[str, ...]
    helpers: int
    missing: int
    holders: tuple[Holder, ...]
    half: int = field(metadata={"help": "Whose half was pressed: employee id, 0 for the half nobody has"})
    half_name: str
    choices: tuple[Choice, ...]
    impossible: tuple[Choice, ...]
    edition: int
    start_value: str
    is_locked: bool
    is_done: bool
    is_cancelled: bool
    may_allocate: bool
    why: tuple[str, ...] = field(metadata={"help": "The engine's explanation of this helper at this time"})
    cancel_choices: tuple[CancelChoice, ...]
    give_href: str
    lock_href: str
    cancel_href: str
    board_href: str
    show_href: str
    asks_nobody: bool = field(metadata={"help": "Whether one may ask why nobody has it"})
    answer: WhyAnswer | None = field(metadata={"help": "What was asked: why her, why not her, why nobody"})
    no_answer: str = field(metadata={"help": "Why there is none to what was asked; empty otherwise"})
    text: str = field(default="", metadata={"help": "A refusal to show on top"})


def visit_page(
    *,
    actor: Actor,
    unit: Unit,
    where: Where,
    visit_id: int,
    half: int,
    now: datetime,
    text: str = "",
    about: int | None = None,
) -> VisitPage:
    """Return the page; nobody is offered at a time before `now`. Raises NotFound for a visit not on these lists.

    about: the colleague one asks about; 0 asks why nobody has it.
    """
    team_day = queries.team_day(unit=unit, on=where.on, shift_kind=where.shift_kind)
    row = team_day.visits.get(visit_id)
    if row is None:
        raise NotFound(_("Besøket står ikke på denne lista."))
    names = names_of(team_day)
    day, head = team_day.day, team_day.head
    brief = team_day.briefs.get(row.citizen_id)
    call = day.call_by_id.get(visit_id)
    rows = day.rows_of_visit.get(visit_id, ())
    start = day.starts_at(visit_id) if call else row.sort_at
    ranked = candidates.rank(day, visit_id, now=now) if call else ()
    have = {each.employee_id for each in rows}
    choices = tuple(_choice(each, team_day, names) for each in ranked if each.employee_id not in have)
    may = queries.may_allocate(actor=actor, unit=unit, on=where.on)
    proposal = queries.newest_proposal(head.lists_id)
    whys: dict[str, Any] = dict(proposal.result.get("why", {})) if proposal else {}
    holder = half if half in have else None
    told = None
    if about is not None:
        preset = proposal.preset if proposal else Preset.KNOWN_FACES.value
        told = answer(team_day, names, visit_id=visit_id, holder_id=holder, about=about, now=now, preset=preset)
    return VisitPage(
        visit_id=visit_id,
        citizen_id=row.citizen_id,
        citizen_name=brief.name if brief else "",
        address=", ".join(part for part in (brief.street, brief.floor) if part) if brief else "",
        group=team_day.group_of(visit_id),
        time=f"{words.clock(start)}–{words.clock(start + call.length)}" if rows and call else "",
        length=words.minutes(row.minutes),
        window=f"{words.clock(row.earliest_at)}–{words.clock(row.latest_at)}",
        wished=words.clock(row.wished_at) if row.wished_at else "",
        needs=names.competence([*row.needs, *([f"LEVEL:{row.level}"] if row.level else [])]),
        tasks=row.task_titles,
        helpers=row.helpers,
        missing=day.missing(visit_id) if call else 0,
        holders=tuple(
            Holder(
                each.employee_id,
                mark_of(day.worker_by_id[each.employee_id]),
                day.worker_by_id[each.employee_id].name,
                tuple(
                    words.objection(found, names)
                    for found in objections.against(
                        day, visit_id=visit_id, employee_id=each.employee_id, starts_at=each.starts_at
                    )
                ),
            )
            for each in rows
        ),
        half=half if half in have else 0,
        half_name=names.person(half) if half in have else "",
        choices=tuple(choice for choice in choices if not choice.refused),
        impossible=tuple(choice for choice in choices if choice.refused),
        edition=head.edition,
        start_value=words.datetime_field(start.isoformat()),
        is_locked=any(each.is_locked for each in rows),
        is_done=row.state == "DONE",
        is_cancelled=row.state == "CANCELLED",
        may_allocate=may and call is not None and row.state == "PLANNED",
        why=_why(whys, visit_id, half, start, proposal.result if proposal else {}, names),
        cancel_choices=tuple(
            CancelChoice(str(value), str(label))
            for value, label in CancelledBy.choices
            if value not in _NOT_BY_ALLOCATOR
        ),
        give_href=where_of(team_day).href("give", visit_id),
        lock_href=where_of(team_day).href("lock", visit_id),
        cancel_href=where_of(team_day).href("cancel", visit_id),
        board_href=where_of(team_day).href("board"),
        show_href=where_of(team_day).href("visit", visit_id),
        asks_nobody=call is not None and bool(day.missing(visit_id)) and row.state != "CANCELLED",
        answer=told,
        no_answer=_("Det er ikke noe svar: besøket er i gang, eller medarbeideren kan ikke få besøk i dag.")
        if about is not None and told is None
        else "",
        text=text,
    )


def _choice(each: Candidate, team_day: TeamDay, names: Names) -> Choice:
    worker = team_day.day.worker_by_id[each.employee_id]
    lines: list[Line] = []
    if each.is_primary:
        lines.append(_plus(_("Primærkontakt")))
    lines.append(_plus(words.known(each.known)) if each.known else _minus(words.known(0)))
    lines += [_minus(words.objection(found, names)) for found in each.objections if found.refuses or not each.refused]
    if each.levels_above and worker.level >= NURSE_LEVEL:
        lines.append(_minus(_("Har mer utdanning enn besøket krever")))
    if each.added_way:
        lines.append(_minus(_("%(time)s lengre vei") % {"time": words.minutes(each.added_way)}))
    if each.refused:
        lines = [line for line in lines if line.sign == "minus" and line.text != words.known(0)]
    return Choice(
        employee_id=each.employee_id,
        mark=mark_of(worker),
        name=worker.name,
        start=words.clock(each.starts_at),
        start_value=words.datetime_field(each.starts_at.isoformat()),
        lines=tuple(lines),
        refused=each.refused,
        asks=worker.visits,
    )


def _plus(text: str) -> Line:
    return Line(text, "plus", "PlusCircleFill")


def _minus(text: str) -> Line:
    return Line(text, "minus", "MinusCircle")


def _why(
    whys: dict[str, Any], visit_id: int, half: int, start: datetime, result: dict[str, Any], names: Names
) -> tuple[str, ...]:
    """The engine's explanation, when the visit stands as it proposed."""
    stored = whys.get(f"{visit_id}:{half}")
    if stored is None:
        return ()
    proposed = [row for row in result.get("rows", ()) if (int(row[0]), int(row[1])) == (visit_id, half)]
    if not proposed or datetime.fromisoformat(str(proposed[0][2])) != start:
        return ()
    who = names.person(half)
    said = []
    if stored["is_primary"]:
        said.append(_("%(who)s er primærkontakt.") % {"who": who})
    if stored["known"]:
        better = int(stored["better_known"])
        if not better:
            said.append(_("Ingen på jobb som kan ta besøket, er bedre kjent enn %(who)s.") % {"who": who})
        else:
            said.append(
                ngettext(
                    "Én på jobb er bedre kjent, men passer dårligere ellers.",
                    "%(count)d på jobb er bedre kjent, men passer dårligere ellers.",
                    better,
                )
                % {"count": better}
            )
    if because := words.because(stored, names):
        said.append(because)
    for alternative in stored["alternatives"][:2]:
        worse = words.deltas(alternative["deltas"])
        said.append(
            _("Med %(who)s kl. %(time)s: %(what)s.")
            % {
                "who": names.person(alternative["employee"]),
                "time": words.clock(alternative["start"]),
                "what": worse or _("omtrent like bra"),
            }
        )
    return tuple(said)
