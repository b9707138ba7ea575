"""What of a merge can be put back, row by row."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from tillit.care.citizens.rules import Fate, MovedRow, Stored, as_stored, fate_of, mark_of

VALUES: st.SearchStrategy[Stored] = st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5))
HOME = MovedRow(7, {"citizen_id": (12, 34), "valid_to": (None, "2026-11-23")}, mark="abc")


class TestFateOf:
    def test_what_stands_as_the_merge_left_it_goes_back_whole(self) -> None:
        now: dict[str, Stored] = {"citizen_id": 34, "valid_to": "2026-11-23"}

        assert fate_of(HOME, now, mark="abc") == (Fate.BACK, {"citizen_id": 12, "valid_to": None})

    def test_a_value_people_have_changed_since_is_kept(self) -> None:
        now: dict[str, Stored] = {"citizen_id": 34, "valid_to": "2026-11-20"}

        assert fate_of(HOME, now, mark="abc") == (Fate.KEPT, {"citizen_id": 12})

    def test_what_was_worked_with_or_hangs_elsewhere_stays_whole(self) -> None:
        now: dict[str, Stored] = {"citizen_id": 34, "valid_to": "2026-11-23"}

        assert fate_of(HOME, now, mark="abd") == (Fate.CHANGED, {})
        assert fate_of(HOME, {**now, "citizen_id": 56}, mark="abc") == (Fate.CHANGED, {})
        assert fate_of(HOME, None) == (Fate.GONE, {})

    @given(st.dictionaries(st.sampled_from(["citizen_id", "valid_to", "slot"]), st.tuples(VALUES, VALUES), min_size=1))
    def test_nothing_but_what_it_was_is_ever_written(self, fields: dict[str, tuple[Stored, Stored]]) -> None:
        as_left: dict[str, Stored] = {name: became for name, (_was, became) in fields.items()}

        assert fate_of(MovedRow(1, fields), as_left) == (Fate.BACK, {name: was for name, (was, _now) in fields.items()})


class TestMark:
    def test_differs_when_a_value_does_and_keeps_no_value(self) -> None:
        one = mark_of({"text": "Fallfare", "valid_to": None})

        assert one == mark_of({"valid_to": None, "text": "Fallfare"})
        assert one != mark_of({"text": "Fallfare", "valid_to": date(2026, 11, 23)})
        assert "Fall" not in one and mark_of({}) == ""

    def test_days_and_moments_are_kept_in_iso(self) -> None:
        assert as_stored(date(2026, 3, 29)) == "2026-03-29"
        assert as_stored(datetime(2026, 10, 25, 1, 30, tzinfo=UTC)) == "2026-10-25T01:30:00+00:00"
