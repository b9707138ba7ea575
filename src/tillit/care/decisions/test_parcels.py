"""What goes together in one case, and what a new level of function changes (R04, R19)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tillit.care.decisions.rules.function import LEVELS, VARIABLES, Change, changes, is_level
from tillit.care.decisions.rules.parcels import group_of, parcels
from tillit.foundation.responsibility.rules.routing import ServiceGroup

CODES = ("NEW_DECIDE", "REABLEMENT", "SHORT_STAY", "LONG_STAY", "SPECIALIST_SERVICES", "", "A_ROW_OF_OUR_OWN")
TEAM, OFFICE = (1,), (2,)


def office_has_stays(group: ServiceGroup) -> tuple[int, ...]:
    """The office holds stays and special services, the team the rest."""
    return TEAM if group in (ServiceGroup.HOME, ServiceGroup.REABLEMENT) else OFFICE


class TestParcels:
    @pytest.mark.parametrize(
        ("code", "group"),
        [
            ("NEW_DECIDE", ServiceGroup.HOME),
            ("REABLEMENT", ServiceGroup.REABLEMENT),
            ("LONG_STAY", ServiceGroup.LONG_STAY),
            ("SPECIALIST_SERVICES", ServiceGroup.SPECIALIST),
            ("A_ROW_OF_OUR_OWN", ServiceGroup.HOME),
        ],
    )
    def test_a_service_belongs_with_its_row_R04(self, code: str, group: ServiceGroup) -> None:
        assert group_of(code) is group

    def test_help_at_home_is_the_main_case_whatever_stood_first_R22(self) -> None:
        found = parcels([(9, "LONG_STAY"), (1, "NEW_DECIDE"), (2, "REABLEMENT")], held_by=office_has_stays)

        assert [parcel.service_ids for parcel in found] == [(1, 2), (9,)]

    def test_only_words_is_one_case_for_help_at_home_R19(self) -> None:
        (only,) = parcels([], held_by=office_has_stays)

        assert (only.groups, only.service_ids) == ((ServiceGroup.HOME,), ())

    @given(
        st.lists(st.sampled_from(CODES), max_size=8),
        st.dictionaries(st.sampled_from(list(ServiceGroup)), st.integers(1, 3)),
    )
    def test_nothing_asked_for_is_lost_or_doubled_R22(self, codes: list[str], holders: dict[ServiceGroup, int]) -> None:
        def held_by(group: ServiceGroup) -> tuple[int, ...]:
            return (holders[group],) if group in holders else ()

        found = parcels(list(enumerate(codes)), held_by=held_by)

        assert sorted(one for parcel in found for one in parcel.service_ids) == list(range(len(codes)))
        places = [held_by(parcel.groups[0]) for parcel in found]
        assert len(places) == len(set(places))


class TestLevels:
    def test_there_are_seventeen_variables_each_asked_once_R19(self) -> None:
        assert sorted(number for numbers in VARIABLES.values() for number in numbers) == list(range(1, 18))

    @pytest.mark.parametrize("level", [0, 6, 7, 8, 10])
    def test_the_scale_has_no_such_level_R19(self, level: int) -> None:
        assert not is_level(7, level)
        assert all(is_level(7, known) for known in LEVELS)

    def test_only_what_is_different_changes_and_silence_leaves_it_R19(self) -> None:
        assert changes({5: 2, 7: 3}, {5: 2, 7: 4, 9: 9}) == (Change(7, 4, 3), Change(9, 9, None))
