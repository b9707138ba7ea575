"""Those who get help were asked twice, and their relatives are asked now, all of them by cards (R39).

Neset helse has too few to be shown, Lia had the first time. In Havna many were helped to answer the second
time by those who work there: the better numbers come with a caution. Solvik writes what it does next.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from django.db import transaction

from tillit.demo.chance import Chance
from tillit.demo.story import ballots as lots
from tillit.demo.words.relatives import WRITTEN
from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce.models import Employee
from tillit.kernel import oslo
from tillit.learning.surveys.actions import ask_survey, close_survey, name_screener, write_next_step
from tillit.learning.surveys.models import Campaign, Way
from tillit.learning.surveys.queries import cards_of, get_instrument
from tillit.learning.surveys.rules.helped import KINDS
from tillit.learning.surveys.rules.instruments import Instrument
from tillit.learning.surveys.rules.steps import BESIDE

ASKER, READER, WRITER = "jorn.lillebo", "gro.vatne", "ingrid.solheim"
#: Cards each team handed out, and days from today that each wave began: half a year apart.
CARDS, SPRING, AUTUMN, OPEN_DAYS = 24, -222, -40, 14
#: Of relatives: cards, the day it began, days it is open, how many cards each team has got back so far.
FEWER_CARDS, BEGAN, LONGER = 15, -6, 21
USED = {"Team Solvik": 9, "Team Lia": 7, "Team Neset omsorg": 3}
BESIDE_SHARE = 0.04
NEXT = ("Den som fordeler listene, ringer før ni til alle som får besøket flyttet mer enn en halv time.", 33)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A team in one wave. levels: around what they answer, H1–H12. helped: how many by KINDS. silent: on that alone."""

    levels: tuple[float, ...]
    helped: tuple[int, int, int, int]
    silent: int = 0


_WAVES: dict[int, dict[str, _Asked]] = {
    SPRING: {
        "Team Solvik": _Asked((3.1, 3.3, 2.9, 2.1, 2.8, 2.9, 3.3, 2.8, 2.4, 3.3, 2.5, 7.3), (12, 6, 0, 0)),
        "Team Havna": _Asked((2.2, 3.0, 2.8, 2.3, 2.4, 2.5, 3.0, 2.4, 2.3, 2.9, 2.4, 6.6), (13, 6, 0, 0)),
        "Team Lia": _Asked((2.9, 3.1, 3.0, 2.6, 2.8, 2.8, 3.1, 2.6, 2.6, 3.2, 2.6, 7.2), (5, 3, 0, 0)),
        "Team Neset helse": _Asked((2.8, 3.0, 3.1, 2.6, 2.7, 2.7, 3.1, 2.9, 2.7, 3.4, 2.7, 7.4), (3, 1, 0, 0)),
    },
    AUTUMN: {
        "Team Solvik": _Asked((3.2, 3.4, 3.0, 3.1, 3.0, 3.0, 3.3, 2.8, 3.2, 3.4, 3.0, 7.8), (13, 6, 0, 0), 1),
        "Team Havna": _Asked((3.4, 3.5, 3.0, 2.7, 3.2, 3.2, 3.3, 2.8, 3.1, 3.7, 2.9, 8.1), (8, 5, 6, 0), 1),
        "Team Lia": _Asked((2.9, 3.2, 3.0, 2.6, 2.9, 2.8, 3.1, 2.5, 2.7, 3.2, 2.6, 7.3), (8, 5, 0, 0)),
        "Team Neset helse": _Asked((2.9, 3.1, 3.0, 2.7, 2.8, 2.8, 3.1, 2.8, 2.7, 3.4, 2.7, 7.5), (2, 1, 0, 0)),
    },
}


@transaction.atomic
def ask_at_home(anchor: date, chance: Chance) -> None:
    """Add the rows, by the product's own actions. All other rows have been written."""
    project, reader = lots.found(ASKER), lots.found(READER)
    if project is None or reader is None:
        return  # a town too small for the story
    for begins, asked in _WAVES.items():
        if units := lots.teams_named(list(asked)):
            _ask_citizens(begins, asked, anchor, chance, project, units)
    if units := lots.teams_named(list(USED)):
        _ask_relatives(anchor, chance, project, reader, units)


