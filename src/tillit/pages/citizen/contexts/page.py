"""citizen/page.html: the whole picture of one citizen on one page."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.careplans import queries as plans
from tillit.care.careplans.contexts.adjusting import AdjustPlan, adjust_part
from tillit.care.careplans.permissions import WRITE_PLAN
from tillit.care.citizens import permissions as citizen_permissions
from tillit.care.citizens import queries as citizens
from tillit.care.citizens.actions import may_make_ambulance_sheet
from tillit.care.citizens.contexts.handover import citizen_line
from tillit.care.citizens.contexts.questions import citizen_rows
from tillit.care.citizens.models import Citizen
from tillit.care.citizens.queries.handover import open_handover_of
from tillit.care.citizens.queries.questions import questions_of_citizen
from tillit.care.consents.permissions import RECORD_CONSENT
from tillit.care.courses.permissions import WRITE_COURSE
from tillit.care.decisions.contexts.on_citizen import OnCitizen, part_on_citizen
from tillit.care.journal import queries as journal
from tillit.care.journal.models import EntryKind
from tillit.care.journal.permissions import WRITE_NOTE
from tillit.care.needs import queries as needs
from tillit.care.needs.permissions import HOLD_CONVERSATION
from tillit.care.observations.queries import open_watch_of
from tillit.care.therapy.contexts.mine import told_row
from tillit.care.therapy.permissions import REFER
from tillit.care.therapy.queries import cases_of_citizen
from tillit.care.visits import queries as visits
from tillit.exchange.person.permissions import EXPORT_PERSON
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import SHOW_LOOKUPS, holds
from tillit.foundation.workforce.queries import marks
from tillit.kernel import oslo
from tillit.pages.citizen.contexts import goals as goal_contexts
from tillit.pages.citizen.contexts.changed import NotAsUsual, not_as_usual
from tillit.pages.citizen.contexts.goals import ShownGoal
from tillit.pages.citizen.contexts.happened import health
from tillit.pages.citizen.contexts.happened import plans as plan_happenings
from tillit.pages.citizen.contexts.last_days import last_days
from tillit.pages.citizen.contexts.matters import conversation_action, draft_note, matters_of
from tillit.pages.citizen.contexts.people import alert_of, missing_responsible, own_people, responsible, tel, wishes_of
from tillit.pages.citizen.contexts.plan import PlanDoors, plan_doors
from tillit.pages.citizen.contexts.strip import STRIP_DAYS, WhoComes, who_comes
from tillit.pages.citizen.contexts.week import Week, week
from tillit.pages.citizen.contexts.words import died, died_of, joined, unit_names
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import (
    Action,
    Crumb,
    Crumbs,
    DataTable,
    Matters,
    Person,
    RowList,
    Tag,
)

LAST_DAYS = 14


@dataclass(frozen=True, slots=True)
class May:
    """What the reader may do on this page."""

    adjust_plan: bool
    hold_conversation: bool
    name_responsible: bool
    change_network: bool
    change_wishes: bool
    change_alerts: bool
    change_whereabouts: bool
    change_home: bool
    change_following: bool
    offer_handover: bool
    ask_competence: bool
    show_code: bool
    show_lookups: bool
    record_consent: bool
    take_out: bool
    read_journal: bool
    write_note: bool
    begin_course: bool
    refer: bool
    end_help: bool


@dataclass(frozen=True, slots=True)
class Away:
    """She is not at home, or will not be."""

    title: str
    text: str
    now: bool
    href: str = field(metadata={"help": "The stay, with what is done about it; empty when it is ahead"})


@dataclass(frozen=True, slots=True)
class Ended:
    """All help has ended, or will: said quietly at the top."""

    title: str
    text: str
    change: str = field(metadata={"help": "What the link says; empty: the reader may not"})
    change_href: str


@dataclass(frozen=True, slots=True)
class CitizenPage:
    """citizen/page.html."""

    citizen_id: int
    name: str
    first_name: str
    age: str
    crumbs: Crumbs
    address: str
    phone: str
    phone_href: str
    facts: tuple[str, ...] = field(metadata={"help": "Lives alone, language, interpreter"})
    alerts: tuple[Tag, ...]
    away: tuple[Away, ...]
    not_as_usual: NotAsUsual | None
    matters: Matters
    ambulance: Action | None = field(metadata={"help": "To the sheet for a crew; None: she may not"})
    conversation: Action | None = field(metadata={"help": "Start one, or go on with the draft"})
    draft_note: str = field(metadata={"help": "Who is writing a draft; empty without one"})
    goals_title: str
    goals: tuple[ShownGoal, ...]
    who_title: str
    who: WhoComes | None
    week: Week
    has_plan: bool
    plan: PlanDoors | None = field(metadata={"help": "None: the reader writes no plans here"})
    interventions: DataTable | None
    adjust: AdjustPlan | None = field(metadata={"help": "Steps within the frame for what we do, when one holds"})
    responsible: tuple[Person, ...]
    missing_responsible: tuple[str, ...]
    between: RowList | None = field(metadata={"help": "Hand-overs and questions that wait for an answer"})
    own_title: str
    own: RowList | None
    cases: OnCitizen | None = field(metadata={"help": "None: the reader sees no cases"})
    wishes: RowList | None
    last_days: RowList | None
    way_in: str
    key_note: str
    practical: str
    has_code: bool
    units: str
    ended: Ended | None = field(metadata={"help": "She is dead, or all help has ended or will"})
    may: May


@dataclass(frozen=True, slots=True)
class DoorCode:
    """citizen/page.html#code: the code, after a press that was logged."""

    citizen_id: int
    code: str


