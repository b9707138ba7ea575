"""Two waves of Fjordvik's own questions. What was written in the first is read and shown; the second waits (R39, R40).

Who reads is the union's representative: she belongs to none of the teams. She has begun, and taken a pause.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from django.db import transaction

from tillit.demo.chance import Chance
from tillit.demo.story import ballots as lots
from tillit.demo.story.own_instrument import BUILDER, YES, build_one
from tillit.demo.words import shift_change as said
from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce.models import Employee
from tillit.foundation.workforce.queries.electorate import home_teams
from tillit.kernel import oslo
from tillit.kernel.errors import TillitError
from tillit.learning.surveys.actions import (
    ask_survey,
    close_survey,
    finish_words,
    judge_words,
    name_screener,
    open_words,
)
from tillit.learning.surveys.models import Campaign, OwnInstrument, Screening, Words
from tillit.learning.surveys.queries import instrument_of, list_words
from tillit.learning.surveys.rules.wording import Why

TEAMS, READER = ("Team Solvik", "Team Lia", "Team Neset omsorg"), "gro.vatne"
OPEN_DAYS, WROTE_SHARE = 10, 0.7
#: What a team answers around in the theme, how many of ten began a shift without being told, how many of ten answer.
_LEVELS = {
    "Team Solvik": ((3.0, 0.6, 0.9), (4.0, 0.3, 0.9)),
    "Team Lia": ((3.5, 0.5, 0.75), (3.6, 0.4, 0.8)),
    "Team Neset omsorg": ((2.9, 0.7, 0.7), (3.1, 0.6, 0.7)),
}


@dataclass(frozen=True, slots=True)
class _Wave:
    """One wave. begins: days from today. number: 0 for the first. read: how many texts are read; None: all of them."""

    begins: int
    number: int
    read: int | None


WAVES = (_Wave(-90, 0, None), _Wave(-19, 1, 6))


@transaction.atomic
def ask_in_own_words(anchor: date, chance: Chance) -> None:
    """Add the rows, by the product's own actions. All other rows have been written."""
    units, project, reader = lots.teams_named(TEAMS), lots.found(BUILDER), lots.found(READER)
    if not units or project is None or reader is None:
        return  # a town too small for the story
    row = build_one(anchor)
    if row is None:
        return
    for wave in WAVES:
        try:
            with transaction.atomic():
                _run(wave, row, anchor, chance, project, reader, units)
        except TillitError:
            continue  # too few to ask, in a small town


def _run(
    wave: _Wave, row: OwnInstrument, anchor: date, chance: Chance, project: Employee, reader: Employee,
    units: Sequence[Unit],
) -> None:  # fmt: skip
    begins = anchor + timedelta(days=wave.begins)
    at = oslo.moment(begins, time(9))
    jorn = lots.acting(project, at)
    campaign = ask_survey(
        actor=jorn, instrument=row.code, version=row.version, unit_ids=[unit.pk for unit in units],
        title=lots.titled("Vaktskiftet", begins), closes_on=begins + timedelta(days=OPEN_DAYS), at=at,
    )  # fmt: skip
    draw = chance.stream("survey", "own", wave.number)
    lots.key_again(campaign, draw)
    name_screener(actor=jorn, campaign_id=campaign.pk, employee_id=reader.pk, edition=0, at=at)
    _answer(wave, campaign, row, chance, units)
    close_survey(actor=jorn, campaign_id=campaign.pk, edition=None, at=campaign.closes_at - timedelta(seconds=1))
    lots.draw_again(campaign, draw)
    if Screening.objects.filter(campaign=campaign).exists():  # enough was written
        _read(wave, campaign, reader)


def _answer(wave: _Wave, campaign: Campaign, row: OwnInstrument, chance: Chance, units: Sequence[Unit]) -> None:
    """Fill the urns: each answers around her team's level, and some write."""
    texts = (said.FIRST, said.SECOND)[wave.number]
    teams = home_teams({unit.pk for unit in units}, on=oslo.day_of(campaign.opens_at))
    for unit in units:
        level, untold, share = _LEVELS[unit.name][wave.number]
        left = [said.plain(text) for text in texts[unit.name]]
        chance.stream("words", wave.number, unit.name).shuffle(left)
        ballots, who = [], []
        for employee in sorted(pk for pk, team in teams.items() if team == unit.pk):
            draw = chance.stream("own ballot", wave.number, employee)
            if draw.random() < share:
                ballots.append(_ballot(draw, row, level, untold, left))
                who.append(f"employee:{employee}")
        lots.fill(campaign, unit.pk, ballots, who)


def _ballot(draw: random.Random, row: OwnInstrument, level: float, untold: float, left: list[str]) -> dict[str, Any]:
    """One who answers all, and takes one of the texts that are left."""
    instrument, own = instrument_of(row), draw.gauss(0, 0.4)
    given: dict[str, Any] = {}
    for item in instrument.items_of(instrument.parts[0].code):
        step = min(5, max(1, round(level + own + draw.gauss(0, 0.7))))
        given[item.code] = 6 - step if item.reverse else step
    given["Q4"] = YES if draw.random() < untold else 1 - YES
    if given["Q4"] == YES:
        given["Q5"] = draw.choice((1, 2, 2, 3, 3, 4))
    if left and draw.random() < WROTE_SHARE:
        given["Q6"] = left.pop()
    return given


def _read(wave: _Wave, campaign: Campaign, reader: Employee) -> None:
    """Read all and show it, or some and take a pause: names are covered, one text is held back."""
    marked = {said.plain(text): text for texts in (said.FIRST, said.SECOND) for of in texts.values() for text in of}
    at = oslo.moment(oslo.day_of(campaign.closes_at) + timedelta(days=3), time(18, 30))
    gro = lots.acting(reader, at)
    screening = open_words(actor=gro, campaign_id=campaign.pk, at=at)
    rows: list[Words] = list_words(screening)
    for one in rows[: wave.read]:
        text = marked[one.words]
        held = text.startswith(said.HELD)
        judge_words(
            actor=gro, campaign_id=campaign.pk, words_id=one.pk, places=said.covered(text), held=held,
            why=Why.HURTS if held else "", edition=one.edition, at=at,
        )  # fmt: skip
    if wave.read is None:
        finish_words(actor=gro, campaign_id=campaign.pk, edition=screening.edition, at=at + timedelta(minutes=25))
