"""therapy/mine.html and therapy/waiting.html: whom a therapist has, and who waits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.care.careplans.queries import evaluations_due
from tillit.care.citizens.queries import briefs
from tillit.care.courses.queries import courses_under_way
from tillit.care.therapy.contexts.words import (
    due_of,
    gone_text,
    nobody_tag,
    priority_tag,
    said_of,
    step_of,
    tabs,
    waited_text,
    when_of,
    why_of,
)
from tillit.care.therapy.models import TherapyGroup
from tillit.care.therapy.permissions import DECIDE_TERMS, READ_CASE
from tillit.care.therapy.queries import (
    CaseLine,
    JointLine,
    cases_of_holder,
    gone,
    groups_of,
    joint_of_therapist,
    latest_words,
    levels_on,
    referred_by_unit,
    unowned_of_group,
    waiting_of_group,
)
from tillit.care.therapy.queries.groups import line_of
from tillit.care.therapy.rules.waiting import Held, Needs, needs, order_of
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import holds, require
from tillit.foundation.organisation.queries import get_unit, names_of, scope_of
from tillit.kernel import oslo
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Content, Crumb, Crumbs, Fact, Facts, ListRow, RowList, Tabs, Tag

#: So long before its day an evaluation, or the end of a course, stands with the case.
NEAR = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Group:
    """Cases that ask for the same."""

    title: str
    id: str
    rows: RowList


@dataclass(frozen=True, slots=True)
class Asked:
    """A team asks her along."""

    text: str
    why: str
    href: str
    answer_href: str


@dataclass(frozen=True, slots=True)
class MinePage:
    """therapy/mine.html."""

    tabs: Tabs
    lead: str
    asked: tuple[Asked, ...]
    groups: tuple[Group, ...]
    joint: RowList | None = field(metadata={"help": "The joint visits to come"})
    waiting_href: str = field(metadata={"help": "To a list of hers; empty: there is none"})


@dataclass(frozen=True, slots=True)
class WaitingPage:
    """therapy/waiting.html."""

    title: str
    tabs: Tabs
    lead: str
    unowned: RowList | None = field(metadata={"help": "Those whose therapist has left or is away"})
    rows: RowList | None
    criteria: Facts
    terms_href: str = field(metadata={"help": "Empty: may not"})


@dataclass(frozen=True, slots=True)
class ReferredPage:
    """therapy/referred.html: what a team has referred, and what came of it."""

    crumbs: Crumbs
    lead: str
    groups: tuple[Group, ...]


def mine_page(*, actor: Actor, at: datetime) -> MinePage:
    """Return whom the signed-in therapist has, what needs her now first. The queries do not grow with the list."""
    today = oslo.day_of(at)
    me = actor.employee_id or 0
    lines = cases_of_holder(me)
    ids = {line.citizen_id for line in lines}
    found = briefs(ids, on=today)
    teams = names_of({unit for brief in found.values() for unit in brief.unit_ids})
    near = _near(ids, today=today)
    words = latest_words([line.case_id for line in lines])
    joint = joint_of_therapist(me, first=today)
    asked = {one.case_id for one in joint if not one.is_agreed}
    held = {
        line.case_id: Held(
            line.priority, line.taken_on or today, line.next_on, near.get(line.citizen_id, (None, ""))[0],
            line.case_id in asked,
        )
        for line in lines
    }  # fmt: skip
    lines = sorted(lines, key=lambda line: (*order_of(held[line.case_id], today=today), line.case_id))
    by: dict[Needs, list[ListRow]] = {one: [] for one in Needs}
    for line in lines:
        said = words.get(line.case_id)
        brief = found[line.citizen_id]
        where = ", ".join(teams[unit] for unit in brief.unit_ids if unit in teams) or _("Uten team")
        since = formats.day_and_month(line.taken_on or today, page_language())
        notes = (
            where,
            _("siden %(day)s") % {"day": since},
            brief.whereabouts_text,
            line.next_step and _("Neste: %(step)s") % {"step": line.next_step},
            near.get(line.citizen_id, (None, ""))[1],
            said_of(said, me=actor.name) if said else "",
        )
        by[needs(held[line.case_id], today=today)].append(
            ListRow(
                title=line.citizen_name,
                more=why_of(line),
                note=" · ".join(filter(None, notes)),
                href=reverse("therapy:case", args=[line.case_id]),
                badges=(priority_tag(line.priority),),
                end=step_of(line, today=today),
            )
        )
    titles = (
        (_("Trenger deg nå"), "na", (Needs.ANSWER, Needs.NO_STEP, Needs.LATE, Needs.TODAY)),
        (_("Den neste uka"), "snart", (Needs.SOON,)),
        (_("Senere"), "senere", (Needs.LATER,)),
    )
    groups = groups_of(actor)
    return MinePage(
        tabs=tabs(actor, groups, here="mine"),
        lead=_mine_lead(len(lines), sum(len(by[one]) for one in titles[0][2])),
        asked=tuple(_asked(one, today=today) for one in joint if not one.is_agreed and not one.is_off),
        groups=tuple(
            Group(title, code, RowList(rows))
            for title, code, which in titles
            if (rows := tuple(row for one in which for row in by[one]))
        ),
        joint=joint_rows([one for one in joint if one.is_agreed], today=today),
        waiting_href=reverse("therapy:waiting", args=[groups[0].group_id]) if groups else "",
    )


def waiting_page(*, actor: Actor, group: TherapyGroup, at: datetime) -> WaitingPage:
    """Return who waits on a list that `get_group` gave, the first deadline first."""
    today = oslo.day_of(at)
    line = line_of(group)
    lines = waiting_of_group(group.pk)
    late = sum(one.due_on < today for one in lines)
    nobodys = unowned_of_group(group.pk, on=today)
    may_decide = holds(actor, DECIDE_TERMS, scope_of(group.unit))
    return WaitingPage(
        title=line.name,
        tabs=tabs(actor, groups_of(actor), here="list", group_id=group.pk),
        lead=_waiting_lead(len(lines), late),
        unowned=unowned_rows(nobodys, today=today),
        rows=RowList(tuple(_waiting_row(one, today=today) for one in lines)) if lines else None,
        criteria=Facts(
            tuple(
                Fact(
                    _("Prioritet %(priority)d: innen %(days)d dager") % {"priority": one.priority, "days": one.days},
                    one.criteria,
                )
                for one in levels_on(group.pk, on=today)
            ),
            column=True,
        ),
        terms_href=reverse("therapy:terms", args=[group.pk]) if may_decide else "",
    )


def referred_page(*, actor: Actor, unit_id: int, at: datetime) -> ReferredPage:
    """Return what a unit has referred. Raises NotFound, NotAllowed."""
    unit = get_unit(actor=actor, unit_id=unit_id)
    require(actor, READ_CASE, scope_of(unit))
    today = oslo.day_of(at)
    lines = referred_by_unit(actor=actor, unit_id=unit.pk, on=today)
    titles = (
        (_("Venter"), "venter", "WAITING"),
        (_("Følges nå"), "folges", "TAKEN"),
        (_("Avsluttet"), "slutt", "CLOSED"),
    )
    return ReferredPage(
        crumbs=Crumbs((Crumb(unit.name), Crumb(_("Henvist til terapeut")))),
        lead=_("Her ser dere hva som skjer med dem dere har henvist."),
        groups=tuple(
            Group(title, code, RowList(rows))
            for title, code, state in titles
            if (rows := tuple(told_row(line, today=today) for line in lines if line.state == state))
        ),
    )


def told_row(line: CaseLine, *, today: date, named: bool = True) -> ListRow:
    """What the one who referred is told: waits until when, who has it and what comes, or how it went."""
    language = page_language()
    end: Content = ""
    if line.state == "WAITING":
        note, end = waited_text(line, today=today), due_of(line, today=today)
    elif line.state == "TAKEN":
        since = formats.short_date(line.taken_on or today, language)
        step = _("Neste: %(step)s") % {"step": line.next_step} if line.next_step else ""
        note = ". ".join(
            filter(None, (_("%(who)s har saken fra %(day)s") % {"who": line.holder_name, "day": since}, step))
        )
        end = formats.deadline_of(line.next_on, today=today, language=language) if line.next_on else ""
    else:
        day = formats.short_date(line.closed_on or today, language)
        note = _("Avsluttet %(day)s: %(result)s") % {"day": day, "result": line.result_name.lower()}
    return ListRow(
        title=line.citizen_name if named else line.profession_name,
        more=why_of(line) if named else "",
        note=" · ".join(filter(None, (line.profession_name if named else "", note))),
        href=reverse("therapy:case", args=[line.case_id]),
        badges=(priority_tag(line.priority),) if line.state == "WAITING" else (),
        end=end,
    )


def unowned_rows(lines: Sequence[CaseLine], *, today: date) -> RowList | None:
    """Return the cases whose therapist does not come, in red, with why nobody has them; None without any."""
    away = gone({line.holder_id for line in lines if line.holder_id}, on=today)
    rows = tuple(
        ListRow(
            title=line.citizen_name,
            more=why_of(line),
            note=" · ".join(
                filter(
                    None,
                    (
                        gone_text(line.holder_name, away[line.holder_id]) if line.holder_id in away else "",
                        _("Neste: %(step)s") % {"step": line.next_step} if line.next_step else "",
                    ),
                )
            ),
            href=reverse("therapy:case", args=[line.case_id]),
            badges=(priority_tag(line.priority),),
            end=nobody_tag(),
        )
        for line in lines
    )
    return RowList(rows) if rows else None


def joint_rows(lines: Sequence[JointLine], *, today: date) -> RowList | None:
    """Return joint visits as rows; None without any."""
    rows = tuple(
        ListRow(
            title=f"{when_of(one, today=today)}: {one.citizen_name}",
            more=one.why,
            note=_("Sammen med %(team)s") % {"team": one.unit_name},
            href=reverse("therapy:case", args=[one.case_id]),
            badges=(Tag(_("Besøket er avlyst"), "danger"),) if one.is_off else (),
        )
        for one in lines
    )
    return RowList(rows) if rows else None


def _waiting_row(line: CaseLine, *, today: date) -> ListRow:
    return ListRow(
        title=line.citizen_name,
        more=why_of(line),
        note=" · ".join(filter(None, (waited_text(line, today=today), line.source_name, line.referred_unit))),
        href=reverse("therapy:case", args=[line.case_id]),
        badges=(priority_tag(line.priority),),
        end=due_of(line, today=today),
    )


def _asked(one: JointLine, *, today: date) -> Asked:
    text = _("%(team)s ber deg være med hos %(name)s %(when)s")
    when = formats.near_moment(one.starts_at, today=today, language=page_language())
    return Asked(
        text=text % {"team": one.unit_name, "name": one.citizen_name, "when": when},
        why=one.why,
        href=reverse("therapy:case", args=[one.case_id]),
        answer_href=reverse("therapy:answer_joint", args=[one.joint_id]),
    )


def _near(citizen_ids: set[int], *, today: date) -> Mapping[int, tuple[date | None, str]]:
    """The nearest evaluation or end of a course of each, when it is near or has passed."""
    found: dict[int, tuple[date | None, str]] = {}
    until = today + NEAR
    days = [
        *(
            (goal.evaluate_on, goal.citizen_id, _("Mål skal evalueres %(day)s"))
            for goal in evaluations_due(citizen_ids=citizen_ids, until=until)
        ),
        *(
            (last_on, citizen_id, _("Hverdagsrehabilitering slutter %(day)s"))
            for citizen_id, last_on in courses_under_way(citizen_ids, until=until)
        ),
    ]
    for day, citizen_id, text in sorted(days):
        found.setdefault(citizen_id, (day, text % {"day": formats.day_and_month(day, page_language())}))
    return found


def _mine_lead(count: int, now: int) -> str:
    if not count:
        return _("Du har ingen saker.")
    text = ngettext("Du følger %(count)d bruker.", "Du følger %(count)d brukere.", count) % {"count": count}
    if not now:
        return text
    return f"{text} " + ngettext("%(now)d trenger deg nå.", "%(now)d trenger deg nå.", now) % {"now": now}


def _waiting_lead(count: int, late: int) -> str:
    if not count:
        return _("Ingen venter.")
    text = ngettext("%(count)d venter.", "%(count)d venter.", count) % {"count": count}
    if not late:
        return text
    return f"{text} " + ngettext("%(late)d er over fristen.", "%(late)d er over fristen.", late) % {"late": late}
