"""The base roster keeps its rules whatever team it is made for."""

import random

from hypothesis import given
from hypothesis import strategies as st

from tillit.demo.people.rosters import CYCLE, DAY, EVENING, FULL_WEEK_OFF_HOURS, NIGHT, Rota, base_roster, longest_rest
from tillit.demo.people.teams import Demand

people = st.lists(
    st.builds(
        Rota,
        percent=st.sampled_from((60, 75, 80, 90, 100)),
        flavour=st.sampled_from(("MIXED", "MIXED", "EVENING", "WEEKDAY", "TEMP")),
        is_nurse=st.booleans(),
    ),
    min_size=1,
    max_size=18,
)
demands = st.builds(Demand, st.integers(1, 9), st.integers(1, 4), st.integers(1, 5), st.integers(1, 3))


class TestBaseRoster:
    @given(people, demands, st.integers(0, 10**6))
    def test_keeps_rest_weekends_and_positions(self, team: list[Rota], demand: Demand, seed: int) -> None:
        roster = base_roster(random.Random(seed), team, demand)

        for number, one in enumerate(team):
            kinds = [roster.of(number, day) for day in range(CYCLE)]
            assert not any(kinds[day - 1] in {EVENING, NIGHT} and kinds[day] == DAY for day in range(CYCLE))
            assert sum(bool(kinds[week + 5]) for week in (0, 7, 14)) <= 1
            assert all(longest_rest(roster, number, week) >= FULL_WEEK_OFF_HOURS * 60 for week in (0, 7, 14))
            assert sum(map(bool, kinds)) <= max(2, round(one.percent / 100 * 14.2))
            if one.flavour == "TEMP":
                assert not any(kinds)
