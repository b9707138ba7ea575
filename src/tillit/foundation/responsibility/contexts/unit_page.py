"""A unit's own page: its people, areas, meetings, duties and model."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import holds
from tillit.foundation.organisation.models import Unit, UnitKind, UnitPurpose
from tillit.foundation.organisation.permissions import DRAW_AREA, EDIT_UNIT
from tillit.foundation.organisation.queries import (
    TEAM_KINDS,
    AreaShown,
    MeetingLine,
    areas_shown,
    chain_of,
    meetings_of,
    scope_of,
    see_unit,
    units_below,
)
from tillit.foundation.responsibility.contexts.joining_page import joined_fact
from tillit.foundation.responsibility.contexts.model_history import EnactedEntry
from tillit.foundation.responsibility.contexts.organisation_page import area_map, people
from tillit.foundation.responsibility.contexts.unit_model import ComingModel, model_story
from tillit.foundation.responsibility.contexts.words import DUTY_ICONS, weekdays_in_words
from tillit.foundation.responsibility.permissions import FOLLOW_MODEL
from tillit.foundation.responsibility.queries import (
    FollowedModel,
    duties_today,
    followed_models,
)
from tillit.foundation.workforce.marks import mark_part
from tillit.foundation.workforce.permissions import GIVE_LOGIN, SEE_SHIFTS
from tillit.foundation.workforce.queries import MemberLine, leaders_of, marks, members_with_positions
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import (
    Column,
    Crumb,
    Crumbs,
    DataTable,
    Duty,
    Fact,
    Facts,
    ListRow,
    Map,
    Person,
    RowList,
    TableRow,
)


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One area in the list."""

    area_id: int
    name: str
    what: str
    since: date


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """One fixed meeting in the list."""

    meeting_id: int
    name: str
    when: str


@dataclass(frozen=True, slots=True)
class UnitPage:
    """responsibility/unit.html: one unit."""

    unit_id: int
    name: str
    lead: str
    crumbs: Crumbs
    is_team: bool = field(metadata={"help": "Has duties and shifts of its own"})
    works: bool = field(metadata={"help": "People work here: has members, areas and meetings of its own"})
    sees_shifts: bool
    members: DataTable | None
    member_count: str
    duties: RowList | None
    has_gap: bool
    areas: tuple[AreaRow, ...]
    map: Map | None
    meetings: tuple[MeetingRow, ...]
    facts: Facts
    below: RowList | None
    model_name: str = field(metadata={"help": "Empty: nobody has chosen"})
    model_since: date | None
    model_from_above: str = field(metadata={"help": "Name of the unit that chose for it, when that is not itself"})
    model_href: str
    coming: tuple[ComingModel, ...] = field(metadata={"help": "What is decided for later"})
    enacted: EnactedEntry | None = field(
        metadata={"help": "How the model it follows came into force, when that was asked"}
    )
    choose_href: str = field(metadata={"help": "Empty unless the reader may change it"})
    joining_href: str = field(metadata={"help": "Where a work group's shared lists are decided; else empty"})
    may_edit: bool
    may_draw: bool
    gives_logins: bool


def unit_page(*, actor: Actor, unit_id: int, on: date) -> UnitPage:
    """Return the page of one unit in a constant number of queries. Open to all who work in the municipality.

    Members' names, positions and phones are for colleagues; absences are not here.
    """
    unit = see_unit(actor=actor, unit_id=unit_id)
    scope = scope_of(unit)
    chain = chain_of(unit)
    is_team = unit.kind in TEAM_KINDS
    leaders = leaders_of([unit.pk], on=on)
    members = members_with_positions(unit_id=unit.pk, on=on)
    areas = areas_shown(on=on, unit_ids=[unit.pk])
    below = units_below(unit, on=on)
    followed = followed_models(on=on, units=[unit]).get(unit.pk)
    duties, has_gap = _duties(unit, on) if is_team else (None, False)
    may_follow = holds(actor, FOLLOW_MODEL, scope)
    coming, enacted = model_story(unit, followed, on=on, decides=may_follow)
    return UnitPage(
        unit_id=unit.pk,
        name=unit.name,
        lead=_lead(unit, chain, people(leaders.get(unit.pk, ()))),
        crumbs=Crumbs(
            (
                Crumb(_("Organisasjon"), reverse("organisation:index")),
                *(
                    Crumb(above.name, reverse("organisation:unit", args=[above.pk]))
                    for above in chain
                    if above.kind != UnitKind.MUNICIPALITY
                ),
                Crumb(unit.name),
            )
        ),
        is_team=is_team,
        works=unit.kind in (*TEAM_KINDS, UnitKind.WORK_GROUP) or bool(members or areas),
        sees_shifts=is_team and holds(actor, SEE_SHIFTS, scope),
        members=_members(members, unit) if members else None,
        member_count=_counted(members),
        duties=duties,
        has_gap=has_gap,
        areas=tuple(AreaRow(area.area_id, area.name, _what(area), area.valid_from) for area in areas),
        map=area_map(areas, [unit], map_id="kart") if any(area.ring for area in areas) else None,
        meetings=tuple(
            MeetingRow(meeting.meeting_id, meeting.name, _when(meeting)) for meeting in meetings_of([unit.pk], on=on)
        ),
        facts=_facts(unit, on),
        below=_below(unit, below),
        model_name=followed.name if followed else "",
        model_since=followed.valid_from if followed else None,
        model_from_above=_from_above(followed, unit, chain),
        model_href=f"{reverse('responsibility:models')}?venstre={followed.version_id}" if followed else "",
        coming=tuple(coming),
        enacted=enacted,
        choose_href=reverse("organisation:choose-model", args=[unit.pk]) if may_follow else "",
        joining_href=reverse("organisation:join-lists", args=[unit.pk])
        if unit.kind == UnitKind.WORK_GROUP and chain and holds(actor, EDIT_UNIT, scope_of(chain[-1]))
        else "",
        may_edit=holds(actor, EDIT_UNIT, scope),
        may_draw=holds(actor, DRAW_AREA, scope),
        gives_logins=holds(actor, GIVE_LOGIN, scope),
    )


