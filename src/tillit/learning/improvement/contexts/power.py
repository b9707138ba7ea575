"""improvement/power.html: what a pilot can show, as it is planned or before there is one, and what would help (R41)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.foundation.access.actor import Actor
from tillit.kernel import oslo
from tillit.kernel.periods import Days
from tillit.learning.improvement.contexts.form_page import pilot_crumbs, top_crumb
from tillit.learning.improvement.models import Pilot, Variant
from tillit.learning.improvement.queries import chosen_of, figures, teams_of, untried_units
from tillit.learning.improvement.rules import power as rules
from tillit.learning.improvement.rules.power import Plan, Power, Source, Spread
from tillit.learning.improvement.rules.windows import MONTHS_MOST, MONTHS_USUAL
from tillit.learning.improvement.wording import p_number, value_text
from tillit.learning.insight.rules.indicators import Indicator
from tillit.learning.insight.rules.months import add_months, by_month, last_month_end, month_start
from tillit.learning.insight.words.changes import change_text
from tillit.ui.parts import Column, Crumb, Crumbs, DataTable, TableRow

#: What the main pilot in Oslo lasted.
USUAL_MONTHS = 5


@dataclass(frozen=True, slots=True)
class PowerPage:
    """improvement/power.html."""

    crumbs: Crumbs
    pilot_name: str = field(metadata={"help": "Empty: there is no pilot yet"})
    answer: str = field(metadata={"help": "«Med åtte team i fem måneder …»; empty before anything is asked"})
    cannot: tuple[str, ...]
    others: DataTable | None = field(metadata={"help": "What would help"})
    basis: str


def first_asked(*, actor: Actor, pilot: Pilot) -> dict[str, Any]:
    """Return what the form begins with: the pilot's first indicator and its teams as they are."""
    teams = [one for one in teams_of(actor=actor, pilot=pilot) if one.left_on is None]
    ordinary = sum(one.variant == Variant.ORDINARY for one in teams)
    known = [one.code for one in figures.indicators()]
    chosen = [one.code for one in chosen_of(pilot) if one.code in known]
    return {
        "tall": next(iter(chosen or known), ""), "team": max(len(teams) - ordinary, 1), "mot": ordinary,
        "maneder": USUAL_MONTHS,
    }  # fmt: skip


def asked_before_any() -> dict[str, Any]:
    """Return what the form begins with when there is no pilot: Oslo's eight teams, set half against half."""
    return {"tall": next((one.code for one in figures.indicators()), ""), "team": 4, "mot": 4, "maneder": USUAL_MONTHS}


def power_page(*, actor: Actor, pilot: Pilot | None, asked: Mapping[str, Any] | None, now: datetime) -> PowerPage:
    """Return the page, in a constant number of queries. asked: of a form that is valid; None: nothing to answer.

    pilot: None before there is one: reckoned on all the teams the reader sees.
    """
    known = {one.code: one for one in figures.indicators()}
    indicator = known.get(asked["tall"]) if asked else None
    found: Power | None = None
    its: Spread | None = None
    beside: list[Power] = []
    if asked and indicator is not None:
        its = _spread(actor, pilot, indicator, now)
        if its is not None:
            plan = Plan(asked["team"], asked["mot"], MONTHS_USUAL, asked["maneder"])
            found = rules.power(plan, its)
            beside = [rules.power(one, its) for one in rules.what_helps(plan)]
    return PowerPage(
        crumbs=pilot_crumbs(pilot, _("Hva kan vi se?")) if pilot else Crumbs((top_crumb(), Crumb(_("Hva kan vi se?")))),
        pilot_name=pilot.name if pilot else "",
        answer=_answer(indicator, found) if indicator else "",
        cannot=_cannot(found) if found else (),
        others=_table(indicator, [found, *beside]) if indicator and found else None,
        basis=_basis(indicator, its) if indicator else "",
    )


