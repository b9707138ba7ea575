"""citizen/page.html: the whole picture of one citizen on one page."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.careplans import queries as plans
from tillit.care.careplans.permissions import WRITE_PLAN
from tillit.care.citizens import permissions as citizen_permissions
from tillit.care.citizens import queries as citizens
from tillit.care.needs import queries as needs
from tillit.care.needs.permissions import HOLD_CONVERSATION
from tillit.care.visits import queries as visits
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import holds
from tillit.foundation.workforce.queries import marks
from tillit.kernel import oslo
from tillit.pages.citizen.contexts import goals as goal_contexts
from tillit.pages.citizen.contexts.goals import ShownGoal
from tillit.pages.citizen.contexts.matters import conversation_action, draft_note, matters_of
from tillit.pages.citizen.contexts.people import alert_of, missing_responsible, own_people, responsible, tel, wishes_of
from tillit.pages.citizen.contexts.strip import STRIP_DAYS, WhoComes, who_comes
from tillit.pages.citizen.contexts.timeline import timeline
from tillit.pages.citizen.contexts.week import Week, week
from tillit.pages.citizen.contexts.words import joined, language
from tillit.ui import formats
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
    show_code: bool


@dataclass(frozen=True, slots=True)
class Away:
    """She is not at home, or will not be."""

    title: str
    text: str
    now: bool


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
    matters: Matters
    conversation: Action | None = field(metadata={"help": "Start one, or go on with the draft"})
    draft_note: str = field(metadata={"help": "Who is writing a draft; empty without one"})
    goals_title: str
    goals: tuple[ShownGoal, ...]
    who_title: str
    who: WhoComes | None
    week: Week
    has_plan: bool
    has_draft_plan: bool
    interventions: DataTable | None
    responsible: tuple[Person, ...]
    missing_responsible: tuple[str, ...]
    own_title: str
    own: RowList | None
    wishes: RowList | None
    last_days: RowList | None
    way_in: str
    key_note: str
    practical: str
    has_code: bool
    units: str
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
    brief = citizens.briefs((citizen.pk,), on=today, at=at)[citizen.pk]
    around = citizens.around(citizen.pk, on=today, at=at)
    scope = around.scope(citizen.pk, on=today)
    words = needs.newest_words((citizen.pk,)).get(citizen.pk)
    conversations = needs.list_conversations(citizen.pk)
    goal_lines = plans.goals_in_use((citizen.pk,)).get(citizen.pk, [])
    plan_lines = plans.plan_lines(citizen.pk)
    shown_monday = monday or today - timedelta(days=today.weekday())
    first = min(shown_monday, today - timedelta(days=LAST_DAYS))
    after = max(shown_monday + timedelta(days=7), today + timedelta(days=1))
    rows = visits.visits_of_citizen(citizen.pk, first=first, after=after)
    recent = [row.visit_id for row in rows if today - timedelta(days=LAST_DAYS) <= row.on <= today]
    month = visits.strip(citizen.pk, first=today - visits.CONTINUITY_REACH, after=today + timedelta(days=1))
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
    may = May(
        adjust_plan=holds(actor, WRITE_PLAN, scope),
        hold_conversation=holds(actor, HOLD_CONVERSATION, scope),
        name_responsible=holds(actor, citizen_permissions.NAME_RESPONSIBLE, scope),
        change_network=holds(actor, citizen_permissions.CHANGE_NETWORK, scope),
        change_wishes=holds(actor, citizen_permissions.CHANGE_WISHES, scope),
        change_alerts=holds(actor, citizen_permissions.CHANGE_ALERTS, scope),
        change_whereabouts=holds(actor, citizen_permissions.CHANGE_WHEREABOUTS, scope),
        change_home=holds(actor, citizen_permissions.CHANGE_HOME, scope),
        change_following=holds(actor, citizen_permissions.CHANGE_FOLLOWING, scope),
        show_code=holds(actor, citizen_permissions.SHOW_DOOR_CODE, scope),
    )
    draft = next((line for line in conversations if line.state == needs.ConversationState.DRAFT), None)
    return CitizenPage(
        citizen_id=citizen.pk,
        name=brief.name,
        first_name=brief.first_name,
        age=_("%(age)d år") % {"age": brief.age} if brief.age is not None else "",
        crumbs=Crumbs((Crumb(_("Brukere"), reverse("citizens:list")), Crumb(brief.name))),
        address=joined([joined([brief.street, brief.floor], between=", "), _town(brief)], between=", "),
        phone=brief.phone,
        phone_href=tel(brief.phone),
        facts=_facts(brief),
        alerts=tuple(alert_of(row) for row in around.alerts),
        away=tuple(_away(line, at=at, today=today) for line in around.away),
        matters=matters_of(brief.first_name, words, conversations, today=today),
        conversation=conversation_action(citizen.pk, has_draft=draft is not None, asked=words is not None)
        if may.hold_conversation
        else None,
        draft_note=draft_note(draft, today=today),
        goals_title=_("Målene til %(name)s") % {"name": brief.first_name},
        goals=goal_contexts.goals(
            goal_lines, visits.goal_trends((citizen.pk,), until=today + timedelta(days=1)), seen, today=today
        ),
        who_title=_("Hvem kommer hjem til %(name)s") % {"name": brief.first_name},
        who=who_comes(strip, continuity, seen, today=today, has_primary=brief.primary_contact_id is not None),
        week=week(rows, seen, citizen_id=citizen.pk, first_name=brief.first_name, monday=shown_monday, today=today),
        has_plan=any(line.valid_to is None for line in plan_lines),
        has_draft_plan=plans.draft_of(citizen.pk) is not None,
        interventions=goal_contexts.interventions(plans.interventions_in_use(citizen.pk), goal_lines),
        responsible=responsible(around, seen),
        missing_responsible=missing_responsible(around),
        own_title=_("Folk rundt %(name)s") % {"name": brief.first_name},
        own=own_people(around),
        wishes=wishes_of(around),
        last_days=timeline(
            follow_ups=visits.follow_ups_since(
                citizen.pk, since=oslo.moment(today - timedelta(days=LAST_DAYS), time(0))
            ),
            reports=visits.newest_reports(recent),
            conversations=conversations,
            plans=plan_lines,
            today=today,
            since=today - timedelta(days=LAST_DAYS),
        ),
        way_in=brief.way_in,
        key_note=brief.key_note,
        practical=brief.practical,
        has_code=brief.has_code,
        units=", ".join(
            joined([line.unit_name, line.part], between=": ") for line in around.followings if line.valid_from <= today
        ),
        may=may,
    )


def citizen_week(*, actor: Actor, citizen_id: int, at: datetime, monday: date) -> Week:
    """Return one week alone, for htmx. Raises NotFound out of reach."""
    today = oslo.day_of(at)
    citizen = citizens.get_citizen(actor=actor, citizen_id=citizen_id, at=at)
    rows = visits.visits_of_citizen(citizen.pk, first=monday, after=monday + timedelta(days=7))
    units = citizens.unit_ids_of((citizen.pk,), on=today)[citizen.pk]
    seen = marks(
        employee_ids={helper for row in rows for helper in row.helper_ids}, unit_id=units[0] if units else None
    )
    return week(rows, seen, citizen_id=citizen.pk, first_name=citizen.first_name, monday=monday, today=today)


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


def _away(line: citizens.AwayLine, *, at: datetime, today: date) -> Away:
    now = line.from_at <= at
    when = formats.near_moment(line.from_at, today=today, language=language())
    until = formats.near_moment(line.to_at, today=today, language=language()) if line.to_at else ""
    sentences = [_("Siden %(when)s.") % {"when": when} if now else _("Fra %(when)s.") % {"when": when}]
    if until:
        sentences.append(_("Kommer hjem %(when)s.") % {"when": until})
    if line.next_step:
        sentences.append(line.next_step)
    return Away(title=joined([line.kind_name, line.place], between=", "), text=" ".join(sentences), now=now)
