"""What the stories about surveys share: urns filled at once, and what the product draws by lot drawn again by seed."""

import json
import random
from collections.abc import Sequence
from datetime import date, datetime

from tillit.foundation.access.actor import Actor
from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce.actors import actor_of
from tillit.foundation.workforce.models import Employee
from tillit.learning.surveys.models import Answer, Campaign, Urn, Waiting, Words
from tillit.learning.surveys.rules import pairing
from tillit.learning.surveys.rules import urn as urns
from tillit.ui import format_words


def found(username: str) -> Employee | None:
    """Return one of the named; None in a town too small to have her."""
    return Employee.objects.filter(user__username=username, user__isnull=False).first()


def acting(employee: Employee, at: datetime) -> Actor:
    """Return who an employee with a login is at a moment."""
    return actor_of(user_id=employee.user_id or 0, name=employee.name, at=at)


def teams_named(names: Sequence[str]) -> list[Unit]:
    """Return the first copy of each of these teams, in this order; those that are not there left out."""
    units = {name: Unit.objects.filter(name=name).order_by("pk").first() for name in names}
    return [unit for unit in units.values() if unit is not None]


def titled(words: str, begins: date) -> str:
    """Return a title with the month: «Pulsen, november 2026»."""
    month = format_words.words("nb").months[begins.month - 1]
    return f"{words}, {month} {begins.year}"


def key_again(campaign: Campaign, draw: random.Random) -> None:
    """Give a campaign that has just opened a key drawn by seed, and the series it begins one too."""
    campaign.key = f"{draw.getrandbits(256):064x}"
    campaign.save(update_fields=["key"])
    series = campaign.series
    if series is not None and series.campaigns.count() == 1:
        series.key = f"{draw.getrandbits(256):064x}"
        series.save(update_fields=["key"])


def fill(campaign: Campaign, unit_id: int, ballots: Sequence[urns.Ballot], who: Sequence[str]) -> None:
    """Put ballots in a team's urn. who: as `urns.code_of` takes them, such as «employee:7»; in no order."""
    spent = sorted(urns.code_of(campaign.key, one) for one in who)
    Urn.objects.filter(group__campaign=campaign, group__unit_id=unit_id).update(
        content=urns.packed(urns.Urn(tuple(ballots), tuple(spent))), ballots=len(ballots)
    )


def draw_again(campaign: Campaign, draw: random.Random) -> None:
    """Store what came out of the urns again, in an order and with ids drawn by seed."""
    answers = list(Answer.objects.filter(group__campaign=campaign).values_list("group_id", "given"))
    answers.sort(key=lambda row: (row[0], json.dumps(row[1], sort_keys=True)))
    draw.shuffle(answers)
    Answer.objects.filter(group__campaign=campaign).delete()
    Answer.objects.bulk_create([Answer(pk=_id(draw), group_id=group, given=given) for group, given in answers])
    words = sorted(Words.objects.filter(group__campaign=campaign).values_list("group_id", "question", "words"))
    draw.shuffle(words)
    Words.objects.filter(group__campaign=campaign).delete()
    Words.objects.bulk_create(
        [Words(pk=_id(draw), group_id=group, question=code, words=text) for group, code, text in words]
    )
    for waiting in Waiting.objects.filter(group__campaign=campaign).order_by("group_id"):
        rows = sorted(pairing.unpacked(bytes(waiting.content)), key=lambda row: row.mark)
        draw.shuffle(rows)
        waiting.content = pairing.packed(rows)
        waiting.save(update_fields=["content"])


def _id(draw: random.Random) -> int:
    return 1 + draw.getrandbits(62)