def _spread(actor: Actor, pilot: Pilot | None, indicator: Indicator, now: datetime) -> Spread | None:
    """Return the spread of the pilot's teams up to two years back, before each of them began; of all, without one."""
    after = last_month_end(oslo.day_of(now))
    days = Days(add_months(after, -MONTHS_MOST), after)
    if pilot is None:
        ends = dict.fromkeys(untried_units(actor=actor), after)
    else:
        ends = {
            one.unit_id: min(after, month_start(one.began_on)) if one.began_on else after
            for one in teams_of(actor=actor, pilot=pilot)
            if one.is_reached
        }
    found = figures.series_of_units(
        actor=actor, unit_ids=list(ends), codes=[indicator.code], within=days,
        today=oslo.day_of(now),
    )  # fmt: skip
    months = [
        by_month(indicator, one.points, Days(days.first, ends[unit_id]), backwards=True)
        for unit_id, mine in found.items()
        for one in mine
        if days.first < ends[unit_id]
    ]
    return rules.spread(indicator.code, months)


def _answer(indicator: Indicator, found: Power | None) -> str:
    if found is None:
        return _("Teamene har for få måneder med tall til å regne. Prøv igjen når de har hatt et halvt år.")
    if found.least is None:
        return _("Med ett team alene kan det ikke regnes ut. Ta med team å sammenligne med.")
    return _("Med %(teams)s i %(months)s kan dere se en endring på minst %(value)s i «%(name)s».") % {
        "teams": _teams(found.plan), "months": _months(found.plan.after), "value": _size(indicator, found.least),
        "name": indicator.name,
    }  # fmt: skip


def _teams(plan: Plan) -> str:
    text = ngettext("%(number)d team", "%(number)d team", plan.teams) % {"number": plan.teams}
    return _("%(teams)s mot %(others)d") % {"teams": text, "others": plan.others} if plan.others else text


def _months(months: int) -> str:
    return ngettext("%(number)d måned", "%(number)d måneder", months) % {"number": months}


def _size(indicator: Indicator, value: float) -> str:
    """Return a change without a sign, with its unit: shares in points of per cent."""
    if indicator.unit == "SHARE":
        return _("%(number)s prosentpoeng") % {"number": change_text(indicator, value).lstrip("+")}
    return value_text(indicator, value)


def _cannot(found: Power) -> tuple[str, ...]:
    told = []
    if not found.plan.others:
        told.append(_("Uten team som arbeider som før, vet dere ikke hva som ville skjedd uten piloten."))
    if not found.can_be_told:
        told.append(
            _("Så få team kan aldri vise mer enn tilfeldigheter: minste mulige p er %(p)s.")
            % {"p": p_number(found.p_min)}
        )
    told.append(_("En mindre endring kan være der uten at dere ser den."))
    told.append(_("Trekk ut hvilke team som begynner først. Det koster ingenting, og dere kan si mer etterpå."))
    return tuple(told)


def _table(indicator: Indicator, found: list[Power]) -> DataTable:
    return DataTable(
        caption=_("Hva som hjelper"),
        columns=(
            Column(_("Team")), Column(_("Måneder"), right=True), Column(_("Minste endring"), right=True),
            Column(_("Minste mulige p"), right=True),
        ),
        rows=tuple(
            TableRow(
                (
                    _teams(one.plan), _months(one.plan.after),
                    _size(indicator, one.least) if one.least is not None else "–",
                    p_number(one.p_min),
                )
            )
            for one in found
        ),
    )  # fmt: skip


def _basis(indicator: Indicator, its: Spread | None) -> str:
    if its is None:
        return ""
    size = _size(indicator, its.sd)
    if its.source is Source.OWN:
        return _("Regnet av %(months)d måneder i %(teams)d av teamene: en måned skiller seg tilfeldig med rundt %(sd)s "
                 "fra den neste.") % {"months": its.months, "teams": its.teams, "sd": size}  # fmt: skip
    return _("Teamene har for få måneder med tall. Vi har brukt et anslag: rundt %(sd)s fra måned til måned.") % {
        "sd": size
    }
