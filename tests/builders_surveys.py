"""Surveys for tests: teams with people, an open survey, answers, a closed one."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from tests import builders
from tests.cast import MONDAY, Cast
from tillit.foundation.access.actor import Actor, system
from tillit.foundation.access.roles import Role
from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce.actors import actor_of
from tillit.foundation.workforce.models import Employee, Profession
from tillit.kernel import oslo
from tillit.learning.surveys import actions
from tillit.learning.surveys.models import Campaign, Gathering, Group, OwnInstrument, Urn, Way
from tillit.learning.surveys.rules.building import editing
from tillit.learning.surveys.rules.building.plain import to_plain
from tillit.learning.surveys.rules.instruments import Item, Part, Text
from tillit.learning.surveys.rules.shipped import shipped

KEEPER = system("undersøkelser")
_number = count(1)
_NAMES = ("Anna", "Bo", "Cecilie", "Dag", "Eva", "Frode", "Gro", "Hans", "Ida", "Jon", "Kaia", "Leo", "Mia", "Noah")


def people(team: Unit, how_many: int, *, family: str) -> list[Employee]:
    """Store care workers in a team."""
    found = []
    for name in _NAMES[:how_many]:
        one = builders.employee(name, family, Profession.HEALTH_WORKER, team, colour=4)
        builders.role(one, Role.CARE_WORKER, team)
        found.append(one)
    return found


def actor(employee: Employee, at: datetime = MONDAY) -> Actor:
    """Who an employee is."""
    assert employee.user is not None
    return actor_of(user_id=employee.user.pk, name=employee.name, at=at)


def launched(
    cast: Cast, *units: Unit, instrument: str = "team", at: datetime = MONDAY, days: int = 14, by: Actor | None = None
) -> Campaign:
    """Open a survey in these units, Bekkedal unless others are named."""
    return actions.ask_survey(
        actor=by or KEEPER, instrument=instrument, version=1, unit_ids=[unit.pk for unit in units or (cast.bekkedal,)],
        title="Teamet vårt, november 2026", closes_on=oslo.day_of(at) + timedelta(days=days), at=at,
    )  # fmt: skip


def a_campaign(unit: Unit) -> Campaign:
    """Store an open survey of one unit with an empty urn, however many work there."""
    campaign = Campaign.objects.create(
        unit=unit, title="Teamet vårt", instrument="team", version=1, fingerprint="", key="k" * 64, opens_at=MONDAY,
        closes_at=MONDAY + timedelta(days=14),
    )  # fmt: skip
    Urn.objects.create(group=Group.objects.create(campaign=campaign, unit=unit), content=b"")
    return campaign


def a_gathering(unit: Unit, holder: Employee, people: int = 6, campaign: Campaign | None = None) -> Gathering:
    """Store a gathering that somebody held on Monday."""
    return Gathering.objects.create(
        unit=unit, campaign=campaign, held_on=oslo.day_of(MONDAY), people=people, held_by=holder, written_at=MONDAY
    )


def an_own_instrument(unit: Unit, at: datetime = MONDAY, for_whom: str = "TEAM") -> OwnInstrument:
    """Store a draft for a unit: two questions of one theme, the second turned, and own words after a low answer."""
    theme = Part("T1", Text("Morgenen"), Text("Vi får det til"))
    items = (
        Item("Q1", Text("Vaktrommet er rolig når dagen begynner."), "AGREE", "T1"),
        Item("Q2", Text("Jeg mangler beskjeder når jeg drar ut."), "AGREE", "T1", reverse=True),
        Item("Q3", Text("Hva var det som manglet?"), "WORDS", only_if=("Q2", (4, 5))),
    )
    asked = editing.blank(Text("Morgenrapporten"), Text("Bestemme om rapporten skal bli kortere"), for_whom)
    asked = editing.with_part(asked, theme)
    for item in items:
        asked = editing.with_item(asked, item)
    row = OwnInstrument.objects.create(
        unit=unit, code=f"new{unit.pk}-{next(_number)}", asked=to_plain(asked), made_at=at
    )
    row.code = f"own{row.pk}"
    row.save(update_fields=["code"])
    return row


def form(given: Mapping[str, Any]) -> dict[str, str]:
    """What a form says for some answers."""
    said: dict[str, str] = {}
    for code, answer in given.items():
        if isinstance(answer, dict):
            said |= {f"{code}.{way}": str(step) for way, step in answer.items()}
        else:
            said[code] = str(answer)
    return said


def alike(instrument: str, step: int) -> dict[str, str]:
    """The same step to every question."""
    found = shipped(instrument)
    assert found is not None
    return {item.code: str(step) for item in found.items}


def answered(
    campaign: Campaign, employees: Iterable[Employee], said: Sequence[Mapping[str, str]], at: datetime = MONDAY
) -> None:
    """Let each answer."""
    for employee, one in zip(employees, said, strict=True):
        actions.cast_ballot(actor=actor(employee, at), campaign_id=campaign.pk, said=one, at=at)


def closed(campaign: Campaign, at: datetime | None = None) -> Campaign:
    """Open the urns."""
    at = at or campaign.closes_at
    actions.close_survey(
        actor=KEEPER, campaign_id=campaign.pk, edition=None, at=min(at, campaign.closes_at - timedelta(seconds=1))
    )
    campaign.refresh_from_db()
    return campaign


def _newest(instrument: str) -> int:
    found = shipped(instrument)
    return found.version if found else 1


def by_cards(
    cast: Cast, *units: Unit, instrument: str = "citizens", at: datetime = MONDAY, cards: int = 8, days: int = 14
) -> Campaign:
    """Open a survey of citizens, answered with cards."""
    return actions.ask_survey(
        actor=KEEPER, instrument=instrument, version=_newest(instrument),
        unit_ids=[unit.pk for unit in units or (cast.bekkedal,)],
        title="Hjelpen du får, november 2026", closes_on=oslo.day_of(at) + timedelta(days=days), at=at,
        way=Way.CARDS, cards=cards,
    )  # fmt: skip
