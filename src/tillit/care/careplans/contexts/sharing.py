"""Who has what when several units follow a citizen, and what falls between them (R08)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.care.careplans.queries import Carrying, InterventionLine, carrying_of, interventions_in_use
from tillit.care.careplans.rules.carrying import carrier
from tillit.care.careplans.rules.sharing import Between, Said, between
from tillit.care.citizens.queries import get_citizen
from tillit.care.citizens.rules.followers import FollowedBy
from tillit.foundation.access.actor import Actor
from tillit.foundation.responsibility.catalogue import RESPONSIBILITIES, Group
from tillit.foundation.responsibility.contexts.routing import (
    holder_in_words,
    model_in_words,
    names_in_words,
    problem_in_words,
    row_href,
    row_in_words,
)
from tillit.foundation.responsibility.queries import Ask, Routed, route_many
from tillit.foundation.responsibility.rules.routing import Problem
from tillit.kernel import oslo
from tillit.ui.parts import Crumb, Crumbs, ListRow, RowList

#: What concerns one citizen who has help. The rest is about new ones, about the team's own days, and about authority.
_ABOUT_HER = tuple(
    entry for entry in RESPONSIBILITIES if entry.group is Group.EXISTING or entry.code in ("MESSAGES", "NOTICES")
)


@dataclass(frozen=True, slots=True)
class Falling:
    """Something that falls between the units."""

    title: str
    text: str
    href: str = field(default="", metadata={"help": "The row of the table, when the table is what says it"})


@dataclass(frozen=True, slots=True)
class UnitPart:
    """What one unit carries out of the plan."""

    unit_id: int
    heading: str
    rows: RowList | None


@dataclass(frozen=True, slots=True)
class SharingPage:
    """careplans/sharing.html: who has what of the help to one citizen."""

    citizen_id: int
    crumbs: Crumbs
    title: str
    lead: str
    falling: tuple[Falling, ...]
    parts: tuple[UnitPart, ...]
    duties: RowList | None = field(metadata={"help": "Each responsibility with who holds it, in the table's order"})
    plan_href: str


def sharing_page(*, actor: Actor, citizen_id: int, at: datetime) -> SharingPage:
    """Return who has what, in a constant number of queries. Raises NotFound out of reach."""
    citizen = get_citizen(actor=actor, citizen_id=citizen_id, at=at)
    today = oslo.day_of(at)
    carrying = carrying_of(citizen.pk, citizen.first_name, today=today)
    following = carrying.followers.on(today)
    interventions = interventions_in_use(citizen.pk)
    routed = _routed(following, on=today)
    falling = (*_fallen(interventions, carrying), *_undecided(following, routed))
    names = names_in_words([one.unit_name for one in following])
    return SharingPage(
        citizen_id=citizen.pk,
        crumbs=Crumbs(
            (
                Crumb(_("Brukere"), reverse("citizens:list")),
                Crumb(citizen.name, reverse("citizens:page", args=[citizen.pk])),
                Crumb(_("Hvem har hva")),
            )
        ),
        title=_("Hvem har hva"),
        lead=_lead(names, citizen.first_name, len(falling)),
        falling=falling,
        parts=tuple(_part(one, interventions, carrying) for one in following),
        duties=_duties(following, routed),
        plan_href=reverse("careplans:plan_edit", args=[citizen.pk]),
    )


def _routed(following: Sequence[FollowedBy], *, on: date) -> Mapping[Ask, Routed]:
    beside = frozenset(one.unit_id for one in following)
    return route_many(
        (Ask(entry.code, one.unit_id, beside) for one in following for entry in _ABOUT_HER),
        on=on,
    )


def _answers(code: str, following: Sequence[FollowedBy], routed: Mapping[Ask, Routed]) -> list[Routed]:
    """What each table says, once for each: the main unit's first. Units without a table follow those that have one.

    Where two units follow the same table, «the team» in it is the main unit.
    """
    beside = frozenset(one.unit_id for one in following)
    found = [routed[Ask(code, one.unit_id, beside)] for one in following]
    by_table: dict[int, Routed] = {}
    for one in found:
        if one.why.version_id is not None:
            by_table.setdefault(one.why.version_id, one)
    return list(by_table.values()) or found[:1]


def _fallen(interventions: Sequence[InterventionLine], carrying: Carrying) -> list[Falling]:
    remarks = carrying.remarks(interventions)
    nobody = [one for one in interventions if not carrying.holder(one.unit_id)]
    return [
        *(Falling(one.title, remarks[one.intervention_id]) for one in interventions if one.intervention_id in remarks),
        *(Falling(one.title, _("Ingen følger brukeren, så ingen gjør dette.")) for one in nobody),
    ]


def _undecided(following: Sequence[FollowedBy], routed: Mapping[Ask, Routed]) -> list[Falling]:
    found = []
    for entry in _ABOUT_HER if following else ():
        answers = _answers(entry.code, following, routed)
        match between(Said(frozenset(one.unit_ids)) for one in answers):
            case Between.NOBODY:
                found.append(Falling(str(entry.text), _nobody(answers[0]), row_href(answers[0].why)))
            case Between.DIFFERENT:
                told = ". ".join(
                    _("%(unit)s følger %(model)s, som sier: %(row)s")
                    % {"unit": one.why.asked_unit_name, "model": model_in_words(one.why), "row": row_in_words(one.why)}
                    for one in answers
                )
                found.append(Falling(str(entry.text), _("Modellene deres sier ulikt. %(told)s.") % {"told": told}))
    return found


def _nobody(routed: Routed) -> str:
    if routed.problem is not Problem.UNDECIDED:
        return problem_in_words(routed)
    terms = routed.why.terms.rstrip(".")
    if not terms:
        return _("Det er ikke bestemt hvem som har dette. Avtal det.")
    return _("Det er ikke bestemt hvem som har dette. I modellen står det: %(terms)s.") % {"terms": terms}


def _part(unit: FollowedBy, interventions: Sequence[InterventionLine], carrying: Carrying) -> UnitPart:
    mine = [one for one in interventions if _carries(unit, one, carrying)]
    return UnitPart(
        unit_id=unit.unit_id,
        heading=_("%(unit)s: %(part)s") % {"unit": unit.unit_name, "part": unit.part} if unit.part else unit.unit_name,
        rows=RowList(tuple(ListRow(one.title, note=one.when_text, more=one.goal_words) for one in mine))
        if mine
        else None,
    )


def _carries(unit: FollowedBy, one: InterventionLine, carrying: Carrying) -> bool:
    by = carrier(one.unit_id, carrying.followers, carrying.today)
    return by is not None and by.unit_id == unit.unit_id


def _duties(following: Sequence[FollowedBy], routed: Mapping[Ask, Routed]) -> RowList | None:
    rows = []
    for entry in _ABOUT_HER if following else ():
        main = _answers(entry.code, following, routed)[0]
        rows.append(ListRow(str(entry.text), note=main.why.terms, end=holder_in_words(main) or _("Ikke bestemt")))
    return RowList(tuple(rows), label=_("Ansvar og hvem som har det")) if rows else None


def _lead(names: str, first_name: str, falling: int) -> str:
    if not names:
        return _("Ingen enhet følger %(name)s nå.") % {"name": first_name}
    told = _("%(units)s følger %(name)s.") % {"units": names, "name": first_name}
    if not falling:
        return _("%(told)s Alt har noen som gjør det.") % {"told": told}
    return _("%(told)s %(count)s") % {
        "told": told,
        "count": ngettext("%(count)s ting faller mellom.", "%(count)s ting faller mellom.", falling)
        % {"count": falling},
    }
