"""«Det som mangler»: what the board counts and what nobody has done yet, one by one, for the team or for one."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.care.careplans import queries as careplans
from tillit.care.citizens import queries as citizens
from tillit.care.citizens.queries import CitizenBrief
from tillit.care.journal import queries as journal
from tillit.care.journal.permissions import COUNTERSIGN
from tillit.care.notices.contexts.words import cut, whose_text
from tillit.care.notices.queries import open_notices
from tillit.care.visits.models import ChangeKind
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import holds_anywhere
from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce import queries as workforce
from tillit.kernel import oslo
from tillit.pages.teamboard.contexts import waiting
from tillit.pages.teamboard.contexts.nobodys import Found, stays_found, therapy_found
from tillit.pages.teamboard.contexts.not_as_usual import whose_watch
from tillit.pages.teamboard.rules import Lack, Lacking, for_one, in_order, whose_turn
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import ListRow, RowList, ToggleGroup, ToggleLink

#: In the address: what is one's own turn.
MINE = "meg"


@dataclass(frozen=True, slots=True)
class Group:
    """One sort of thing that waits. `anchor` is where the board's row leads."""

    anchor: str
    title: str
    rows: RowList
    nothing: str


@dataclass(frozen=True, slots=True)
class EverythingPage:
    """teamboard/everything.html."""

    unit_id: int
    unit_name: str
    lead: str
    whose: ToggleGroup = field(metadata={"help": "The team's, or one's own"})
    groups: tuple[Group, ...]
    nothing: str = field(metadata={"help": "Said when no group is shown"})


def everything_page(*, actor: Actor, unit: Unit, now: datetime, mine: bool) -> EverythingPage:
    """Return all that waits for a unit the actor reaches, in a constant number of queries.

    mine: only what is her turn. Notes the reading of those who are named.
    """
    found = _found(actor, unit, now=now)
    hers = {id(one) for one in for_one((one.lacking for one in found), actor.employee_id)}
    own = [one for one in found if id(one.lacking) in hers]
    shown = own if mine else found
    here = reverse("teamboard:everything", args=(unit.pk,))
    late = sum(one.lacking.is_late(oslo.day_of(now)) for one in shown)
    return EverythingPage(
        unit.pk,
        unit.name,
        lead=ngettext("%(count)d er over fristen.", "%(count)d er over fristen.", late) % {"count": late}
        if late
        else _("Ingenting er over fristen."),
        whose=ToggleGroup(
            _("Hvem det venter på"),
            (
                ToggleLink(_("Hele teamet (%(count)d)") % {"count": len(found)}, here, current=not mine),
                ToggleLink(_("Meg (%(count)d)") % {"count": len(own)}, f"{here}?for={MINE}", current=mine),
            ),
        ),
        groups=_groups(shown, mine=mine),
        nothing=_("Ingenting venter på deg. Se hele teamet.") if mine else "",
    )


