"""What `./run demo` does before it serves: makes the municipality once, keeps it afterwards."""

from collections.abc import Callable

from tillit.demo.emptiness import is_empty
from tillit.demo.generate import generate
from tillit.demo.story.money import bring_in_money
from tillit.demo.story.own_figure import define_one
from tillit.demo.story.trying import try_something
from tillit.foundation.access.actor import system
from tillit.kernel import clock, oslo
from tillit.learning.insight.actions.counting import count_figures


def prepare(*, seed: int, scale: float, say: Callable[[str], None]) -> bool:
    """Make Fjordvik around today when the database is empty. Returns whether it was made.

    say: told in a sentence what is going on, for a person who waits.
    """
    if not is_empty():
        return False
    say("Making the municipality of Fjordvik: six months of home care. This takes less than a minute …")
    made = generate(seed=seed, anchor=oslo.day_of(clock.now()), scale=scale)
    define_one(oslo.day_of(clock.now()))
    bring_in_money(oslo.day_of(clock.now()))
    count_figures(actor=system("demo"), at=clock.now())
    try_something(oslo.day_of(clock.now()))
    say(f"{made.citizens} citizens, {made.employees} employees, {made.visits} visits.")
    return True
