"""therapy/case.html: one case on one page; and the frame around the forms about it."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.citizens.queries import readable, scope_of
from tillit.care.therapy.contexts.instead import Instead
from tillit.care.therapy.contexts.words import due_of, gone_text, priority_tag, waited_text, when_of
from tillit.care.therapy.models import CaseState, TherapyCase
from tillit.care.therapy.permissions import ASK_JOINT, CHANGE_PRIORITY, HAND_OVER, WORK_CASE
from tillit.care.therapy.queries import (
    AHEAD_DAYS,
    MOST_OFFERED,
    CaseLine,
    EventLine,
    GroupLine,
    JointLine,
    all_groups,
    case_line,
    events_of,
    gone,
    heirs,
    is_unowned,
    joint_of_case,
    scope_on_list,
    visits_to_join,
)
from tillit.care.therapy.rules.waiting import PRACTISE_MINUTES, has_time_to_practise
from tillit.care.visits.queries import VisitRow
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import holds
from tillit.foundation.workforce.queries import marks
from tillit.kernel import oslo
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Action, Crumb, Crumbs, Deadline, Fact, Facts, ListRow, Matters, RowList, Tag, Variant


@dataclass(frozen=True, slots=True)
class JointShown:
    """One joint visit, with the ways out of it."""

    text: str
    why: str
    note: str
    answer_href: str = field(metadata={"help": "Empty: not hers to answer"})
    leave_href: str = field(metadata={"help": "Empty: may not"})


@dataclass(frozen=True, slots=True)
class Unowned:
    """She who has the case does not come: what is said, and who can have it after her, in one press each."""

    text: str
    href: str = field(metadata={"help": "Empty: may not give it to anybody"})
    edition: int
    to: tuple[tuple[str, str], ...] = field(metadata={"help": "What is said on each button, and its value"})


@dataclass(frozen=True, slots=True)
class CasePage:
    """therapy/case.html."""

    crumbs: Crumbs
    title: str
    name: str
    note: str
    deadline: Deadline | Tag | None
    tag: Tag
    unowned: Unowned | None
    words: Matters | None
    reason: str
    facts: Facts
    next_step: str
    next_on: Deadline | None
    joint: tuple[JointShown, ...]
    history: RowList
    result: str
    take_href: str = field(metadata={"help": "Empty: nobody can take it, or not she"})
    actions: tuple[Action, ...]
    citizen_href: str = field(metadata={"help": "Empty while she is out of the reader's reach"})
    goals_href: str


@dataclass(frozen=True, slots=True)
class FormPage:
    """therapy/form.html: the frame around a form."""

    crumbs: Crumbs
    title: str
    name: str
    lead: str
    submit: str
    back: str
    autosave: str
    user_id: int
    instead: Instead | None = field(default=None, metadata={"help": "Said in place of a form that could not be sent"})


def case_page(*, actor: Actor, case: TherapyCase, at: datetime) -> CasePage:
    """Return the page of a case that `get_case` gave. The same number of queries for any history."""
    today = oslo.day_of(at)
    line = case_line(case)
    reached = readable(actor, on=today).filter(pk=line.citizen_id).exists()
    citizen_href = reverse("citizens:page", args=[line.citizen_id]) if reached else ""
    listed = scope_on_list(actor, case.group, line.citizen_id)
    is_hers = line.state == CaseState.TAKEN and actor.employee_id is not None and line.holder_id == actor.employee_id
    works = holds(actor, WORK_CASE, listed)
    waits = line.state == CaseState.WAITING
    asks = is_hers or holds(actor, ASK_JOINT, scope_of(line.citizen_id, on=today))
    joint = joint_of_case(line.case_id, on=today)
    language = page_language()
    unowned = _unowned(actor, case, today=today)
    return CasePage(
        crumbs=Crumbs((*((Crumb(line.citizen_name, citizen_href),) if reached else ()), Crumb(line.profession_name))),
        title=line.profession_name,
        name=line.citizen_name,
        note="" if unowned else _stands(line, today=today),
        deadline=due_of(line, today=today) if waits else None,
        tag=priority_tag(line.priority),
        unowned=unowned,
        words=Matters(text=line.own_words, label=_("Det brukeren selv sier"), size="sm") if line.own_words else None,
        reason=line.reason,
        facts=Facts(
            tuple(
                Fact(term, value)
                for term, value in (
                    (_("Liste"), line.group_name),
                    (_("Bedt om av"), line.source_name),
                    (_("Henvist"), _referred(line)),
                    (_("Har saken"), line.holder_name),
                    (_("Fra"), formats.short_date(line.taken_on, language) if line.taken_on else ""),
                )
                if value
            ),
            column=True,
        ),
        next_step=line.next_step,
        next_on=formats.deadline_of(line.next_on, today=today, language=language) if line.next_on else None,
        joint=tuple(_joint(one, is_hers=is_hers, asks=asks, today=today) for one in joint),
        history=RowList(tuple(_event(one, today=today) for one in events_of(line.case_id)), look="timeline"),
        result=line.result_name,
        take_href=reverse("therapy:take", args=[line.case_id]) if waits and works else "",
        actions=_actions(line, is_hers=is_hers, works=works, asks=asks, leads=holds(actor, CHANGE_PRIORITY, listed)),
        citizen_href=citizen_href,
        goals_href=reverse("evaluations:citizen", args=[line.citizen_id]) if reached else "",
    )


def _unowned(actor: Actor, case: TherapyCase, *, today: date) -> Unowned | None:
    """What is said when she who has the case does not come, with the ways out for the one in charge."""
    if case.holder is None or not TherapyCase.objects.filter(is_unowned(today), pk=case.pk).exists():
        return None
    listed = scope_on_list(actor, case.group, case.citizen_id)
    near = scope_of(case.citizen_id, on=today).paths
    may = holds(actor, HAND_OVER, Scope((*listed.paths, *near), case.citizen_id))
    others = heirs(case, on=today) if may else []
    others.sort(key=lambda one: one.employee_id != actor.employee_id)  # oneself first; the order else stands
    to = [
        (_("Ta saken") if one.employee_id == actor.employee_id else _("Gi til %(who)s") % {"who": one.name},
         str(one.employee_id))
        for one in others[:MOST_OFFERED]
    ]  # fmt: skip
    return Unowned(
        text=gone_text(case.holder.name, gone((case.holder.pk,), on=today)[case.holder.pk]),
        href=reverse("therapy:hand_over", args=[case.pk]) if may else "",
        edition=case.edition,
        to=(*to, (_("Legg på ventelista"), "")),
    )


def form_page(
    *,
    actor: Actor,
    case: TherapyCase,
    title: str,
    submit: str,
    code: str,
    lead: str = "",
    instead: Instead | None = None,
) -> FormPage:
    """Return the frame around a form about a case that `get_case` gave. instead: said in place of the form."""
    back = reverse("therapy:case", args=[case.pk])
    profession = case.group.get_profession_display()
    return FormPage(
        crumbs=Crumbs((Crumb(profession, back), Crumb(title))),
        title=title,
        name=case.citizen.name,
        lead="" if instead else lead,
        submit=submit,
        back=back,
        autosave=f"terapi-{code}-{case.pk}",
        user_id=actor.user_id or 0,
        instead=instead,
    )


def visit_choices(case: TherapyCase, *, at: datetime) -> list[tuple[str, list[tuple[int, str]]]]:
    """Return the visits a therapist may join, as one chooses among them: those with time to practise stand first."""
    if case.holder_id is None:
        return []
    rows = visits_to_join(citizen_id=case.citizen_id, therapist_id=case.holder_id, at=at)
    people = marks(employee_ids={helper for row in rows for helper in row.helper_ids})
    names = {one: mark.name for one, mark in people.items()}
    long_ones: list[tuple[int, str]] = []
    short: list[tuple[int, str]] = []
    for row in rows:
        into = long_ones if has_time_to_practise(row.minutes) else short
        into.append((row.visit_id, _visit_text(row, names, today=oslo.day_of(at))))
    groups = [
        (_("Besøk på minst %(minutes)d minutter") % {"minutes": PRACTISE_MINUTES}, long_ones),
        (_("Kortere besøk"), short),
    ]
    return [(heading, some) for heading, some in groups if some]


def no_visit() -> Instead:
    """What to do when nothing fits."""
    text = _("Teamet har ingen besøk de neste %(days)d dagene. Be teamet legge til et besøk, så kan du bli med på det.")
    return Instead(_("Ingen planlagte besøk passer"), text % {"days": AHEAD_DAYS}, status=200)


def groups_for(citizen_id: int, *, on: date) -> list[GroupLine]:
    """Return the lists a citizen may be put on: those of where she lives, else every one."""
    paths = scope_of(citizen_id, on=on).paths
    groups = all_groups(on=on)
    near = [one for one in groups if any(path.startswith(one.path) for path in paths)]
    return near or groups


def _visit_text(row: VisitRow, names: dict[int, str], *, today: date) -> str:
    when = formats.near_moment(row.sort_at, today=today, language=page_language())
    who = ", ".join(names[helper] for helper in row.helper_ids if helper in names) or _("ingen hjelper ennå")
    return f"{when[:1].upper()}{when[1:]}, {row.title}, {row.minutes} min ({who})"


def _stands(line: CaseLine, *, today: date) -> str:
    if line.state == CaseState.WAITING:
        return waited_text(line, today=today)
    if line.state == CaseState.TAKEN:
        return _("%(who)s har saken") % {"who": line.holder_name}
    return _("Avsluttet %(day)s") % {"day": formats.short_date(line.closed_on or today, page_language())}


def _referred(line: CaseLine) -> str:
    day = formats.short_date(line.referred_on, page_language())
    return ", ".join(filter(None, (day, line.referred_by, line.referred_unit)))


def _joint(one: JointLine, *, is_hers: bool, asks: bool, today: date) -> JointShown:
    note = _("Sammen med %(team)s") % {"team": one.unit_name}
    if one.is_off:
        note = _("Besøket er avlyst. Velg et annet.")
    elif not one.is_agreed:
        note = _("%(who)s har spurt. Venter på svar fra %(therapist)s.") % {
            "who": one.asked_by or one.unit_name, "therapist": one.therapist_name,
        }  # fmt: skip
    answers = is_hers and not one.is_agreed
    return JointShown(
        text=when_of(one, today=today),
        why=one.why,
        note=note,
        answer_href=reverse("therapy:answer_joint", args=[one.joint_id]) if answers else "",
        leave_href=reverse("therapy:leave_joint", args=[one.joint_id]) if asks and not answers else "",
    )


def _event(one: EventLine, *, today: date) -> ListRow:
    titles = {"PRIORITY": _("Prioriteten ble %(priority)d"), "REFERRED": _("Henvist med prioritet %(priority)d")}
    title = titles.get(one.kind, one.kind_name) % {"priority": one.priority}
    when = formats.near_moment(one.at, today=today, language=page_language())
    words = "" if one.kind == "REFERRED" else one.words  # it stands above
    return ListRow(title=title, more=words, note=f"{one.by_name}, {when}")


def _actions(line: CaseLine, *, is_hers: bool, works: bool, asks: bool, leads: bool) -> tuple[Action, ...]:
    found: list[Action] = []

    def add(label: str, name: str) -> None:
        first = is_hers and not found
        variant: Variant = "primary" if first else "secondary"
        found.append(Action(label, reverse(name, args=[line.case_id]), variant=variant, tight=True))

    waits = line.state == CaseState.WAITING
    if is_hers:
        add(_("Skriv i saken"), "therapy:write")
    elif waits and works:
        add(_("Skriv tiltak imens"), "therapy:write")
    if asks and line.state == CaseState.TAKEN:
        add(_("Samarbeidsbesøk"), "therapy:join")
    if leads and line.state != CaseState.CLOSED:
        add(_("Endre prioritet"), "therapy:priority")
    if is_hers:
        add(_("Gi tilbake"), "therapy:give_back")
    if is_hers or (waits and works):
        add(_("Avslutt"), "therapy:close")
    return tuple(found)