def _found(actor: Actor, unit: Unit, *, now: datetime) -> list[Found]:
    on, language = oslo.day_of(now), page_language()
    asked = waiting.ask(unit_id=unit.pk, on=on, at=now)
    no_goal = careplans.without_goal(asked.citizen_ids)
    since = citizens.followed_since(asked.citizen_ids, on=on)
    notices = open_notices(unit_ids=(unit.pk,), at=now)
    briefs = citizens.briefs(asked.named | set(asked.without_plan) | no_goal.keys() | _rest(asked), on=on)
    people = {
        *(one.responsible_id for one in asked.evaluations),
        *(brief.service_responsible_id for brief in briefs.values()),
        *(brief.primary_contact_id for brief in briefs.values()),
    }
    names = {pk: one.name for pk, one in workforce.marks(employee_ids={pk for pk in people if pk}).items()}

    def whose(employee_id: int | None) -> str:
        if employee_id is None:
            return _("ingen har ansvaret")
        return _("din tur") if employee_id == actor.employee_id else names.get(employee_id, "")

    def answers_for(citizen_id: int) -> int | None:
        brief = briefs.get(citizen_id)
        return whose_turn(brief.service_responsible_id, brief.primary_contact_id) if brief else None

    found = [
        Found(
            Lacking(Lack.NOT_AS_USUAL, one.watch_id, one.citizen_id, one.owner_id, oslo.day_of(one.opened_at),
                    _last_day(one.due.first)),
            title=_name(briefs, one.citizen_id),
            words=whose_watch(one),
            href=reverse("observations:watch", args=(one.watch_id,)),
            whose=_("din tur") if one.owner_id == actor.employee_id else one.owner_name or _("ingen har ansvaret"),
            end=formats.deadline_at(one.due.first, now=now, by_the_clock=True, language=language),
        )
        for one in asked.watches
    ]  # fmt: skip
    away = [line for line in asked.stays if line.citizen_id in briefs]
    found += stays_found(away, unit_id=unit.pk, whose=whose, answers_for=answers_for, now=now)
    therapy = [line for line in asked.therapy if line.citizen_id in briefs]
    found += therapy_found(therapy, leads=_leads(unit, asked, on=on), on=on)
    found += [
        Found(
            Lacking(Lack.CHANGE, one.follow_up_id, one.citizen_id, one.owner_id, oslo.day_of(one.told_at),
                    _last_day(one.due_at)),
            title=_name(briefs, one.citizen_id),
            words=one.words or str(ChangeKind(one.kind).label),
            href=reverse("myday:follow_up", args=(one.follow_up_id,)),
            whose=_("din tur") if one.owner_id == actor.employee_id else one.owner_name or _("ingen har ansvaret"),
            end=waiting.due(one, now=now),
        )
        for one in asked.follow_ups
    ]  # fmt: skip
    found += [
        Found(
            Lacking(Lack.NOTICE, line.notice_id, line.citizen_id, line.whose.employee_id,
                    oslo.day_of(line.written_at), _last_day(line.due_at)),
            title=line.citizen_name or _("Om noe i teamet"),
            words=cut(line.text),
            href=reverse("notices:show", args=(line.notice_id,)),
            whose=whose_text(line, employee_id=actor.employee_id),
            end=formats.deadline_at(line.due_at, now=now, language=language),
        )
        for line in notices
    ]  # fmt: skip
    found += [
        Found(
            Lacking(Lack.EVALUATION, one.goal_id, one.citizen_id,
                    whose_turn(one.responsible_id, answers_for(one.citizen_id)), None, one.evaluate_on),
            title=_name(briefs, one.citizen_id),
            words=_("«%(goal)s»") % {"goal": one.words},
            href=reverse("evaluations:evaluate", args=(one.citizen_id, one.goal_id)),
            whose=whose(whose_turn(one.responsible_id, answers_for(one.citizen_id))),
            end=formats.deadline_of(one.evaluate_on, today=on, language=language),
        )
        for one in asked.evaluations
    ]  # fmt: skip
    found += _unsigned(actor, asked, now=now)
    found += [
        Found(
            Lacking(Lack.NEW, citizen_id, citizen_id, None, since.get(citizen_id)),
            title=briefs[citizen_id].name,
            words=_lacks(briefs[citizen_id], citizen_id in asked.without_words),
            href=reverse("citizens:page", args=(citizen_id,)),
            whose="",
        )
        for citizen_id in asked.newcomers
        if citizen_id in briefs
    ]
    found += [
        Found(
            Lacking(Lack.NO_PLAN, citizen_id, citizen_id, answers_for(citizen_id), since.get(citizen_id)),
            title=_name(briefs, citizen_id),
            words="",
            href=reverse("careplans:plan_edit", args=(citizen_id,)),
            whose=whose(answers_for(citizen_id)),
        )
        for citizen_id in asked.without_plan
    ]
    found += [
        Found(
            Lacking(Lack.NO_GOAL, citizen_id, citizen_id, answers_for(citizen_id), oslo.day_of(used_at)),
            title=_name(briefs, citizen_id),
            words="",
            href=reverse("careplans:plan_edit", args=(citizen_id,)),
            whose=whose(answers_for(citizen_id)),
        )
        for citizen_id, used_at in no_goal.items()
    ]
    found += [
        Found(
            Lacking(Lack.PLAN_UNIT, one.citizen_id, one.citizen_id, answers_for(one.citizen_id), None),
            title=_name(briefs, one.citizen_id),
            words=_("%(team)s følger ikke brukeren lenger. Vi gjør det de hadde.") % {"team": one.unit_name},
            href=reverse("careplans:plan_edit", args=(one.citizen_id,)),
            whose=whose(answers_for(one.citizen_id)),
        )
        for one in asked.without_unit
    ]
    places = {id(one): place for place, one in enumerate(in_order(one.lacking for one in found))}
    return sorted(found, key=lambda one: places[id(one.lacking)])