def citizen_page(*, actor: Actor, citizen_id: int, at: datetime, monday: date | None = None) -> CitizenPage:
    """Return the page about one citizen, in a number of queries that does not grow with what there is to show.

    monday: the week to show; without it the week of `at` (aware UTC). Raises NotFound out of reach.
    """
    today = oslo.day_of(at)
    citizen = citizens.get_citizen(actor=actor, citizen_id=citizen_id, at=at)
    around = citizens.around(citizen.pk, on=today, at=at)
    brief = citizens.brief_of(citizen, around, on=today, at=at)
    scope = around.scope(citizen.pk, on=today)
    carrying = plans.carrying_of(citizen.pk, brief.first_name, today=today)
    words = needs.newest_words((citizen.pk,)).get(citizen.pk)
    conversations = needs.list_conversations(citizen.pk)
    goal_lines = plans.goals_in_use((citizen.pk,)).get(citizen.pk, [])
    all_plans = plans.plans_of(citizen.pk)
    shown_monday = monday or today - timedelta(days=today.weekday())
    first = min(shown_monday, today - visits.CONTINUITY_REACH)
    after = max(shown_monday + timedelta(days=7), today + timedelta(days=1))
    rows = visits.visits_of_citizen(citizen.pk, first=first, after=after)
    month = [one for one in visits.strip_from(rows, first=today - visits.CONTINUITY_REACH) if one.on <= today]
    strip = [visit for visit in month if visit.on > today - timedelta(days=STRIP_DAYS)]
    continuity = visits.continuity_from(month, until=today, primary_id=brief.primary_contact_id)
    seen = marks(
        employee_ids={
            *(helper for visit in strip for helper in visit.helper_ids),
            *(helper for row in rows for helper in row.helper_ids),
            *(line.employee_id for line in around.responsibles),
            *(line.responsible_id for line in goal_lines if line.responsible_id is not None),
        },
        unit_id=brief.unit_ids[0] if brief.unit_ids else None,
    )
    end = citizens.end_in_force(citizen.pk)
    has_ended = end is not None or citizen.died_on is not None or not scope.paths
    last_scope = citizens.last_scope_of(citizen.pk, on=today) if has_ended else scope
    if citizen.died_on is not None:
        scope = Scope((), citizen.pk)  # the team reads till midnight; there is nothing more to plan or ask
    may = May(
        adjust_plan=holds(actor, WRITE_PLAN, scope),
        hold_conversation=holds(actor, HOLD_CONVERSATION, scope),
        name_responsible=holds(actor, citizen_permissions.NAME_RESPONSIBLE, scope),
        change_network=holds(actor, citizen_permissions.CHANGE_NETWORK, scope),
        change_wishes=holds(actor, citizen_permissions.CHANGE_WISHES, scope),
        change_alerts=holds(actor, citizen_permissions.CHANGE_ALERTS, scope),
        change_whereabouts=holds(actor, citizen_permissions.CHANGE_WHEREABOUTS, scope),
        change_home=not brief.address_hidden and holds(actor, citizen_permissions.CHANGE_HOME, scope),
        change_following=holds(actor, citizen_permissions.CHANGE_FOLLOWING, scope),
        offer_handover=holds(actor, citizen_permissions.OFFER_HANDOVER, scope),
        ask_competence=holds(actor, citizen_permissions.ASK_COMPETENCE, scope),
        show_code=holds(actor, citizen_permissions.SHOW_DOOR_CODE, scope),
        show_lookups=holds(actor, SHOW_LOOKUPS, scope),
        record_consent=holds(actor, RECORD_CONSENT, scope),
        take_out=holds(actor, EXPORT_PERSON, scope),
        read_journal=journal.reads_journal(actor, last_scope),
        write_note=holds(actor, WRITE_NOTE, last_scope),
        begin_course=holds(actor, WRITE_COURSE, scope),
        refer=holds(actor, REFER, scope),
        end_help=citizen.died_on is None and end is None and holds(actor, citizen_permissions.END_HELP, scope),
    )
    has_plan = all_plans.in_use is not None
    in_use = plans.interventions_in_use(citizen.pk)
    adjust = adjust_part(
        actor=actor,
        citizen_id=citizen.pk,
        scope=scope,
        back="bruker",
        today=today,
        interventions=in_use,
        notes=goal_contexts.notes(in_use, goal_lines, carrying),
        with_recent=False,
    )
    draft = next((line for line in conversations if line.state == needs.ConversationState.DRAFT), None)
    return CitizenPage(
        citizen_id=citizen.pk,
        name=brief.name,
        first_name=brief.first_name,
        age=joined([_("%(age)d år") % {"age": brief.age} if brief.age is not None else "", died_of(brief)]),
        crumbs=Crumbs((Crumb(_("Brukere"), reverse("citizens:list")), Crumb(brief.name))),
        address=joined([joined([brief.street, brief.floor], between=", "), _town(brief)], between=", "),
        phone=brief.phone,
        phone_href=tel(brief.phone),
        facts=_facts(brief),
        alerts=tuple(alert_of(row) for row in around.alerts),
        away=tuple(
            _away(line, unit_id=_unit_of(actor, around, on=today), at=at, today=today)
            for line in around.away
            if citizen.died_on is None
        ),
        not_as_usual=not_as_usual(open_watch_of(citizen.pk), today=today),
        matters=matters_of(brief.first_name, words, conversations, today=today),
        ambulance=Action(
            label=_("Til ambulansen"),
            href=reverse("citizens:ambulance", args=[citizen.pk]),
            post=True,
            icon="FirstAid",
            variant="tertiary",
        )
        if may_make_ambulance_sheet(actor, scope)
        else None,
        conversation=conversation_action(citizen.pk, has_draft=draft is not None, asked=words is not None)
        if may.hold_conversation
        else None,
        draft_note=draft_note(draft, today=today),
        goals_title=_("Målene til %(name)s") % {"name": brief.first_name},
        goals=goal_contexts.goals(
            goal_lines, visits.goal_trends((citizen.pk,), until=today + timedelta(days=1)), seen, today=today
        ),
        who_title=_("Hvem kommer hjem til %(name)s") % {"name": brief.first_name},
        who=who_comes(
            strip,
            continuity,
            seen,
            today=today,
            has_primary=brief.primary_contact_id is not None,
            units=unit_names(carrying.followers, (visit.unit_id for visit in strip)),
        ),
        week=week(
            rows,
            seen,
            citizen_id=citizen.pk,
            first_name=brief.first_name,
            monday=shown_monday,
            today=today,
            followers=carrying.followers,
        ),
        has_plan=has_plan,
        plan=plan_doors(
            citizen.pk,
            has_plan=has_plan,
            has_draft=all_plans.draft is not None,
            has_goals=bool(goal_lines),
            asked=words is not None or not may.hold_conversation,
            adjusts_here=adjust is not None,
        )
        if may.adjust_plan
        else None,
        interventions=goal_contexts.interventions(in_use, goal_lines, carrying),
        adjust=adjust,
        responsible=responsible(around, seen),
        missing_responsible=missing_responsible(around),
        between=_between(citizen, today=today),
        own_title=_("Folk rundt %(name)s") % {"name": brief.first_name},
        own=own_people(around),
        cases=part_on_citizen(actor=actor, citizen_id=citizen.pk, scope=scope, on=today),
        wishes=wishes_of(around),
        last_days=_last_days(
            citizen.pk, rows, conversations, all_plans.lines, reads_journal=may.read_journal, today=today
        ),
        way_in=brief.way_in,
        key_note=brief.key_note,
        practical=brief.practical,
        has_code=brief.has_code,
        units=", ".join(
            joined([line.unit_name, line.part], between=": ") for line in around.followings if line.valid_from <= today
        ),
        ended=_ended(actor, brief, end, last_scope, today=today) if has_ended else None,
        may=may,
    )


