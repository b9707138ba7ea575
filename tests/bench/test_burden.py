"""The table of presses: the least is reckoned by one rule, and what cannot be done is said."""

from dataclasses import replace

from bench.burden.hands import Count
from bench.burden.table import lines
from bench.burden.tasks import TASKS
from bench.burden.walking import Walk

CHANGED = next(task for task in TASKS if task.name == "Noe har endret seg")


def test_the_least_is_a_press_for_each_choice_and_field_and_one_that_sends() -> None:
    assert (CHANGED.least, CHANGED.least_fields) == (3, 2)  # by hand in docs/how-we-count/burden.md
    words_alone = replace(CHANGED, choices=0, texts=1)
    assert (words_alone.least, words_alone.least_fields) == (2, 1)


def test_what_cannot_be_done_is_named_and_not_counted() -> None:
    said = "\n".join(lines([Walk(CHANGED, Count(presses=6)), Walk(TASKS[0], Count(presses=1), "nothing was stored")]))

    assert f"{TASKS[0].name}: nothing was stored" in said
    together = next(line for line in said.splitlines() if line.startswith("together"))
    assert together.split()[1:] == ["6", "3", "2.0"]
