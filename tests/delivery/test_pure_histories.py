"""The protocol's rules, in thousands of histories: exactly once, in order, nothing lost (R14)."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.delivery.histories import STEPS, History, verify
from tests.delivery.pure import PureServer

STEP = st.tuples(st.integers(0, STEPS - 1), st.integers(0, 11), st.integers(0, 89))


@settings(max_examples=2500, deadline=None)
@given(st.lists(STEP, max_size=40))
def test_whatever_happens_each_thing_is_done_once_in_order_and_nothing_is_lost_R14(
    program: list[tuple[int, int, int]],
) -> None:
    history = History(PureServer())
    history.play(program)
    verify(history)