def _last_days(
    citizen_id: int,
    rows: Sequence[visits.VisitRow],
    conversations: Sequence[needs.ConversationLine],
    versions: Sequence[plans.PlanLine],
    *,
    reads_journal: bool,
    today: date,
) -> RowList | None:
    """The timeline's last days, with what was written of visits. The health record is for those who read it."""
    if not reads_journal:
        return None
    first = today - timedelta(days=LAST_DAYS)
    since = oslo.moment(first, time(0))
    said = visits.newest_reports([row.visit_id for row in rows if first <= row.on <= today])
    pegs = journal.pegs_of_rows(EntryKind.REPORT, [one.report_id for one in said.values() if one.note])
    found = [
        *plan_happenings.plans(versions),
        *plan_happenings.conversations(conversations),
        *health.changes(visits.follow_ups_since(citizen_id, since=since)),
        *health.reports(said.values(), pegs),
        *health.notes((note.happened_at, note) for note in journal.notes_since(citizen_id, since=since)),
    ]
    return last_days(found, today=today, since=first)


def citizen_week(*, actor: Actor, citizen_id: int, at: datetime, monday: date) -> Week:
    """Return one week alone, for htmx. Raises NotFound out of reach."""
    today = oslo.day_of(at)
    citizen = citizens.get_citizen(actor=actor, citizen_id=citizen_id, at=at)
    rows = visits.visits_of_citizen(citizen.pk, first=monday, after=monday + timedelta(days=7))
    followers = citizens.followers_of((citizen.pk,))[citizen.pk]
    main = followers.main(today)
    seen = marks(
        employee_ids={helper for row in rows for helper in row.helper_ids}, unit_id=main.unit_id if main else None
    )
    return week(
        rows,
        seen,
        citizen_id=citizen.pk,
        first_name=citizen.first_name,
        monday=monday,
        today=today,
        followers=followers,
    )


