"""Which parts are open, on plain values."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tillit.care.consents.permissions import OPENED_BY
from tillit.care.consents.rules import Given, Part, lacking, open_parts
from tillit.kernel.periods import Days

ON = date(2026, 11, 23)
AT = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
BEFORE = AT - timedelta(days=3)


class TestOpenParts:
    def test_a_part_that_is_taken_back_closes_at_that_moment_and_the_others_stay_R18(self) -> None:
        given_parts = [Given(Part.VISITS, BEFORE), Given(Part.GOALS, BEFORE, ended_at=AT)]

        assert open_parts(Days(ON), given_parts, on=ON, at=AT - timedelta(seconds=1)) == {Part.VISITS, Part.GOALS}
        assert open_parts(Days(ON), given_parts, on=ON, at=AT) == {Part.VISITS}

    def test_nothing_is_open_before_the_first_day_nor_on_the_day_it_ends_R18(self) -> None:
        days = Days(ON, ON + timedelta(days=1))

        assert open_parts(days, [Given(Part.GOALS, BEFORE)], on=ON, at=AT) == {Part.GOALS}
        assert not open_parts(days, [Given(Part.GOALS, BEFORE)], on=ON - timedelta(days=1), at=AT)
        assert not open_parts(days, [Given(Part.GOALS, BEFORE)], on=ON + timedelta(days=1), at=AT)

    @given(st.sets(st.sampled_from(list(Part))))
    def test_nobody_cancels_what_she_may_not_see(self, parts: set[Part]) -> None:
        opened = open_parts(Days(ON), [Given(part, BEFORE) for part in parts], on=ON, at=AT)

        assert opened <= parts
        assert Part.CANCEL not in opened or Part.VISITS in opened
        assert bool(lacking(parts)) == (Part.CANCEL in parts and Part.VISITS not in parts)


def test_every_part_opens_a_permission_of_its_own_R18() -> None:
    assert set(OPENED_BY) == set(Part)
    assert len({one.code for one in OPENED_BY.values()}) == len(Part)
