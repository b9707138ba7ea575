"""improvement/benefits.html: what a pilot is to give, and how it goes, on one page (R42)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import holds
from tillit.kernel import oslo
from tillit.learning.improvement.contexts.compared import Compared, compare_many
from tillit.learning.improvement.contexts.form_page import pilot_crumbs
from tillit.learning.improvement.contexts.paying_back import paying_back
from tillit.learning.improvement.models import Benefit, Variant
from tillit.learning.improvement.permissions import RUN_PILOT
from tillit.learning.improvement.queries import (
    benefits_of,
    figures,
    frozen_of,
    get_pilot,
    pilot_scope,
    teams_of,
)
from tillit.learning.improvement.rules import benefits as rules
from tillit.learning.improvement.rules.benefits import Kind, Planned, Progress, Status
from tillit.learning.improvement.rules.goals import Goal
from tillit.learning.improvement.wording import GOALS, KINDS, LACKING, PROGRESS, STATUSES, value_text
from tillit.learning.insight.rules.indicators import Indicator
from tillit.learning.insight.rules.verdict import Said, verdict
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Action, Colour, Column, Content, Crumbs, DataTable, ListRow, RowList, TableRow, Tag

_COLOURS: dict[Progress, Colour] = {
    Progress.TOO_EARLY: "neutral",
    Progress.ON_TRACK: "info",
    Progress.NOT_ON_TRACK: "warning",
    Progress.REACHED: "success",
}


@dataclass(frozen=True, slots=True)
class GoalShown:
    """One effect goal with its benefits."""

    goal: str
    title: str
    table: DataTable | None = field(metadata={"help": "None: nobody has said what is to get better"})
    add_href: str = field(metadata={"help": "Empty: may not"})


@dataclass(frozen=True, slots=True)
class BenefitsPage:
    """improvement/benefits.html."""

    pilot_id: int
    crumbs: Crumbs
    pilot_name: str
    goals: tuple[GoalShown, ...]
    sums: RowList = field(metadata={"help": "By kind; never one sum of all"})
    paid_back: RowList | None = field(metadata={"help": "None: no benefit says a cost or kroner"})
    add_href: str
    printed: str = field(metadata={"help": "What every print carries: when, which pilot"})


@dataclass(frozen=True, slots=True)
class _Standing:
    """One benefit with what it is measured by, as it stands now."""

    benefit: Benefit
    indicator: Indicator | None
    baseline: float | None
    now: float | None
    answers: tuple[Said, ...] | None

    @property
    def lacking(self) -> tuple[str, ...]:
        return rules.lacks(
            measured_by=bool(self.indicator or self.benefit.asked), baseline=self.baseline,
            target=self.benefit.target, owner=self.benefit.owner, has_day=self.benefit.due_on is not None,
        )  # fmt: skip

    @property
    def status(self) -> Status:
        return rules.status(lacking=self.lacking, now=self.now, is_confirmed=self.benefit.confirmed_on is not None)

    @property
    def progress(self) -> Progress | None:
        return rules.progress(baseline=self.baseline, target=self.benefit.target, now=self.now, answers=self.answers)


def benefits_page(*, actor: Actor, pilot_id: int, now: datetime) -> BenefitsPage:
    """Return the page, in a constant number of queries. Raises NotFound."""
    today = oslo.day_of(now)
    pilot = get_pilot(actor=actor, pilot_id=pilot_id)
    teams, rows = teams_of(actor=actor, pilot=pilot), benefits_of(pilot)
    known = {one.code: one for one in figures.indicators()}
    codes = list(dict.fromkeys(one.code for one in rows if one.code in known))
    compared = compare_many(
        actor=actor, pilot=pilot, teams=teams, frozen=frozen_of(pilot), codes=codes, today=today
    )  # fmt: skip
    standing = [_standing(one, known, compared) for one in rows]
    changes = holds(actor, RUN_PILOT, pilot_scope(pilot))
    add = reverse("improvement:add_benefit", args=[pilot.pk]) if changes else ""
    return BenefitsPage(
        pilot_id=pilot.pk,
        crumbs=pilot_crumbs(pilot, _("Gevinster")),
        pilot_name=pilot.name,
        goals=tuple(
            GoalShown(
                goal=goal.value,
                title=str(GOALS[goal]),
                table=_table(pilot.pk, str(GOALS[goal]), mine, changes=changes) if mine else None,
                add_href=f"{add}?mal={goal.value}" if add and not mine else "",
            )
            for goal in Goal
            for mine in [[one for one in standing if one.benefit.goal == goal]]
        ),
        sums=_sums(standing),
        paid_back=paying_back([(one.benefit, one.status is Status.CONFIRMED, one.progress) for one in standing]),
        add_href=add,
        printed=_("%(pilot)s, %(unit)s. Slik det sto %(day)s.")
        % {"pilot": pilot.name, "unit": pilot.unit.name, "day": formats.short_date(today, page_language())},
    )


def _standing(one: Benefit, known: Mapping[str, Indicator], compared: Mapping[str, Compared]) -> _Standing:
    indicator = known.get(one.code)
    if indicator is None:
        return _Standing(one, None, one.baseline, one.now if one.asked else None, None)
    tried = [each for each in compared[one.code].teams if each.team.variant != Variant.ORDINARY]
    before = [each.change.before.mean for each in tried if each.change.before.mean is not None]
    after = [each.change.after.mean for each in tried if each.change.after.mean is not None]
    answers = tuple(verdict(each.series).said for each in tried if each.series is not None)
    return _Standing(
        one, indicator, sum(before) / len(before) if before else one.baseline,
        sum(after) / len(after) if after else None, answers,
    )  # fmt: skip


def _table(pilot_id: int, caption: str, rows: Sequence[_Standing], *, changes: bool) -> DataTable:
    return DataTable(
        caption=caption,
        columns=(
            Column(_("Gevinst")), Column(_("Måles med")), Column(_("Nullpunkt"), right=True),
            Column(_("Nå"), right=True),
            Column(_("Mål"), right=True), Column(_("Eier og dato")), Column(_("Slag")), Column(_("Status")),
            Column(_("Går det som planlagt?")),
        ),
        rows=tuple(
            TableRow(
                _cells(one),
                href=reverse("improvement:benefit", args=[pilot_id, one.benefit.pk]) if changes else "",
            )
            for one in rows
        ),
    )  # fmt: skip


def _cells(one: _Standing) -> tuple[Content, ...]:
    row, progress = one.benefit, one.progress
    whose = ", ".join(
        part for part in (row.owner, formats.short_date(row.due_on, page_language()) if row.due_on else "") if part
    )
    return (
        row.words,
        one.indicator.name if one.indicator else row.asked or "–",
        _value(one.indicator, one.baseline),
        _value(one.indicator, one.now),
        _value(one.indicator, row.target),
        whose or "–",
        _kind(row),
        _status(one),
        Tag(str(PROGRESS[progress]), _COLOURS[progress]) if progress else "–",
    )


def _value(indicator: Indicator | None, value: float | None) -> str:
    if indicator is not None or value is None:
        return value_text(indicator, value) if indicator is not None else "–"
    return formats.number(value, 1, page_language())


def _kind(row: Benefit) -> str:
    kind, language = str(KINDS[Kind(row.kind)]), page_language()
    if row.amount is None:
        return kind
    number = formats.number(row.amount, 0, language)
    if row.kind == Kind.TIME:
        return _("%(kind)s: %(number)s timer i året til %(what)s") % {
            "kind": kind, "number": number, "what": row.used_for,
        }  # fmt: skip
    return _("%(kind)s: %(number)s kr i året") % {"kind": kind, "number": number}


def _status(one: _Standing) -> Content:
    if one.lacking:
        return _("%(status)s. Mangler %(what)s.") % {
            "status": STATUSES[one.status], "what": ", ".join(str(LACKING[name]) for name in one.lacking),
        }  # fmt: skip
    return Tag(str(STATUSES[one.status]), "success" if one.status is Status.CONFIRMED else "neutral")


def _sums(rows: Sequence[_Standing]) -> RowList:
    language = page_language()
    confirmed = {one.benefit.pk for one in rows if one.status is Status.CONFIRMED}
    found = rules.sums(
        [
            Planned(
                one.benefit.words, Kind(one.benefit.kind), one.benefit.amount, one.benefit.used_for,
                one.benefit.pk in confirmed,
            )
            for one in rows
        ]
    )  # fmt: skip
    cost = sum(one.benefit.cost or 0 for one in rows)

    def of(part: float, whole: float) -> str:
        if not whole:
            return ""
        if not part:
            return _("Ikke bekreftet av økonomi ennå")
        return _("%(part)s av dem bekreftet av økonomi") % {"part": formats.number(part, 0, language)}

    return RowList(
        (
            ListRow(
                title=str(KINDS[Kind.BUDGET]), note=of(found.kroner_confirmed, found.kroner),
                end=_("%(number)s kr i året") % {"number": formats.number(found.kroner, 0, language)},
            ),
            ListRow(
                title=str(KINDS[Kind.TIME]), note=of(found.hours_confirmed, found.hours),
                end=_("%(number)s timer i året") % {"number": formats.number(found.hours, 0, language)},
            ),
            ListRow(
                title=str(KINDS[Kind.QUALITY]), note=_("Har ingen kroner."),
                end=ngettext("%(number)d gevinst", "%(number)d gevinster", found.quality) % {"number": found.quality},
            ),
            ListRow(
                title=_("Det koster"), note=_("Én gang. Trekkes ikke fra gevinstene."),
                end=_("%(number)s kr") % {"number": formats.number(cost, 0, language)},
            ),
        )
    )  # fmt: skip


def confirm_action(pilot_id: int, found: Benefit) -> Action | None:
    """Return the way to finance's word, where a benefit can have one."""
    if found.kind == Kind.QUALITY or found.amount is None:
        return None
    return Action(
        _("Bekreftet av økonomi"), reverse("improvement:confirm_benefit", args=[pilot_id, found.pk]),
        variant="secondary",
    )  # fmt: skip
