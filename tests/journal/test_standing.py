"""What stands in a journal is what counts of a visit: two rules on two floors that must agree."""

from hypothesis import given
from hypothesis import strategies as st

from tillit.care.journal.rules.standing import Written, standing
from tillit.care.visits.rules.reports import Said, counting


class TestStanding:
    @given(st.lists(st.booleans(), max_size=12))
    def test_agrees_with_which_report_of_a_visit_counts(self, undone: list[bool]) -> None:
        """Each press corrects, or takes back, the report that counted when it came: as `report_visit` signs them."""
        said: list[Said] = []
        entries: list[Written] = []
        for number, undo in enumerate(undone, start=1):
            before = counting(said)
            if undo and before is None:
                continue
            said.append(Said(number, "UNDONE" if undo else "DIFFERENT"))
            entries.append(Written(number, before.report_id if before else None, undo))

        counted = counting(said)
        assert standing(entries) == ({counted.report_id} if counted else frozenset())
