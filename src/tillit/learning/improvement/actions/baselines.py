"""What a pilot is measured by, and how it stood before: chosen, frozen, or said why not (R38)."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.foundation.access.actor import Actor
from tillit.kernel import oslo
from tillit.kernel.errors import ActionRefused
from tillit.kernel.periods import Days
from tillit.learning.improvement.actions.changing import held, stored
from tillit.learning.improvement.models import Baseline, BaselineValue, ChosenIndicator, Pilot, PilotTeam
from tillit.learning.improvement.queries import chosen_of, figures
from tillit.learning.improvement.rules import windows
from tillit.learning.improvement.rules.goals import Goal
from tillit.learning.improvement.rules.phases import Phase
from tillit.learning.insight.rules.months import end_of, with_value
from tillit.learning.insight.rules.series import Series

#: Letters of a reason that others understand in a year.
_SHORTEST_REASON = 10


@dataclass(frozen=True, slots=True)
class Short:
    """A team's indicator with too few points. need: months, or weeks, as the indicator is counted."""

    team: str
    indicator: str
    have: int
    need: int


class NotEnough(ActionRefused):
    """Too little is counted to freeze. `short` says what, where."""

    def __init__(self, short: tuple[Short, ...]) -> None:
        super().__init__(" ".join(short_text(one) for one in short))
        self.short = short


class CaveatLacking(ActionRefused):
    """Some of the figures were brought in, not counted: somebody must write why they may stand in a baseline."""

    fact = "caveat"


class AlreadyFrozen(ActionRefused):
    """The baseline is frozen: what it is measured by stays."""


def short_text(one: Short) -> str:
    """Return what is too little, in words."""
    return _("%(team)s har %(have)d punkter med tall for «%(what)s»; et nullpunkt trenger %(need)d.") % {
        "team": one.team, "have": one.have, "what": one.indicator, "need": one.need,
    }  # fmt: skip


@transaction.atomic
def choose_indicators(
    *,
    actor: Actor,
    pilot_id: int,
    edition: int | None,
    chosen: Mapping[Goal, Sequence[str]],
    at: datetime,
) -> Pilot:
    """Say what the pilot is measured by: for each goal the primary indicator first, then others; or none.

    Raises NotFound, NotAllowed, ChangedMeanwhile, AlreadyFrozen, ActionRefused.
    """
    pilot = held(actor=actor, pilot_id=pilot_id, edition=edition, at=at)
    if Baseline.objects.filter(team__pilot=pilot).exists():
        raise AlreadyFrozen(_("Nullpunktet er fryst. Det dere måler, endres ikke etterpå."))
    known = {one.code for one in figures.indicators()}
    rows = [(goal, code, place == 0) for goal, codes in chosen.items() for place, code in enumerate(codes)]
    codes = [code for _goal, code, _first in rows]
    if any(code not in known for code in codes):
        raise ActionRefused(_("En av indikatorene finnes ikke lenger. Velg på nytt."))
    if len(set(codes)) != len(codes):
        raise ActionRefused(_("Samme indikator står to steder. Velg den under det målet den svarer på."))
    ChosenIndicator.objects.filter(pilot=pilot).delete()
    ChosenIndicator.objects.bulk_create(
        ChosenIndicator(pilot=pilot, goal=goal, code=code, is_primary=first) for goal, code, first in rows
    )
    return stored(pilot, actor=actor, at=at, change={"measured_by": codes})