def _lead(unit: Unit, chain: Sequence[Unit], leader: str) -> str:
    above = chain[-1] if chain else None
    where = str(UnitKind(unit.kind).label)
    if above is not None:
        where = _("%(kind)s i %(above)s") % {"kind": where, "above": above.name}
    if not leader:
        return _("%(where)s. Ingen leder er satt.") % {"where": where}
    return _("%(where)s. Leder: %(leader)s.") % {"where": where, "leader": leader}


def _counted(members: Sequence[MemberLine]) -> str:
    if not members:
        return ""
    total = sum(member.percent * member.share for member in members) / 10_000
    return _("%(people)s personer · %(total)s årsverk") % {
        "people": len({member.mark.employee_id for member in members}),
        "total": formats.number(total, 1, page_language()),
    }


def _members(members: Sequence[MemberLine], unit: Unit) -> DataTable:
    return DataTable(
        _("Medlemmer i %(unit)s") % {"unit": unit.name},
        (Column(_("Navn")), Column(_("Stilling")), Column(_("Kompetanse")), Column(_("Telefon"))),
        tuple(
            TableRow(
                (
                    Person(mark_part(member.mark), member.mark.profession_name),
                    _position(member, unit),
                    ", ".join(member.competence_names) or "–",
                    member.phone.replace(" ", "\u00a0") or "–",
                )
            )
            for member in members
        ),
    )


def _position(member: MemberLine, unit: Unit) -> str:
    language = page_language()
    text = formats.percent(member.percent / 100, 0, language)
    if member.share < 100:
        text = _("%(share)s av %(percent)s") % {
            "percent": text,
            "share": formats.percent(member.share / 100, 0, language),
        }
    if member.mark.is_temp:
        text = _("%(position)s, vikar") % {"position": text}
    if member.group_name:
        text = f"{text} · {member.group_name}"
    return text


def _duties(unit: Unit, on: date) -> tuple[RowList | None, bool]:
    duties = duties_today(unit_id=unit.pk, on=on)
    if not duties:
        return None, False
    known = marks(employee_ids=[one.holder_id for one in duties if one.holder_id], unit_id=unit.pk)
    rows = []
    for duty in duties:
        icon = DUTY_ICONS[duty.kind]
        if duty.holder_id is not None:
            mark = known[duty.holder_id]
            rows.append(ListRow(duty.name, note=mark.name, lead=mark_part(mark), icon=""))
        elif duty.is_gap:
            rows.append(ListRow(duty.name, end=Duty(_("Ingen"), icon, state="empty"), icon=icon))
        else:
            rows.append(ListRow(duty.name, note=_("Ikke i dag"), icon=icon))
    return RowList(tuple(rows)), any(duty.is_gap for duty in duties)


def _facts(unit: Unit, on: date) -> Facts:
    found = [
        Fact(_("Er til for"), str(UnitPurpose(unit.purpose).label)) if unit.purpose else None,
        joined_fact(unit, on=on) if unit.kind == UnitKind.WORK_GROUP else None,
        Fact(
            _("Arbeidslister"),
            _("Alle i teamet kan fordele") if unit.everyone_may_allocate else _("Bare fordelere kan fordele"),
        )
        if unit.kind in TEAM_KINDS
        else None,
        Fact(_("Base"), ", ".join(part for part in (unit.base_name, unit.base_street) if part) or _("Ikke satt")),
        Fact(_("Telefon"), unit.phone or _("Ikke satt")),
    ]
    return Facts(tuple(fact for fact in found if fact is not None))


def _below(unit: Unit, below: Sequence[Unit]) -> RowList | None:
    direct = sorted((one for one in below if one.parent_id == unit.pk), key=lambda one: one.name)
    if not direct:
        return None
    return RowList(
        tuple(
            ListRow(one.name, note=str(UnitKind(one.kind).label), href=reverse("organisation:unit", args=[one.pk]))
            for one in direct
        )
    )


def _what(area: AreaShown) -> str:
    if area.postal_codes:
        return _("Postnummer %(codes)s") % {"codes": ", ".join(area.postal_codes)}
    return _("Tegnet på kartet")


def _when(meeting: MeetingLine) -> str:
    end = meeting.starts.hour * 60 + meeting.starts.minute + meeting.minutes
    last = time(end // 60 % 24, end % 60)
    return _("%(days)s kl. %(from)s–%(to)s") % {
        "days": weekdays_in_words(meeting.weekdays),
        "from": f"{meeting.starts:%H.%M}",
        "to": f"{last:%H.%M}",
    }


def _from_above(followed: FollowedModel | None, unit: Unit, chain: Sequence[Unit]) -> str:
    if followed is None or followed.decided_by_id == unit.pk:
        return ""
    return next((above.name for above in chain if above.pk == followed.decided_by_id), "")
