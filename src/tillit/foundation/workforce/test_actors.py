"""How far a role reaches."""

from datetime import date

import pytest

from tests import builders, builders_groups
from tests.cast import MONDAY, Cast
from tillit.foundation.access.actor import Actor, Grant
from tillit.foundation.access.roles import Role
from tillit.foundation.organisation.models import JoinedLists
from tillit.foundation.workforce.actors import actor_of


def again(group: builders_groups.Group) -> Actor:
    return actor_of(user_id=group.solveig.user.pk, name="Solveig", at=MONDAY)


class TestWorkGroup:
    def test_who_works_in_a_group_reaches_the_team_she_shares_lists_with_R02(self, cast: Cast) -> None:
        group = builders_groups.dementia_group(cast)

        assert again(group).roles_at(cast.bekkedal.path) == {Role.CARE_WORKER}
        assert again(group).roles_at(cast.solvik.path) == frozenset()
        assert cast.amir.actor.roles_at(group.unit.path) == {Role.CARE_WORKER}

    @pytest.mark.parametrize(("evening", "reaches"), [(False, False), (True, True)])
    def test_a_group_that_shares_nothing_keeps_to_itself(self, cast: Cast, evening: bool, reaches: bool) -> None:
        group = builders_groups.dementia_group(cast)
        JoinedLists.objects.create(
            unit=group.unit, evening=evening, night=False, weekend=False, valid_from=date(2026, 1, 1)
        )

        assert bool(again(group).roles_at(cast.bekkedal.path)) is reaches
        assert again(group).roles_at(group.unit.path) == {Role.CARE_WORKER}

    def test_a_leaders_role_stays_in_the_group(self, cast: Cast) -> None:
        group = builders_groups.dementia_group(cast)
        builders.role(group.solveig.employee, Role.TEAM_LEADER, group.unit)

        assert Grant(Role.TEAM_LEADER, group.unit.path) in again(group).grants
        assert Grant(Role.TEAM_LEADER, cast.bekkedal.path) not in again(group).grants

    def test_is_two_queries_and_one_more_from_a_work_group(self, cast: Cast, django_assert_num_queries: object) -> None:
        group = builders_groups.dementia_group(cast)

        with django_assert_num_queries(2):  # type: ignore[operator]
            actor_of(user_id=cast.ingrid.user.pk, name="Ingrid", at=MONDAY)
        with django_assert_num_queries(3):  # type: ignore[operator]
            again(group)
