"""What the teams in Fjordvik have been asked: two waves of «Teamet vårt», next steps, and a pulse that is open.

Many made a code in both waves, so that the change of the same people stands beside that of all (ADR 0010).
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from django.db import transaction

from tillit.demo.chance import Chance
from tillit.demo.people.teams import TEAMS
from tillit.demo.story import ballots as lots
from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce.models import Employee
from tillit.foundation.workforce.queries.electorate import home_teams
from tillit.kernel import oslo
from tillit.kernel.errors import TillitError
from tillit.learning.surveys.actions import ask_survey, close_survey, write_next_step
from tillit.learning.surveys.models import Campaign
from tillit.learning.surveys.queries import get_instrument
from tillit.learning.surveys.rules import pairing
from tillit.learning.surveys.rules.instruments import Instrument
from tillit.learning.surveys.rules.steps import BESIDE

ASKER, WRITER = "jorn.lillebo", "ingrid.solheim"
#: Days from today that each began; the last is open still.
SPRING, AUTUMN, PULSE = -187, -34, -4
#: Days that each is open; answers beside the steps, and those passed by.
OPEN_DAYS, BESIDE_SHARE, PASSED_SHARE = 14, 0.03, 0.02
#: Of those who answer, the share that makes a code; and of those the share that gets it wrong the second time.
CODE_SHARE, WRONG_SHARE = 0.75, 0.1
#: What a team answers around, by part, in spring and in autumn, and the share of its people who answer.
_LEVELS: dict[str, tuple[dict[str, float], dict[str, float], float, float]] = {
    "Team Solvik": ({"STYRKE": 3.5, "AUTONOMI": 2.8, "VIRKNING": 2.9, "MENING": 4.2},
                    {"STYRKE": 3.9, "AUTONOMI": 3.9, "VIRKNING": 3.1, "MENING": 4.2}, 0.82, 0.90),
    "Team Havna": ({"STYRKE": 3.2, "AUTONOMI": 2.3, "VIRKNING": 2.6, "MENING": 3.8},
                   {"STYRKE": 4.1, "AUTONOMI": 4.2, "VIRKNING": 3.4, "MENING": 4.3}, 0.74, 0.87),
    "Team Lia": ({"STYRKE": 3.6, "AUTONOMI": 3.2, "VIRKNING": 3.0, "MENING": 4.0},
                 {"STYRKE": 3.6, "AUTONOMI": 3.3, "VIRKNING": 2.9, "MENING": 3.9}, 0.76, 0.71),
    "Team Neset omsorg": ({"STYRKE": 3.4, "AUTONOMI": 3.0, "VIRKNING": 2.8, "MENING": 4.1},
                          {"STYRKE": 3.5, "AUTONOMI": 3.3, "VIRKNING": 2.9, "MENING": 4.1}, 0.66, 0.69),
    "Team Neset helse": ({"STYRKE": 3.8, "AUTONOMI": 3.5, "VIRKNING": 3.2, "MENING": 4.2},
                         {"STYRKE": 3.8, "AUTONOMI": 3.6, "VIRKNING": 3.3, "MENING": 4.2}, 0.75, 0.30),
    "Team Bjørkåsen": ({"STYRKE": 3.1, "AUTONOMI": 2.2, "VIRKNING": 2.3, "MENING": 3.7},
                       {"STYRKE": 2.5, "AUTONOMI": 2.1, "VIRKNING": 2.2, "MENING": 3.4}, 0.64, 0.22),
}  # fmt: skip
_NEXT = (
    ("Forslag skrives på tavla på teammøtet, og Kari følger opp hva som ble av dem.", 26),
    ("Vi prøver å endre tiltak samme dag når behovet er nytt, og skriver hvorfor i planen.", 40),
)


@dataclass(frozen=True, slots=True)
class _Wave:
    """One wave. begins: days from today. now: whether the levels are those of autumn. pairs: whether codes are made."""

    instrument: str
    title: str
    begins: int
    now: bool
    pairs: bool = False


@transaction.atomic
def ask_the_teams(anchor: date, chance: Chance) -> None:
    """Add the rows, by the product's own actions. All other rows have been written.

    Keys, ids and orders that the product draws by lot are drawn again by seed: the town is the same every time.
    """
    units = lots.teams_named([plan.name for plan in TEAMS])
    project = lots.found(ASKER)
    if not units or project is None:
        return  # a town too small for the story
    for wave in (
        _Wave("team", "Teamet vårt", SPRING, now=False, pairs=True),
        _Wave("team", "Teamet vårt", AUTUMN, now=True, pairs=True),
        _Wave("pulse", "Pulsen", PULSE, now=True),
    ):
        try:
            with transaction.atomic():
                _run(wave, anchor, chance, project, units)
        except TillitError:
            continue  # too few to ask, in a small town: the story is shorter


def _run(wave: _Wave, anchor: date, chance: Chance, project: Employee, units: Sequence[Unit]) -> None:
    begins = anchor + timedelta(days=wave.begins)
    at = oslo.moment(begins, time(8, 30))
    asker = lots.acting(project, at)
    campaign = ask_survey(
        actor=asker, instrument=wave.instrument, version=1, unit_ids=[unit.pk for unit in units],
        title=lots.titled(wave.title, begins), closes_on=begins + timedelta(days=OPEN_DAYS), at=at, pairs=wave.pairs,
    )  # fmt: skip
    draw = chance.stream("survey", wave.instrument, wave.begins)
    lots.key_again(campaign, draw)
    is_open = campaign.closes_at > oslo.moment(anchor, time(12))
    _answer(wave, campaign, chance, units, part_way=0.5 if is_open else 1.0)
    if not is_open:
        close_survey(actor=asker, campaign_id=campaign.pk, edition=None, at=campaign.closes_at - timedelta(seconds=1))
        lots.draw_again(campaign, draw)
    if wave.begins == AUTUMN:
        _write_next(campaign, anchor)


def _answer(wave: _Wave, campaign: Campaign, chance: Chance, units: Sequence[Unit], *, part_way: float) -> None:
    """Fill the urns. part_way: of those who answer in the end, the share that has. Those to log in as have not."""
    instrument = get_instrument(campaign.instrument, campaign.version)
    teams = home_teams({unit.pk for unit in units}, on=oslo.day_of(campaign.opens_at))
    waiting = {"kari.nilsen", "ingrid.solheim", "hanne.lie", "tuva.dahl", "sunniva.rekdal", "lars.eide", "silje.strand"}
    names = dict(Employee.objects.filter(pk__in=teams).values_list("pk", "user__username"))
    for unit in units:
        before, now, share_before, share_now = _LEVELS[unit.name]
        share = (share_now if wave.now else share_before) * part_way
        ballots, who = [], []
        for employee in sorted(pk for pk, team in teams.items() if team == unit.pk):
            draw = chance.stream("ballot", wave.begins, employee)
            if draw.random() < share and (part_way == 1.0 or names[employee] not in waiting):
                usual = chance.stream("ballot", "usual", employee)
                ballot = _ballot(draw, usual.gauss(0, 0.45), instrument, now if wave.now else before)
                ballots.append(ballot | _code(campaign, usual, second=wave.now))
                who.append(f"employee:{employee}")
        lots.fill(campaign, unit.pk, ballots, who)


def _ballot(draw: random.Random, own: float, instrument: Instrument, levels: dict[str, float]) -> dict[str, Any]:
    """One who answers around her team's level, and not the same to all questions. own: above or below it, each time."""
    usual = sum(levels.values()) / len(levels)
    given: dict[str, Any] = {}
    for item in instrument.items:
        chance = draw.random()
        scale = instrument.scale_of(item)
        step = round(levels.get(item.part, usual) + own + draw.gauss(0, 0.7))
        step = min(scale.most, max(scale.least, step))
        if chance < BESIDE_SHARE and scale.beside is not None:
            given[item.code] = BESIDE
        elif chance > PASSED_SHARE + BESIDE_SHARE:
            given[item.code] = scale.least + scale.most - step if item.reverse else step
    return given


