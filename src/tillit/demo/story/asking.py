"""What the teams in Fjordvik have been asked: two waves of «Teamet vårt», next steps, and a pulse that is open."""

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from django.db import transaction

from tillit.demo.chance import Chance
from tillit.demo.people.teams import TEAMS
from tillit.foundation.access.actor import Actor
from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce.actors import actor_of
from tillit.foundation.workforce.models import Employee
from tillit.foundation.workforce.queries.electorate import home_teams
from tillit.kernel import oslo
from tillit.kernel.errors import TillitError
from tillit.learning.surveys.actions import ask_survey, close_survey, write_next_step
from tillit.learning.surveys.models import Answer, Campaign, Urn
from tillit.learning.surveys.queries import get_instrument
from tillit.learning.surveys.rules import urn as urns
from tillit.learning.surveys.rules.instruments import Instrument
from tillit.learning.surveys.rules.steps import BESIDE

ASKER, WRITER = "jorn.lillebo", "ingrid.solheim"
#: Days from today that each began; the last is open still.
SPRING, AUTUMN, PULSE = -187, -34, -4
_MONTHS = ("januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober", "november",
           "desember")  # fmt: skip
#: Days that each is open; answers beside the steps, and those passed by.
OPEN_DAYS, BESIDE_SHARE, PASSED_SHARE = 14, 0.03, 0.02
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
    """One wave. begins: days from today. now: whether the levels are those of autumn."""

    instrument: str
    title: str
    begins: int
    now: bool


@transaction.atomic
def ask_the_teams(anchor: date, chance: Chance) -> None:
    """Add the rows, by the product's own actions. All other rows have been written.

    Keys, ids and orders that the product draws by lot are drawn again by seed: the town is the same every time.
    """
    teams = {name: Unit.objects.filter(name=name).order_by("pk").first() for name in [plan.name for plan in TEAMS]}
    units = [unit for unit in teams.values() if unit is not None]
    project = Employee.objects.filter(user__username=ASKER).first()
    if not units or project is None or project.user_id is None:
        return  # a town too small for the story
    for wave in (
        _Wave("team", "Teamet vårt", SPRING, now=False),
        _Wave("team", "Teamet vårt", AUTUMN, now=True),
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
    asker = actor_of(user_id=project.user_id or 0, name=project.name, at=at)
    campaign = ask_survey(
        actor=asker, instrument=wave.instrument, version=1, unit_ids=[unit.pk for unit in units],
        title=f"{wave.title}, {_MONTHS[begins.month - 1]} {begins.year}",
        closes_on=begins + timedelta(days=OPEN_DAYS), at=at,
    )  # fmt: skip
    draw = chance.stream("survey", wave.instrument, wave.begins)
    campaign.key = f"{draw.getrandbits(256):064x}"
    campaign.save(update_fields=["key"])
    is_open = campaign.closes_at > oslo.moment(anchor, time(12))
    _answer(wave, campaign, chance, units, part_way=0.5 if is_open else 1.0)
    if not is_open:
        close_survey(actor=asker, campaign_id=campaign.pk, edition=None, at=campaign.closes_at - timedelta(seconds=1))
        _draw_again(campaign, draw)
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
        ballots, spent = [], []
        for employee in sorted(pk for pk, team in teams.items() if team == unit.pk):
            draw = chance.stream("ballot", wave.begins, employee)
            if draw.random() < share and (part_way == 1.0 or names[employee] not in waiting):
                ballots.append(_ballot(draw, instrument, now if wave.now else before))
                spent.append(urns.code_of(campaign.key, f"employee:{employee}"))
        Urn.objects.filter(group__campaign=campaign, group__unit=unit).update(
            content=urns.packed(urns.Urn(tuple(ballots), tuple(sorted(spent)))), ballots=len(ballots)
        )


def _ballot(draw: random.Random, instrument: Instrument, levels: dict[str, float]) -> dict[str, Any]:
    """One who answers around her team's level, a little of her own, and not the same to all questions."""
    own = draw.gauss(0, 0.45)
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


def _draw_again(campaign: Campaign, draw: random.Random) -> None:
    """Store the answers again in an order and with ids drawn by seed."""
    rows = list(Answer.objects.filter(group__campaign=campaign).values_list("group_id", "given"))
    rows.sort(key=lambda row: (row[0], json.dumps(row[1], sort_keys=True)))
    draw.shuffle(rows)
    Answer.objects.filter(group__campaign=campaign).delete()
    Answer.objects.bulk_create([Answer(pk=1 + draw.getrandbits(62), group_id=row[0], given=row[1]) for row in rows])


def _write_next(campaign: Campaign, anchor: date) -> None:
    """Let Solvik write what it does next."""
    team = Unit.objects.filter(name="Team Solvik").order_by("pk").first()
    writer = Employee.objects.filter(user__username=WRITER).first()
    if team is None or writer is None or writer.user_id is None:
        return
    for number, (words, ahead) in enumerate(_NEXT):
        at = oslo.moment(anchor - timedelta(days=12 - number), time(14, 40))
        actor: Actor = actor_of(user_id=writer.user_id, name=writer.name, at=at)
        write_next_step(
            actor=actor, campaign_id=campaign.pk, unit_id=team.pk, words=words,
            look_again_on=anchor + timedelta(days=ahead), at=at,
        )  # fmt: skip
