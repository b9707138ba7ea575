"""What a team wants proposals to weigh, in words it uses itself: five things, each a little, as usual, or much.

It comes on top of the choice of what counts most (rules.presets), and never touches what is hard: competence that a
visit requires, wishes that must be kept, who is left without.
"""

from collections.abc import Mapping
from enum import StrEnum

from tillit.kernel.editions import edition_of


class Thing(StrEnum):
    """What can count more or less."""

    FACES = "FACES"
    """Known faces: that citizens meet people who have been there, and few of them."""
    COMPETENCE = "COMPETENCE"
    """That those with more training are kept for what needs it."""
    TRAVEL = "TRAVEL"
    """Short ways."""
    TIMES = "TIMES"
    """The times citizens wish."""
    FAIR = "FAIR"
    """That the load is even."""


class Step(StrEnum):
    """How much."""

    LITTLE = "LITTLE"
    USUAL = "USUAL"
    MUCH = "MUCH"


Steps = Mapping[Thing, Step]
AS_USUAL: Steps = dict.fromkeys(Thing, Step.USUAL)


def read(written: Mapping[str, str]) -> dict[Thing, Step]:
    """Return the steps that a form or a stored row names; what is missing or unknown is as usual."""
    known = set(Step)
    return {thing: Step(written[thing]) if written.get(thing) in known else Step.USUAL for thing in Thing}


def edition(steps: Steps) -> int:
    """Return which edition of the steps this is: another when any of them is another."""
    return edition_of(*(steps[thing].value for thing in Thing))


def is_usual(steps: Steps) -> bool:
    """Whether nothing counts more or less than usual."""
    return all(step is Step.USUAL for step in steps.values())
