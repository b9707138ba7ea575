"""Who is known, for all rows at once, is what one finds by going through each row."""

from datetime import UTC, datetime, timedelta

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from measures.continuity.known import earlier_visits
from measures.continuity.visits import read_visits

ROW = st.tuples(st.integers(97, 102), st.integers(8, 11), st.integers(0, 24 * 40))
"""Citizen, employee, hour: numbers with two and three figures, whose order as text is another."""


@settings(deadline=None)
@given(st.lists(ROW, max_size=60))
def test_earlier_visits_are_those_of_the_28_days_before_by_the_same_one(rows: list[tuple[int, int, int]]) -> None:
    start = datetime(2026, 3, 1, tzinfo=UTC)
    told = [(str(no), str(user), str(carer), start + timedelta(hours=at)) for no, (user, carer, at) in enumerate(rows)]
    columns: dict[str, pl.DataType | type[pl.DataType]] = {
        "visit": pl.String,
        "user": pl.String,
        "carer": pl.String,
        "start": pl.Datetime("us", "UTC"),
    }
    kept, _ = read_visits(pl.DataFrame(told, schema=columns, orient="row"), ids=("visit",))
    each = kept.select("user", "carer", "begun").rows()

    found = earlier_visits(kept, before_days=28).to_list()

    assert found == [
        sum((user, carer) == other[:2] and at - timedelta(days=28) <= other[2] < at for other in each)
        for user, carer, at in each
    ]