@transaction.atomic
def freeze_baseline(
    *, actor: Actor, pilot_id: int, edition: int | None, months: int, at: datetime, caveat: str = ""
) -> Pilot:
    """Freeze the baseline of every team that lacks one, and sign it. One with a reason why not may lack figures still.

    months: whole months before each team's day, 3 to 24. The figures are copied as they stand, with version, n and
    completeness, and hidden as for those above the teams, who read them here. Frozen after the team's day it is marked
    retrospective, and the reason stays. caveat: why figures that were brought in from before Tillit may stand in it;
    it stands wherever they do. Raises NotFound, NotAllowed, ChangedMeanwhile, NotEnough with everything that is too
    little, CaveatLacking, ActionRefused.
    """
    pilot = held(actor=actor, pilot_id=pilot_id, edition=edition, at=at)
    today = oslo.day_of(at)
    if pilot.phase == Phase.ENDED:
        raise ActionRefused(_("Piloten er avsluttet."))
    if not windows.MONTHS_LEAST <= months <= windows.MONTHS_MOST:
        raise ActionRefused(_("Velg fra 3 til 24 måneder."))
    chosen = chosen_of(pilot)
    if not chosen:
        raise ActionRefused(_("Velg hva dere måler først."))
    lacking = _lacking(pilot)
    if not lacking:
        raise ActionRefused(_("Alle teamene har nullpunkt, eller en grunn til at de ikke har det."))
    primary = {one.code for one in chosen if one.is_primary}
    short: list[Short] = []
    made: list[tuple[Baseline, tuple[Series, ...]]] = []
    spans = {team.pk: windows.window(months=months, joined_on=team.joined_on, frozen_on=today) for team in lacking}
    all_of_it = Days(min(one.first for one in spans.values()), max(end_of(one) for one in spans.values()))
    words = " ".join(caveat.split())[:300]
    series = figures.series_of_units(
        actor=actor, unit_ids=[team.unit_id for team in lacking], codes=[one.code for one in chosen],
        within=all_of_it, today=today, for_all=True,
    )  # fmt: skip
    for team in lacking:
        days, found = spans[team.pk], series.get(team.unit_id, ())
        if {one.indicator.code for one in found} != {one.code for one in chosen}:
            raise ActionRefused(_("En av indikatorene finnes ikke lenger. Velg på nytt hva dere måler."))
        too_little = _too_little(team.unit.name, found, days, primary)
        if too_little and team.without_reason:
            continue  # it was said why: it begins without
        short += too_little
        timing = windows.timing(joined_on=team.joined_on, frozen_on=today)
        if timing is windows.Timing.AHEAD:
            team.without_reason = ""
        frozen = Baseline(
            team=team, first_on=days.first, after_on=end_of(days), timing=timing,
            signed_by_id=actor.employee_id, signed_at=at, caveat=words if _brought(found, days) else "",
        )  # fmt: skip
        made.append((frozen, found))
    if short:
        raise NotEnough(tuple(short))
    brought = [frozen.team for frozen, found in made if _brought(found, Days(frozen.first_on, frozen.after_on))]
    if brought and len(words) < _SHORTEST_REASON:
        raise CaveatLacking(
            _("Noen av tallene til %(teams)s er hentet inn, ikke talt av Tillit. Skriv hvorfor de kan brukes likevel.")
            % {"teams": ", ".join(one.unit.name for one in brought)}
        )
    for frozen, found in made:
        _store(frozen, found)
    if not made:
        raise ActionRefused(_("Teamene som mangler nullpunkt, har for få tall ennå."))
    teams = [frozen.team for frozen, _found in made]
    for team in teams:
        team.has_baseline = True
    PilotTeam.objects.bulk_update(teams, ["has_baseline", "without_reason"])
    pilot.baseline_at = at
    if pilot.without_reason and not PilotTeam.objects.filter(pilot=pilot).exclude(without_reason="").exists():
        pilot.without_reason, pilot.without_by_id, pilot.without_at = "", None, None
    if pilot.phase == Phase.PREPARING:
        pilot.phase = Phase.BASELINE
    return stored(
        pilot, actor=actor, at=at,
        change={"frozen": [one.unit_id for one in teams], "months": months},
    )  # fmt: skip