def _ended(
    actor: Actor, brief: citizens.CitizenBrief, end: citizens.EndLine | None, scope: Scope, *, today: date
) -> Ended:
    said = ""
    if end is not None:
        who = joined([end.ended_by_name, formats.near_moment(end.ended_at, today=today, language=page_language())])
        said = _("Skrevet inn av %(who)s.") % {"who": who} if end.ended_by_name else ""
    if brief.died_on is not None:
        may = holds(actor, citizen_permissions.REGISTER_DEATH, scope)
        return Ended(
            title=died(brief.died_on),
            text=joined([_("Besøkene er avlyst, og planen er avsluttet."), said], between=" "),
            change=_("Rett") if may else "",
            change_href=reverse("citizens:death", args=[brief.citizen_id]),
        )
    may = holds(actor, citizen_permissions.END_HELP, scope)
    ahead = end is not None and end.ends_on > today
    last = formats.long_date(end.ends_on - timedelta(days=1), page_language(), year=True) if end else ""
    sentence = _("Siste dag med hjelp: %(day)s.") % {"day": last} if last else _("Ingen team følger brukeren nå.")
    return Ended(
        title=_("Hjelpen avsluttes") if ahead else _("Hjelpen er avsluttet"),
        text=joined([sentence, said], between=" "),
        change=(_("La hjelpen fortsette") if ahead else _("Ta opp igjen")) if may else "",
        change_href=reverse("citizens:resume_help", args=[brief.citizen_id]),
    )


def _town(brief: citizens.CitizenBrief) -> str:
    return joined([brief.postal_code, brief.place], between=" ") if not brief.street else ""


def _facts(brief: citizens.CitizenBrief) -> tuple[str, ...]:
    found = []
    if brief.lives_alone is not None:
        found.append(_("Bor alene") if brief.lives_alone else _("Bor sammen med noen"))
    if brief.language:
        found.append(_("Snakker %(language)s") % {"language": brief.language})
    if brief.needs_interpreter:
        found.append(_("Trenger tolk"))
    return tuple(found)


def _unit_of(actor: Actor, around: citizens.Around, *, on: date) -> int | None:
    """A unit that follows her and the actor reads in: whose list she stands on."""
    reached = (
        line.unit_id
        for line in around.followings
        if line.valid_from <= on and holds(actor, citizen_permissions.READ_CITIZEN, Scope((line.unit_path,)))
    )
    return next(reached, None)


def _away(line: citizens.AwayLine, *, unit_id: int | None, at: datetime, today: date) -> Away:
    now = line.from_at <= at
    when = formats.near_moment(line.from_at, today=today, language=page_language())
    until = formats.near_moment(line.to_at, today=today, language=page_language()) if line.to_at else ""
    sentences = [_("Siden %(when)s.") % {"when": when} if now else _("Fra %(when)s.") % {"when": when}]
    if until:
        sentences.append(_("Kommer hjem %(when)s.") % {"when": until})
    if line.next_step:
        sentences.append(line.next_step)
    return Away(title=joined([line.kind_name, line.place], between=", "), text=" ".join(sentences), now=now,
                href=reverse("stays:show", args=[unit_id, line.away_id]) if now and unit_id else "")  # fmt: skip


def _between(citizen: Citizen, *, today: date) -> RowList | None:
    """What waits with others: a hand-over (R07), questions (R17), and therapists' cases with what came of them."""
    handover = citizen_line(citizen, open_handover_of(citizen.pk), today=today)
    asked = citizen_rows(questions_of_citizen(citizen.pk), today=today)
    referred = tuple(told_row(line, today=today, named=False) for line in cases_of_citizen(citizen.pk, on=today))
    rows = ((handover,) if handover else ()) + (asked.rows if asked else ()) + referred
    return RowList(rows) if rows else None
