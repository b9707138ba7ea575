"""What holds about citizens, without a database."""

from tillit.care.citizens.rules.age import age
from tillit.care.citizens.rules.days import may_replace
from tillit.care.citizens.rules.following import Follower, to_stop
from tillit.care.citizens.rules.identity import Identity, IdentityProblem, IdentityRefused, Numbers, identity
from tillit.care.citizens.rules.responsible import may_answer
from tillit.care.citizens.rules.whereabouts import overlaps

__all__ = [
    "Follower",
    "Identity",
    "IdentityProblem",
    "IdentityRefused",
    "Numbers",
    "age",
    "identity",
    "may_answer",
    "may_replace",
    "overlaps",
    "to_stop",
]
