"""observations/watch.html: what is not as usual, what it asks for, who has it, and what was done."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.forms import Form
from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.citizens.queries import briefs, last_scope_of
from tillit.care.observations.contexts.asked import TONES, Call, calls_of, lines_of, title_of
from tillit.care.observations.contexts.measured import breakdown, checks_table, sums_chart, told
from tillit.care.observations.contexts.usual import usual_lines
from tillit.care.observations.models import Ending, Watch
from tillit.care.observations.permissions import JUDGE_WATCH
from tillit.care.observations.queries import ObservationLine, WatchLine, line_of, observations_of, phone_of, usual_of
from tillit.care.observations.rules.reaction import Act, reaction
from tillit.care.observations.words import WHY
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import holds
from tillit.foundation.workforce import queries as workforce
from tillit.kernel import oslo
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Choices, DataTable, HelperMark, LineChart, Person, RowList


@dataclass(frozen=True, slots=True)
class Step:
    """What somebody wrote on the way."""

    who: str
    when: str
    text: str


@dataclass(frozen=True, slots=True)
class WatchPage:
    """observations/watch.html."""

    watch_id: int
    citizen_id: int
    name: str
    first_name: str
    history_href: str
    check_href: str
    is_open: bool
    tone: str = field(metadata={"help": "danger, warning or info"})
    title: str = field(metadata={"help": "What is done first: «Ring 113 nå»"})
    lines: tuple[str, ...]
    calls: tuple[Call, ...]
    ambulance_href: str = field(metadata={"help": "The sheet for the crew, when 113 is the answer; else empty"})
    score: str = field(metadata={"help": "The sum in words, with what is missing"})
    deadline: str = field(metadata={"help": "Until when somebody answers, and measures again"})
    is_late: bool
    told: str = field(metadata={"help": "Who was told that it is late, and when; empty: nobody yet"})
    owner: Person | None = field(metadata={"help": "None: nobody has it"})
    owner_text: str
    may_take: bool
    usual: tuple[str, ...]
    newest: RowList | None
    chart: LineChart | None
    earlier: DataTable | None
    steps: tuple[Step, ...]
    form_steps: Choices
    closed: str
    answer: str
    autosave: str
    saved_key: str
    user_id: int


def judges(actor: Actor, watch: Watch, *, now: datetime) -> bool:
    """Whether it is the actor's to say that it is over, and how long it may wait."""
    return holds(actor, JUDGE_WATCH, last_scope_of(watch.citizen_id, on=oslo.day_of(now)))


def watch_page(*, actor: Actor, row: Watch, form: Form, now: datetime, saved_key: str) -> WatchPage:
    """Return the page of what the actor reaches (`get_watch`)."""
    today, line = oslo.day_of(now), line_of(row)
    brief = briefs([row.citizen_id], on=today, at=now)[row.citizen_id]
    seen = observations_of(row.citizen_id, watch_id=row.pk)
    checks = [one for one in seen if one.level]
    newest = checks[0] if checks else None
    asked = reaction(row.level, consciousness=newest.measured.consciousness if newest else "")
    is_open = row.closed_at is None
    is_mine, nurse = line.owner_id is not None and line.owner_id == actor.employee_id, judges(actor, row, now=now)
    marks = workforce.marks(employee_ids=[one for one in (line.owner_id, line.closed_by_id) if one is not None])
    owner, closer = marks.get(line.owner_id or 0), marks.get(line.closed_by_id or 0)
    return WatchPage(
        watch_id=row.pk,
        citizen_id=row.citizen_id,
        name=brief.name,
        first_name=brief.first_name,
        history_href=reverse("observations:citizen", args=[row.citizen_id]),
        check_href=reverse("observations:check", args=[row.citizen_id]),
        is_open=is_open,
        tone=TONES[asked.act] if line.due.act_by is not None or asked.act is Act.WATCH else "info",
        title=title_of(asked.act, brief.first_name, answered=line.due.act_by is None, is_mine=is_mine and nurse),
        lines=lines_of(asked.act, brief.first_name, answered=line.due.act_by is None, is_mine=is_mine and nurse),
        calls=calls_of(asked.act, owner.given_name if owner and not is_mine else "", phone_of(line.owner_id))
        if is_open
        else (),
        ambulance_href=reverse("citizens:ambulance", args=[row.citizen_id])
        if is_open and asked.act is Act.CALL_113
        else "",
        score=told(newest) if newest else "",
        deadline=_deadline(line.due.act_by, line.due.check_by, today=today),
        is_late=line.is_late(now),
        told=_told(line, today=today),
        owner=Person(
            HelperMark(owner.initials, owner.name, owner.colour, "temp" if owner.is_temp else ""),
            str(WHY.get(line.why, "")),
        )
        if owner
        else None,
        owner_text=_("Det er du som følger opp.")
        if is_mine
        else ""
        if owner
        else _("Ingen på jobb har denne nå. Hele teamet ser den på teamtavla. Ring selv, og ta den."),
        may_take=is_open and not is_mine and actor.employee_id is not None,
        usual=usual_lines(usual_of(row.citizen_id)),
        newest=breakdown(newest) if newest else None,
        chart=sums_chart(checks, identity="poeng", today=today),
        earlier=checks_table(checks, today=today) if len(checks) > 1 else None,
        steps=tuple(_step(one, today=today) for one in reversed(seen) if one.words),
        form_steps=Choices.of(form["step"]),
        closed=_("%(how)s. Lukket %(when)s av %(who)s.")
        % {
            "how": str(Ending(line.ending).label) if line.ending else _("Fjernet"),
            "when": formats.near_moment(line.closed_at, today=today, language=page_language()),
            "who": closer.name if closer else "",
        }
        if line.closed_at is not None
        else "",
        answer=line.answer,
        autosave=f"watch-{row.pk}",
        saved_key=saved_key,
        user_id=actor.user_id or 0,
    )


def _deadline(act_by: datetime | None, check_by: datetime, *, today: date) -> str:
    again = _("Ny måling innen %(when)s.") % {
        "when": formats.near_moment(check_by, today=today, language=page_language())
    }
    if act_by is None:
        return again
    answer = _("Svar innen %(when)s.") % {"when": formats.near_moment(act_by, today=today, language=page_language())}
    return f"{answer} {again}"


def _told(line: WatchLine, *, today: date) -> str:
    """Who has been told that it is late, and that it goes on."""
    said = []
    for at, name in ((line.reminded_at, line.reminded_name), (line.raised_at, line.raised_name)):
        if at is not None:
            when = formats.near_moment(at, today=today, language=page_language())
            said.append(_("%(name)s fikk beskjed %(when)s.") % {"name": name or _("Teamet"), "when": when})
    return " ".join(said)


def _step(line: ObservationLine, *, today: date) -> Step:
    when = formats.near_moment(line.seen_at, today=today, language=page_language())
    return Step(line.told_by_name, when, line.words)
