"""Deciding when a work group shares its team's lists."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import builders, builders_groups
from tests.cast import MONDAY, MONDAY_DATE, TUESDAY_DATE, Cast
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.models import AuditEntry
from tillit.foundation.organisation import actions, queries, sources
from tillit.foundation.organisation.models import JoinedLists, Unit, UnitKind
from tillit.kernel.errors import ChangedMeanwhile, NotAllowed, NotFound

SATURDAY_DATE = date(2026, 11, 28)


@pytest.fixture
def group(cast: Cast) -> builders_groups.Group:
    return builders_groups.dementia_group(cast)


@pytest.fixture(autouse=True)
def _nothing_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "_list_source", None)


def join(
    actor: Actor,
    group: builders_groups.Group,
    *,
    evening: bool = True,
    night: bool = True,
    weekend: bool = True,
    valid_from: date = TUESDAY_DATE,
    edition: int | None = None,
) -> Unit:
    return actions.join_lists(
        actor=actor,
        unit_id=group.unit.pk,
        edition=Unit.objects.get(pk=group.unit.pk).edition if edition is None else edition,
        evening=evening,
        night=night,
        weekend=weekend,
        valid_from=valid_from,
        at=MONDAY,
    )


def shares(group: builders_groups.Group, on: date, kind: str) -> bool:
    return queries.family_of(group.unit.pk).groups[0].shares(on, kind)


class TestJoinLists:
    def test_the_leader_of_the_team_decides_from_a_day_R02(self, cast: Cast, group: builders_groups.Group) -> None:
        join(cast.marit.actor, group, evening=False)

        assert shares(group, MONDAY_DATE, "EVENING")
        assert not shares(group, TUESDAY_DATE, "EVENING")
        assert shares(group, TUESDAY_DATE, "NIGHT")
        entry = AuditEntry.objects.get()
        assert entry.change["joined"] == {"evening": False, "night": True, "weekend": True}
        assert entry.change["from"] == TUESDAY_DATE.isoformat()

    def test_deciding_anew_replaces_what_was_to_come_and_keeps_what_was(
        self, cast: Cast, group: builders_groups.Group
    ) -> None:
        join(cast.marit.actor, group, evening=False)
        join(cast.marit.actor, group, night=False, valid_from=SATURDAY_DATE)
        join(cast.marit.actor, group, weekend=False, valid_from=TUESDAY_DATE + timedelta(days=1))

        assert not shares(group, TUESDAY_DATE, "EVENING")
        assert shares(group, TUESDAY_DATE + timedelta(days=1), "EVENING")
        assert shares(group, TUESDAY_DATE + timedelta(days=7), "NIGHT")
        assert not shares(group, SATURDAY_DATE, "DAY")

    def test_the_same_again_changes_nothing(self, cast: Cast, group: builders_groups.Group) -> None:
        join(cast.marit.actor, group)

        assert not JoinedLists.objects.exists()
        assert not AuditEntry.objects.exists()

    def test_is_not_for_those_who_work_there_nor_for_the_next_team(
        self, cast: Cast, group: builders_groups.Group
    ) -> None:
        with pytest.raises(NotAllowed):
            join(group.solveig.actor, group, evening=False)
        with pytest.raises(NotFound):
            join(cast.nils.actor, group, evening=False)
        assert not JoinedLists.objects.exists()

    def test_tells_of_two_at_once(self, cast: Cast, group: builders_groups.Group) -> None:
        join(cast.marit.actor, group, evening=False)

        with pytest.raises(ChangedMeanwhile):
            join(cast.marit.actor, group, night=False, edition=1)

    def test_a_team_shares_with_nobody_and_yesterday_is_over(self, cast: Cast, group: builders_groups.Group) -> None:
        with pytest.raises(actions.JoiningRefused):
            join(cast.marit.actor, builders_groups.Group(cast.bekkedal, group.solveig, group.rigmor))
        with pytest.raises(actions.JoiningRefused) as refused:
            join(cast.marit.actor, group, evening=False, valid_from=MONDAY_DATE - timedelta(days=1))
        assert refused.value.field == "valid_from"

    def test_begun_lists_that_would_be_parted_say_from_when_it_can_be(
        self, cast: Cast, group: builders_groups.Group, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked: list[tuple[int, ...]] = []

        def begun(unit_ids: tuple[int, ...], *, first: date) -> list[tuple[date, str]]:
            asked.append(tuple(unit_ids))
            return [
                each
                for each in ((TUESDAY_DATE, "EVENING"), (SATURDAY_DATE, "EVENING"), (SATURDAY_DATE, "DAY"))
                if each[0] >= first
            ]

        monkeypatch.setattr(sources, "_list_source", begun)
        with pytest.raises(actions.JoiningRefused) as refused:
            join(cast.marit.actor, group, evening=False, weekend=False)

        assert asked == [(cast.bekkedal.pk, group.unit.pk)]
        assert refused.value.first_possible == SATURDAY_DATE + timedelta(days=1)
        assert "29.11.2026" in refused.value.text
        join(cast.marit.actor, group, night=False)  # touches none of them
        join(cast.marit.actor, group, evening=False, weekend=False, valid_from=SATURDAY_DATE + timedelta(days=1))
        assert shares(group, SATURDAY_DATE, "DAY")


class TestFamilyOf:
    def test_is_one_query_whatever_the_groups(self, cast: Cast, group: builders_groups.Group) -> None:
        join(cast.marit.actor, group, evening=False)
        for number in range(5):
            builders.unit(f"Lag {number}", UnitKind.WORK_GROUP, parent=cast.bekkedal)

        with CaptureQueriesContext(connection) as found:
            family = queries.family_of(cast.bekkedal.pk)

        assert len(found) == 1
        assert len(family.groups) == 6
        assert family.ids[0] == cast.bekkedal.pk
        assert not family.is_group

    def test_of_a_group_knows_its_team(self, cast: Cast, group: builders_groups.Group) -> None:
        family = queries.family_of(group.unit.pk)

        assert (family.is_group, family.team_id, family.team_name) == (True, cast.bekkedal.pk, "Team Bekkedal")
        assert family.units_on_lists(TUESDAY_DATE, "DAY") == (group.unit.pk,)
        assert family.units_on_lists(TUESDAY_DATE, "EVENING") == ()
