"""What holds about citizens, without a database."""

from tillit.care.citizens.rules.age import age
from tillit.care.citizens.rules.correcting import Difference, Facts, as_text, differences
from tillit.care.citizens.rules.days import may_replace
from tillit.care.citizens.rules.following import Follower, to_stop
from tillit.care.citizens.rules.identity import Identity, IdentityProblem, IdentityRefused, Numbers, identity
from tillit.care.citizens.rules.merging import MergeProblem, Registration, is_better, problem_of
from tillit.care.citizens.rules.responsible import may_answer
from tillit.care.citizens.rules.whereabouts import overlaps

__all__ = [
    "Difference",
    "Facts",
    "Follower",
    "Identity",
    "IdentityProblem",
    "IdentityRefused",
    "MergeProblem",
    "Numbers",
    "Registration",
    "age",
    "as_text",
    "differences",
    "identity",
    "is_better",
    "may_answer",
    "may_replace",
    "overlaps",
    "problem_of",
    "to_stop",
]