def _code(campaign: Campaign, usual: random.Random, *, second: bool) -> dict[str, str]:
    """Return the mark of the code somebody makes, the same each time unless she gets it wrong; empty: she makes none.

    usual: her own stream, from the same place in both waves.
    """
    makes, wrong = usual.random() < CODE_SHARE, usual.random() < WRONG_SHARE
    parts = {name: str(usual.randint(1, 28)) if kind == pairing.DAY else usual.choice("ABEGHIKLMNRST")
             for name, kind in pairing.PARTS.items()}  # fmt: skip
    if wrong and second:
        parts["pair4"] = "Ø"
    mark = pairing.mark_of(campaign.series.key, parts) if campaign.series and makes else None
    return {pairing.MARK: mark} if mark else {}


def _write_next(campaign: Campaign, anchor: date) -> None:
    """Let Solvik write what it does next."""
    teams, writer = lots.teams_named(["Team Solvik"]), lots.found(WRITER)
    if not teams or writer is None:
        return
    for number, (words, ahead) in enumerate(_NEXT):
        at = oslo.moment(anchor - timedelta(days=12 - number), time(14, 40))
        write_next_step(
            actor=lots.acting(writer, at), campaign_id=campaign.pk, unit_id=teams[0].pk, words=words,
            look_again_on=anchor + timedelta(days=ahead), at=at,
        )  # fmt: skip
