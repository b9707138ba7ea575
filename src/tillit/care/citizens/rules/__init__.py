"""What holds about citizens, without a database."""

from tillit.care.citizens.rules.age import age
from tillit.care.citizens.rules.correcting import Difference, Facts, as_text, differences
from tillit.care.citizens.rules.days import may_replace
from tillit.care.citizens.rules.finding import search_name
from tillit.care.citizens.rules.following import Follower, to_stop
from tillit.care.citizens.rules.home import HomeText
from tillit.care.citizens.rules.identity import Identity, IdentityProblem, IdentityRefused, Numbers, identity
from tillit.care.citizens.rules.merging import MergeProblem, Registration, is_better, problem_of
from tillit.care.citizens.rules.protecting import shows_address
from tillit.care.citizens.rules.reaching import (
    DANGER,
    DEFAULT_TERMS,
    NEVER_BROKEN,
    Bar,
    Barrier,
    Between,
    Emergency,
    Followed,
    Reader,
    Terms,
    ground_of,
    is_barred,
    may_open,
)
from tillit.care.citizens.rules.responsible import may_answer
from tillit.care.citizens.rules.taking_in import NOBODY, Kin, LeftOut, Standing, Steps, Told, Worker, steps
from tillit.care.citizens.rules.undoing import Fate, MovedRow, Stored, as_stored, fate_of, mark_of
from tillit.care.citizens.rules.whereabouts import overlaps
from tillit.foundation.access.grounds import Ground

__all__ = [
    "DANGER",
    "DEFAULT_TERMS",
    "NEVER_BROKEN",
    "NOBODY",
    "Bar",
    "Barrier",
    "Between",
    "Difference",
    "Emergency",
    "Facts",
    "Fate",
    "Followed",
    "Follower",
    "Ground",
    "HomeText",
    "Identity",
    "IdentityProblem",
    "IdentityRefused",
    "Kin",
    "LeftOut",
    "MergeProblem",
    "MovedRow",
    "Numbers",
    "Reader",
    "Registration",
    "Standing",
    "Steps",
    "Stored",
    "Terms",
    "Told",
    "Worker",
    "age",
    "as_stored",
    "as_text",
    "differences",
    "fate_of",
    "ground_of",
    "identity",
    "is_barred",
    "is_better",
    "mark_of",
    "may_answer",
    "may_open",
    "may_replace",
    "overlaps",
    "problem_of",
    "search_name",
    "shows_address",
    "steps",
    "to_stop",
]