def _rest(asked: waiting.Asked) -> set[int]:
    away = {line.citizen_id for line in asked.stays} | {line.citizen_id for line in asked.therapy}
    return set(asked.newcomers) | {one.citizen_id for one in asked.without_unit} | away


def _leads(unit: Unit, asked: waiting.Asked, *, on: date) -> int | None:
    """Whoever leads the unit: hers is what nobody has. No query when there is nothing such."""
    leaders = workforce.leaders_of((unit.pk,), on=on).get(unit.pk, ()) if asked.therapy else ()
    return next((one.employee_id for one in leaders), None)


def _unsigned(actor: Actor, asked: waiting.Asked, *, now: datetime) -> list[Found]:
    """Her own drafts, and what she may countersign: of others' drafts nobody is told."""
    lines = journal.drafts_of(actor=actor, at=now)
    if holds_anywhere(actor, COUNTERSIGN):
        lines += journal.waiting_for(actor=actor, at=now)
    followed = frozenset(asked.citizen_ids)
    return [
        Found(
            Lacking(Lack.SIGNATURE, line.number, line.citizen_id, actor.employee_id, oslo.day_of(line.at)),
            title=line.citizen_name,
            words=cut(line.text),
            href=reverse("journal:draft", args=(line.number,)) if line.draft else reverse("journal:waiting"),
            whose=_("utkastet ditt") if line.draft else _("skrevet av %(name)s") % {"name": line.author_name},
        )
        for line in lines
        if line.citizen_id in followed
    ]


def _groups(shown: list[Found], *, mine: bool) -> tuple[Group, ...]:
    """The groups; those that are always there say so when they are empty, but not in one's own list."""
    kinds = (
        (Lack.NOT_AS_USUAL, "ikke-som-vanlig", _("Ikke som vanlig"), ""),
        (Lack.STAY, "ikke-hjemme", _("Ikke hjemme: noen må ta tak"), ""),
        (Lack.THERAPY, "terapi", _("Ergo- og fysioterapi: ingen har saken"), ""),
        (Lack.CHANGE, "endringer", _("Endringer å følge opp"), _("Ingen åpne endringer.")),
        (Lack.NOTICE, "beskjeder", _("Beskjeder uten svar"), _("Ingen beskjeder venter på svar.")),
        (Lack.EVALUATION, "mal", _("Mål å evaluere"), _("Ingen mål å evaluere de neste to ukene.")),
        (Lack.SIGNATURE, "signering", _("Notater å signere"), ""),
        (Lack.NEW, "nye", _("Nye brukere"), _("Ingen nye brukere de siste fire ukene.")),
        (Lack.NO_PLAN, "uten-plan", _("Brukere uten tiltaksplan"), _("Alle har en tiltaksplan.")),
        (Lack.NO_GOAL, "uten-mal", _("Planer uten mål"), _("Alle planer har et mål.")),
        (Lack.PLAN_UNIT, "planer", _("Planer å justere"), ""),
    )
    found = []
    for lack, anchor, title, nothing in kinds:
        rows = tuple(
            ListRow(
                title=one.title,
                more=one.words,
                note=_note(one),
                href=one.href,
                end=one.end,
            )
            for one in shown
            if one.lacking.lack is lack
        )
        if rows or (nothing and not mine):
            found.append(Group(anchor, title, RowList(rows), nothing))
    return tuple(found)


def _last_day(due_at: datetime) -> date:
    """The day a moment belongs to: midnight to the day it ends."""
    return oslo.day_of(due_at - timedelta(seconds=1))


def _note(one: Found) -> str:
    said = " · ".join(part for part in (one.whose, _since(one.lacking)) if part)
    return said[:1].upper() + said[1:]


def _since(one: Lacking) -> str:
    if one.since is None:
        return ""
    return _("siden %(day)s") % {"day": formats.short_date(one.since, page_language())}


def _name(briefs: dict[int, CitizenBrief], citizen_id: int) -> str:
    found = briefs.get(citizen_id)
    return found.name if found else _("En bruker som ikke følges lenger")


def _lacks(brief: CitizenBrief, no_words: bool) -> str:
    lacking = []
    if brief.primary_contact_id is None:
        lacking.append(_("Mangler primærkontakt."))
    if no_words:
        lacking.append(_("Mangler samtale om hva som er viktig."))
    return " ".join(lacking) or _("Alt er på plass.")