@transaction.atomic
def open_baseline_again(*, actor: Actor, pilot_id: int, edition: int | None, at: datetime) -> Pilot:
    """Take away the baselines of teams that have not begun: frozen by mistake. Those that have begun keep theirs.

    Raises NotFound, NotAllowed, ChangedMeanwhile, ActionRefused.
    """
    pilot = held(actor=actor, pilot_id=pilot_id, edition=edition, at=at)
    rows = Baseline.objects.filter(team__pilot=pilot, team__began_on__isnull=True)
    teams = list(rows.values_list("team_id", "team__unit_id"))
    if not teams:
        raise ActionRefused(_("Teamene har begynt. Nullpunktet står som det er."))
    BaselineValue.objects.filter(baseline__in=rows).delete()
    rows.delete()
    PilotTeam.objects.filter(pk__in=[team for team, _unit in teams]).update(has_baseline=False)
    if not Baseline.objects.filter(team__pilot=pilot).exists() and pilot.started_on is None:
        pilot.baseline_at = None
        if pilot.phase == Phase.BASELINE:
            pilot.phase = Phase.PREPARING
    return stored(pilot, actor=actor, at=at, change={"opened_again": [unit for _team, unit in teams]})


@transaction.atomic
def say_without_baseline(*, actor: Actor, pilot_id: int, edition: int | None, reason: str, at: datetime) -> Pilot:
    """Say why the teams that lack a baseline go without: it stands wherever the pilot's figures stand. Again it is the
    newest reason.

    Raises NotFound, NotAllowed, ChangedMeanwhile, ActionRefused.
    """
    pilot = held(actor=actor, pilot_id=pilot_id, edition=edition, at=at)
    words = " ".join(reason.split())
    if len(words) < _SHORTEST_REASON:
        raise ActionRefused(_("Skriv hvorfor, så andre forstår det om et år."))
    teams = [one for one in _lacking(pilot) if not one.without_reason]
    if not teams:
        raise ActionRefused(_("Alle teamene har nullpunkt, eller en grunn til at de ikke har det."))
    PilotTeam.objects.filter(pk__in=[one.pk for one in teams]).update(without_reason=words[:300])
    pilot.without_reason, pilot.without_by_id, pilot.without_at = words[:300], actor.employee_id, at
    return stored(pilot, actor=actor, at=at, change={"without": [one.unit_id for one in teams]})


def _brought(found: Sequence[Series], days: Days) -> bool:
    """Whether a figure in the days was brought in, of what is counted afterwards.

    What is always brought in is from the same system before and after.
    """
    return any(
        point.imported
        for one in found
        if not one.indicator.brought
        for point in with_value(windows.within(one.points, days))
    )


def _lacking(pilot: Pilot) -> list[PilotTeam]:
    rows = PilotTeam.objects.filter(pilot=pilot, has_baseline=False, left_on__isnull=True).select_related("unit")
    return list(rows.order_by("unit__path", "pk"))


def _too_little(team: str, found: Sequence[Series], days: Days, primary: Container[str]) -> list[Short]:
    return [
        Short(team, one.indicator.name, have, need)
        for one in found
        if one.indicator.code in primary
        and (have := len(with_value(windows.within(one.points, days))))
        < (need := windows.LEAST_POINTS[one.indicator.step])
    ]


def _store(frozen: Baseline, found: Sequence[Series]) -> None:
    frozen.save()
    days = Days(frozen.first_on, frozen.after_on)
    BaselineValue.objects.bulk_create(
        BaselineValue(
            baseline=frozen, code=one.indicator.code, version=one.indicator.version, starts_on=point.starts_on,
            ends_on=point.ends_on, value=None if point.hidden else point.value, n=0 if point.hidden else point.n,
            numerator=None if point.hidden else point.numerator,
            denominator=None if point.hidden else point.denominator,
            low=None if point.hidden else point.low, high=None if point.hidden else point.high,
            excluded=0 if point.hidden else point.excluded, complete=point.complete, hidden=point.hidden,
            imported=point.imported, revision=point.revision,
        )
        for one in found
        for point in windows.within(one.points, days)
    )  # fmt: skip
