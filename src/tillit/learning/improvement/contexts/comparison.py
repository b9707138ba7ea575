"""improvement/comparison.html: before and after, between variants, and what may be said of it (R41)."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.foundation.access.actor import Actor
from tillit.kernel import oslo
from tillit.learning.improvement.contexts.baseline import drifted
from tillit.learning.improvement.contexts.compared import Compared, TeamCompared, compare, group_of, group_text
from tillit.learning.improvement.contexts.form_page import pilot_crumbs
from tillit.learning.improvement.contexts.pilot import team_baseline_tag
from tillit.learning.improvement.contexts.sayable import (
    cannot_be_said,
    design_text,
    may_be_said,
    p_text,
)
from tillit.learning.improvement.models import Disturbance, LogKind
from tillit.learning.improvement.queries import TeamLine, chosen_of, figures, frozen_of, get_pilot, log_of, teams_of
from tillit.learning.improvement.queries.log import LogLine
from tillit.learning.improvement.rules import comparing
from tillit.learning.improvement.rules.comparing import Contrast
from tillit.learning.improvement.wording import value_text, variant_text
from tillit.learning.insight.rules.changing import Side
from tillit.learning.insight.rules.indicators import Indicator
from tillit.learning.insight.rules.indicators import Unit as Measured
from tillit.learning.insight.rules.months import end_of
from tillit.learning.insight.words.changes import change_and_interval, change_text, months_text
from tillit.learning.insight.words.figures import shown, unit_word
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import (
    Column,
    Content,
    Crumbs,
    DataTable,
    Figure,
    IntervalChart,
    IntervalRow,
    ListRow,
    RowList,
    TableRow,
    TabLink,
    Tabs,
    Tag,
)
from tillit.ui.parts import Measured as Drawn


@dataclass(frozen=True, slots=True)
class ComparisonPage:
    """improvement/comparison.html."""

    pilot_id: int
    crumbs: Crumbs
    pilot_name: str
    design: str
    design_means: str
    tabs: Tabs | None = field(metadata={"help": "One for each indicator; None with one or none"})
    indicator_name: str = field(metadata={"help": "Empty: nothing to compare"})
    why_nothing: str
    drifted: tuple[str, ...]
    without: str
    say: tuple[str, ...]
    cannot: tuple[str, ...]
    chart: Figure | None
    contrasts: DataTable | None
    counted: str = field(metadata={"help": "Which months, which definition"})
    disturbances: RowList


def comparison_page(*, actor: Actor, pilot_id: int, asked: str, now: datetime) -> ComparisonPage:
    """Return the page, in a constant number of queries. asked: code of an indicator, or anything. Raises NotFound."""
    today = oslo.day_of(now)
    pilot = get_pilot(actor=actor, pilot_id=pilot_id)
    teams = teams_of(actor=actor, pilot=pilot)
    chosen, frozen = chosen_of(pilot), frozen_of(pilot)
    known = {one.code: one for one in figures.indicators()}
    codes = [one.code for one in chosen if one.code in known]
    code = asked if asked in codes else next(iter(codes), "")
    compared = compare(
        actor=actor, pilot=pilot, teams=teams, chosen=chosen, frozen=frozen, code=code, today=today
    ) if code else None  # fmt: skip
    design = comparing.design([group_of(one) for one in teams], ordinary="ORDINARY")
    name, means = design_text(design, order_drawn=pilot.is_order_drawn)
    has_after = compared is not None and any(one.after for one in compared.teams)
    return ComparisonPage(
        pilot_id=pilot.pk,
        crumbs=pilot_crumbs(pilot, _("Sammenligning")),
        pilot_name=pilot.name,
        design=name,
        design_means=means,
        tabs=_tabs(pilot.pk, codes, known, code) if len(codes) > 1 else None,
        indicator_name=compared.indicator.name if compared else "",
        why_nothing="" if has_after else _why_nothing(teams, codes),
        drifted=drifted(frozen, known),
        without=pilot.without_reason,
        say=may_be_said(compared) if compared and has_after else (),
        cannot=cannot_be_said(compared, design) if compared and has_after else (),
        chart=_figure(compared) if compared else None,
        contrasts=_contrasts(compared) if compared and has_after else None,
        counted=_counted(compared) if compared else "",
        disturbances=_disturbances(log_of(actor=actor, pilot=pilot), teams, today),
    )


def _tabs(pilot_id: int, codes: list[str], known: dict[str, Indicator], current: str) -> Tabs:
    href = reverse("improvement:comparison", args=[pilot_id])
    return Tabs(
        _("Det som måles"), tuple(TabLink(known[one].name, f"{href}?tall={one}", one == current) for one in codes)
    )


def _why_nothing(teams: tuple[TeamLine, ...], codes: list[str]) -> str:
    if not codes:
        return _("Dere har ikke valgt hva som måles.")
    if not any(one.began_on for one in teams):
        return _("Ingen team er i pilot ennå. Da er det ikke noe «etter» å sammenligne med.")
    return _("Det er ingen hel måned å sammenligne med ennå. En måned er med fjorten dager etter at den er over.")


def _figure(compared: Compared) -> Figure:
    rows = tuple(_row(compared.indicator, one) for one in compared.teams)
    return Figure(
        picture=IntervalChart(
            "sammenligning",
            compared.indicator.name,
            _("Nullpunktet er den hule ringen, månedene i pilot den fylte. Strekene er usikkerheten. Tallene står i "
              "tabellen."),
            unit_word(compared.indicator),
            rows,
            least=0,
            most=100 if compared.indicator.unit is Measured.SHARE else None,
        ),
        table=_team_table(compared),
        label=compared.indicator.name,
        caption=_("Hul ring: nullpunktet. Fylt: månedene i pilot. Strekene er 95 % usikkerhet."),
    )  # fmt: skip


def _row(indicator: Indicator, one: TeamCompared) -> IntervalRow:
    before, after = _drawn(indicator, one.change.before), _drawn(indicator, one.change.after)
    why = "" if after else _why_not(one)
    change, low, high = one.change.difference, one.change.low, one.change.high
    both = before is not None and after is not None
    return IntervalRow(
        label=one.team.unit_name,
        note=variant_text(one.team.variant, one.team.own_words),
        now=after,
        before=before if after else None,
        change=change_text(indicator, change) if both else "",
        change_note=_("%(low)s til %(high)s")
        % {"low": change_text(indicator, low), "high": change_text(indicator, high)}
        if both and low is not None
        else "",
        why=why,
    )


def _why_not(one: TeamCompared) -> str:
    if not one.team.is_reached:
        return _("Utenfor det du når")
    if one.team.began_on is None:
        return _("Har ikke begynt")
    return _("For få måneder til å tegne usikkerheten") if one.after else _("Ingen hel måned med tall ennå")


def _drawn(indicator: Indicator, its: Side) -> Drawn | None:
    """Return how a side is drawn; None with fewer than two months: then there is no uncertainty to draw."""
    if its.mean is None or its.low is None or its.high is None:
        return None
    low, high = max(0.0, its.low), min(1.0, its.high) if indicator.unit is Measured.SHARE else its.high
    return Drawn(shown(indicator, its.mean), shown(indicator, low), shown(indicator, high))


def _team_table(compared: Compared) -> DataTable:
    indicator = compared.indicator
    return DataTable(
        caption=_("Alle teamene, i kartets rekkefølge"),
        columns=(
            Column(_("Team")), Column(_("Prøver")), Column(_("Nullpunkt")), Column(_("Før"), right=True),
            Column(_("I pilot"), right=True), Column(_("Endring"), right=True),
        ),
        rows=tuple(
            TableRow(
                (
                    one.team.unit_name,
                    variant_text(one.team.variant, one.team.own_words),
                    _baseline_cell(one),
                    _side_text(indicator, one.change.before) if one.team.is_reached else _("Utenfor det du når"),
                    _side_text(indicator, one.change.after),
                    change_and_interval(indicator, one.change.difference, one.change.low, one.change.high),
                )
            )
            for one in compared.teams
        ),
    )  # fmt: skip


def _baseline_cell(one: TeamCompared) -> Content:
    if one.counted_anew:
        return Tag(_("Telles annerledes nå"), "warning", "ExclamationmarkTriangle")
    return team_baseline_tag(one.team, one.frozen)


def _side_text(indicator: Indicator, its: Side) -> str:
    if not its.months:
        return "–"
    return ngettext("%(value)s (%(number)d måned)", "%(value)s (%(number)d måneder)", its.months) % {
        "value": value_text(indicator, its.mean), "number": its.months,
    }  # fmt: skip


def _contrasts(compared: Compared) -> DataTable | None:
    if not compared.contrasts:
        return None
    return DataTable(
        caption=_("Forskjellen mellom modellene"),
        columns=(
            Column(_("Modeller")), Column(_("Team"), right=True), Column(_("Forskjell i endring"), right=True),
            Column(_("Sammenlignet med tilfeldig fordeling")),
        ),
        rows=tuple(TableRow(_contrast_cells(compared.indicator, one)) for one in compared.contrasts),
    )  # fmt: skip


def _contrast_cells(indicator: Indicator, found: Contrast) -> tuple[Content, ...]:
    count = _("%(n)d mot %(m)d") % {"n": found.teams, "m": found.other_teams}
    if found.left_out:
        count = ngettext("%(count)s (%(out)d uten tall)", "%(count)s (%(out)d uten tall)", found.left_out) % {
            "count": count, "out": found.left_out,
        }  # fmt: skip
    return (
        _("%(one)s mot %(other)s") % {"one": group_text(found.variant), "other": group_text(found.other)},
        count,
        change_and_interval(indicator, found.difference, found.low, found.high)
        if found.difference is not None
        else _("For få team"),
        p_text(found) or "–",
    )


def _counted(compared: Compared) -> str:
    spans = [one.days_after for one in compared.teams if one.days_after is not None]
    parts = [_("Definisjon versjon %(number)d.") % {"number": compared.indicator.version}]
    if spans:
        first, after = min(one.first for one in spans), max(end_of(one) for one in spans)
        parts.append(_("I pilot: hele måneder, %(months)s.") % {"months": months_text(type(spans[0])(first, after))})
    return " ".join(parts)


def _disturbances(lines: tuple[LogLine, ...], teams: tuple[TeamLine, ...], today: date) -> RowList:
    """Return what else may lie behind: what was written, how long each team has been in it, and what nobody wrote."""
    told = [one for one in lines if one.kind == LogKind.DISTURBED]
    rows = [
        ListRow(
            title=str(Disturbance(one.disturbance).label),
            more=one.words,
            note=" · ".join((formats.short_date(one.happened_on, page_language()), one.team_name or _("hele piloten"))),
        )
        for one in told
    ]
    if not {one.disturbance for one in told} & {Disturbance.VOLUNTARY, Disturbance.ORDERED, Disturbance.WORST}:
        rows.append(ListRow(title=_("Frivillig eller valgt ut?"), note=_("Ingen har skrevet hvordan teamene kom med.")))
    begun = sorted({(today - one.began_on).days // 30 for one in teams if one.began_on})
    if begun:
        text = str(begun[0]) if len(begun) == 1 else f"{begun[0]}–{begun[-1]}"
        rows.append(ListRow(title=_("Måneder i pilot"), note=_("%(months)s hittil") % {"months": text}))
    return RowList(tuple(rows))