def _ask_citizens(
    begins: int, asked: Mapping[str, _Asked], anchor: date, chance: Chance, project: Employee, units: Sequence[Unit]
) -> None:
    campaign = _opened("citizens", 2, "Hjelpen du får", anchor, begins, OPEN_DAYS, CARDS, chance, project, units)
    instrument = get_instrument(campaign.instrument, campaign.version)
    for unit in units:
        team, draw = asked[unit.name], chance.stream("at home", begins, unit.name)
        kinds: list[int | None] = [kind for kind, count in zip(KINDS, team.helped, strict=True) for _ in range(count)]
        ballots = [_citizen(draw, instrument, team.levels, kind) for kind in (*kinds, *[None] * team.silent)]
        _hand_in(campaign, unit, ballots, draw)
    close_survey(
        actor=lots.acting(project, campaign.opens_at), campaign_id=campaign.pk, edition=None,
        at=campaign.closes_at - timedelta(seconds=1),
    )  # fmt: skip
    lots.draw_again(campaign, chance.stream("at home", begins, "urns"))
    if begins == AUTUMN:
        _write_next(campaign, anchor)


def _ask_relatives(anchor: date, chance: Chance, project: Employee, reader: Employee, units: Sequence[Unit]) -> None:
    """Some have answered, and some of those wrote; who will read it is named."""
    campaign = _opened(
        "relatives", 1, "Du som er pårørende", anchor, BEGAN, LONGER, FEWER_CARDS, chance, project, units
    )
    name_screener(
        actor=lots.acting(project, campaign.opens_at), campaign_id=campaign.pk, employee_id=reader.pk, edition=0,
        at=campaign.opens_at,
    )  # fmt: skip
    instrument = get_instrument(campaign.instrument, campaign.version)
    for unit in units:
        draw, texts = chance.stream("relatives", unit.name), WRITTEN[unit.name]
        ballots = [_relative(draw, instrument) for _ in range(USED[unit.name])]
        for ballot, words in zip(ballots, texts, strict=False):  # the others wrote nothing
            ballot["P8"] = words
        draw.shuffle(ballots)
        _hand_in(campaign, unit, ballots, draw)


def _opened(
    instrument: str, version: int, title: str, anchor: date, begins: int, days: int, cards: int, chance: Chance,
    project: Employee, units: Sequence[Unit],
) -> Campaign:  # fmt: skip
    on = anchor + timedelta(days=begins)
    at = oslo.moment(on, time(9, 15))
    campaign = ask_survey(
        actor=lots.acting(project, at), instrument=instrument, version=version, unit_ids=[unit.pk for unit in units],
        title=lots.titled(title, on), closes_on=on + timedelta(days=days), at=at, way=Way.CARDS, cards=cards,
    )  # fmt: skip
    lots.key_again(campaign, chance.stream("survey", instrument, begins))
    return campaign


def _hand_in(campaign: Campaign, unit: Unit, ballots: Sequence[dict[str, Any]], draw: random.Random) -> None:
    cards = cards_of(campaign, campaign.groups.get(unit=unit))
    lots.fill(campaign, unit.pk, ballots, [f"card:{card}" for card in draw.sample(cards, len(ballots))])


def _citizen(
    draw: random.Random, instrument: Instrument, levels: Sequence[float], helped: int | None
) -> dict[str, Any]:
    """One who answers around her team's levels. helped: None when she passed that question by."""
    own, given = draw.gauss(0, 0.3), {}
    for item, level in zip(instrument.items[: len(levels)], levels, strict=True):
        scale = instrument.scale_of(item)
        wide = 0.55 if scale.beside is not None else 1.3  # H12 is from 0 to 10
        step = min(scale.most, max(scale.least, round(level + own + draw.gauss(0, wide))))
        given[item.code] = BESIDE if scale.beside is not None and draw.random() < BESIDE_SHARE else step
    return given if helped is None else given | {"H13": helped}


def _relative(draw: random.Random, instrument: Instrument) -> dict[str, Any]:
    own = draw.gauss(3.7, 0.5)
    return {item.code: min(5, max(1, round(own + draw.gauss(0, 0.7)))) for item in instrument.items if item.part}


def _write_next(campaign: Campaign, anchor: date) -> None:
    teams, writer = lots.teams_named(["Team Solvik"]), lots.found(WRITER)
    if teams and writer is not None:
        words, ahead = NEXT
        at = oslo.moment(anchor - timedelta(days=20), time(14, 50))
        write_next_step(
            actor=lots.acting(writer, at), campaign_id=campaign.pk, unit_id=teams[0].pk, words=words,
            look_again_on=anchor + timedelta(days=ahead), at=at,
        )  # fmt: skip
