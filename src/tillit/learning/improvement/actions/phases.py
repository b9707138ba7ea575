"""The steps of a pilot. The gate: no team is «i pilot» without its baseline or a written reason why not (R38, R46)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.foundation.access.actor import Actor
from tillit.kernel import oslo
from tillit.kernel.errors import ActionRefused
from tillit.learning.improvement.actions.changing import held, stored
from tillit.learning.improvement.models import Outcome, Pilot, PilotTeam
from tillit.learning.improvement.queries import get_team
from tillit.learning.improvement.rules.phases import Gap, GapKind, Phase, Standing, gaps, may_follow
from tillit.ui import formats
from tillit.ui.language import page_language


class NotReady(ActionRefused):
    """Something is missing before it can be «i pilot». `gaps` says what."""

    def __init__(self, found: tuple[Gap, ...]) -> None:
        super().__init__(" ".join(gap_text(gap) for gap in found))
        self.gaps = found


def gap_text(gap: Gap) -> str:
    """Return what is missing, in words."""
    if gap.kind is GapKind.NO_TEAM:
        return _("Ingen team er med ennå.")
    if gap.kind is GapKind.NOT_YET:
        day = formats.short_date(gap.on, page_language()) if gap.on else ""
        return _("Ingen team har begynt: %(team)s begynner %(day)s.") % {"team": gap.name, "day": day}
    return _("%(team)s mangler nullpunkt.") % {"team": gap.name}


@transaction.atomic
def start_pilot(*, actor: Actor, pilot_id: int, edition: int | None, at: datetime) -> Pilot:
    """Set a pilot «i pilot», with the teams whose day has come. Those that join later are begun on their own day.

    Raises NotFound, NotAllowed, ChangedMeanwhile, NotReady with everything that is missing, ActionRefused.
    """
    pilot = held(actor=actor, pilot_id=pilot_id, edition=edition, at=at)
    today = oslo.day_of(at)
    _lead_on(pilot, Phase.RUNNING)
    if pilot.started_on is not None:
        raise ActionRefused(_("Piloten har begynt før."))
    teams = _in_it(pilot)
    if found := gaps([_standing(one) for one in teams], on=today):
        raise NotReady(found)
    begun = [one for one in teams if one.joined_on <= today]
    _begin(begun)
    pilot.phase, pilot.started_on = Phase.RUNNING, min(one.joined_on for one in begun)
    return stored(pilot, actor=actor, at=at, change={"phase": Phase.RUNNING, "begun": [one.unit_id for one in begun]})


@transaction.atomic
def begin_team(*, actor: Actor, pilot_id: int, team_id: int, edition: int | None, at: datetime) -> Pilot:
    """Let a team that joins later begin, when its day has come. The same gate.

    Raises NotFound, NotAllowed, ChangedMeanwhile, NotReady, ActionRefused.
    """
    pilot = held(actor=actor, pilot_id=pilot_id, edition=edition, at=at)
    team = get_team(pilot=pilot, team_id=team_id)
    if pilot.started_on is None or pilot.phase == Phase.ENDED or team.began_on is not None or team.left_on is not None:
        raise ActionRefused(_("Teamet kan ikke begynne nå."))
    if found := gaps([_standing(team)], on=oslo.day_of(at)):
        raise NotReady(found)
    _begin([team])
    return stored(pilot, actor=actor, at=at, change={"begun": [team.unit_id]})


@transaction.atomic
def evaluate_pilot(*, actor: Actor, pilot_id: int, edition: int | None, at: datetime) -> Pilot:
    """Begin to evaluate. The teams go on as they do. Raises NotFound, NotAllowed, ChangedMeanwhile, ActionRefused."""
    return _step(Phase.EVALUATING, actor=actor, pilot_id=pilot_id, edition=edition, at=at)


@transaction.atomic
def go_on(*, actor: Actor, pilot_id: int, edition: int | None, at: datetime) -> Pilot:
    """Go on with the same pilot after an evaluation. Raises NotFound, NotAllowed, ChangedMeanwhile, ActionRefused."""
    pilot = held(actor=actor, pilot_id=pilot_id, edition=edition, at=at)
    if pilot.phase != Phase.EVALUATING:
        raise ActionRefused(_("Piloten er ikke til evaluering."))
    pilot.phase = Phase.RUNNING
    return stored(pilot, actor=actor, at=at, change={"phase": Phase.RUNNING})


@transaction.atomic
def end_pilot(*, actor: Actor, pilot_id: int, edition: int | None, outcome: str, words: str, at: datetime) -> Pilot:
    """End a pilot: it goes over to ordinary work, with changes or not, or is not carried on. words: why, and how.

    Raises NotFound, NotAllowed, ChangedMeanwhile, ActionRefused.
    """
    pilot = held(actor=actor, pilot_id=pilot_id, edition=edition, at=at)
    _lead_on(pilot, Phase.ENDED)
    if outcome not in Outcome.values or (pilot.started_on is None and outcome != Outcome.STOPPED):
        raise ActionRefused(_("Velg hvordan piloten slutter. En pilot som ikke har begynt, kan bare stanses."))
    if not words.strip():
        raise ActionRefused(_("Skriv kort hvorfor, og hva som skjer videre."))
    pilot.phase, pilot.ended_on = Phase.ENDED, oslo.day_of(at)
    pilot.outcome, pilot.outcome_words = outcome, words.strip()
    return stored(pilot, actor=actor, at=at, change={"phase": Phase.ENDED, "outcome": outcome})


def _step(phase: Phase, *, actor: Actor, pilot_id: int, edition: int | None, at: datetime) -> Pilot:
    pilot = held(actor=actor, pilot_id=pilot_id, edition=edition, at=at)
    _lead_on(pilot, phase)
    pilot.phase = phase
    return stored(pilot, actor=actor, at=at, change={"phase": phase})


def _lead_on(pilot: Pilot, phase: Phase) -> None:
    if not may_follow(Phase(pilot.phase), phase):
        raise ActionRefused(_("Piloten har kommet lenger, eller er ikke kommet så langt. Se hvor den står nå."))


def _in_it(pilot: Pilot) -> list[PilotTeam]:
    rows = PilotTeam.objects.filter(pilot=pilot, left_on__isnull=True).select_related("unit")
    return list(rows.order_by("unit__path", "pk"))


def _standing(team: PilotTeam) -> Standing:
    return Standing(team.unit.name, team.joined_on, team.has_baseline, team.without_reason)


def _begin(teams: list[PilotTeam]) -> None:
    for team in teams:
        team.began_on = team.joined_on
    PilotTeam.objects.bulk_update(teams, ["began_on"])
