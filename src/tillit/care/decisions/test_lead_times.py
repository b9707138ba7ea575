"""How long cases take: the example of docs/how-we-count/lead-times.md, and what always holds."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tillit.care.decisions.rules import lead_times
from tillit.care.decisions.rules.lead_times import CaseTimes, Spread

DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))


def november() -> dict[str, CaseTimes]:
    """The five decisions of the page."""

    def day(month: int, number: int) -> date:
        return date(2026, month, number)

    return {
        "A": CaseTimes(received_on=day(11, 2), decided_on=day(11, 12), notified_on=day(11, 13), started_on=day(11, 16)),
        "B": CaseTimes(received_on=day(10, 5), decided_on=day(11, 5), notified_on=day(11, 6), started_on=day(11, 9)),
        "C": CaseTimes(received_on=day(10, 1), decided_on=day(11, 3), notified_on=day(11, 4)),
        "D": CaseTimes(
            received_on=day(10, 1),
            decided_on=day(11, 18),
            interim_by=day(11, 20),
            notified_on=day(11, 20),
            started_on=day(11, 23),
        ),
        "E": CaseTimes(
            received_on=day(11, 16),
            decided_on=day(11, 20),
            notified_on=day(11, 20),
            started_on=day(11, 16),
            urgent_on=day(11, 16),
        ),
    }


class TestTheExample:
    def test_to_decision(self) -> None:
        assert lead_times.spread(map(lead_times.to_decision, november().values())) == Spread(5, 31.0, 48)

    def test_in_time(self) -> None:
        timely = {name: lead_times.in_time(times) for name, times in november().items()}

        assert timely == {"A": True, "B": True, "C": False, "D": True, "E": True}

    def test_to_notice_start_and_urgent(self) -> None:
        times = november().values()

        assert lead_times.spread(map(lead_times.to_notice, times)) == Spread(5, 1.0, 2)
        assert lead_times.spread(map(lead_times.to_start, times)) == Spread(4, 3.0, 3)
        assert lead_times.spread(map(lead_times.before_decision, times)) == Spread(1, 4.0, 4)


class TestSpread:
    def test_nothing_is_nothing(self) -> None:
        assert lead_times.spread([None, None]) is None

    @given(st.lists(st.integers(0, 400), min_size=1, max_size=60))
    def test_nine_tenths_are_within_and_it_happened(self, days: list[int]) -> None:
        found = lead_times.spread(days)

        assert found is not None and found.nine_of_ten in days
        assert sum(day <= found.nine_of_ten for day in days) * 10 >= 9 * len(days)
        assert min(days) <= found.median <= found.nine_of_ten or found.median <= max(days)
        assert sum(day <= found.median for day in days) * 2 >= len(days)
        assert sum(day >= found.median for day in days) * 2 >= len(days)

    @given(DAYS, DAYS)
    def test_days_are_never_below_nought(self, first: date, last: date) -> None:
        assert lead_times.days_between(first, last) == max(0, (last - first).days)

    @given(DAYS, st.integers(0, 60))
    def test_a_month_is_the_limit_without_a_reply(self, received: date, days: int) -> None:
        times = CaseTimes(received_on=received, decided_on=received + timedelta(days=days))

        assert lead_times.in_time(times) if days <= 28 else True
        if days > 31:
            assert not lead_times.in_time(times)


class TestHidden:
    @pytest.mark.parametrize(
        ("counts", "hidden"),
        [
            ((12, 7, 0), (False, False, False)),
            ((12, 7, 3), (False, True, True)),  # 3 could be found by subtraction, so the next smallest goes too
            ((12, 4, 3), (False, True, True)),
            ((3,), (True,)),
            ((0, 2, 9), (False, True, True)),
        ],
    )
    def test_small_groups(self, counts: tuple[int, ...], hidden: tuple[bool, ...]) -> None:
        assert lead_times.hidden(counts) == hidden

    @given(st.lists(st.integers(0, 30), min_size=2, max_size=8))
    def test_no_small_group_can_be_worked_out(self, counts: list[int]) -> None:
        hidden = lead_times.hidden(counts)
        shown = [count for count, hide in zip(counts, hidden, strict=True) if not hide]

        assert all(count == 0 or count >= 5 for count in shown)
        assert sum(hidden) != 1 or sum(count > 0 for count in counts) == 1
