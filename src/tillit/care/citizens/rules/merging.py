"""Two registrations that turn out to be one person: which number holds, and what can stand in the way."""

from dataclasses import dataclass
from enum import StrEnum

from tillit.kernel.national_id import IdKind

#: Given once and for life: one person never has two.
_FOR_LIFE = IdKind.FNR


class MergeProblem(StrEnum):
    """Why two registrations are not put together."""

    SAME = "same"
    TWO_NUMBERS = "two-numbers"
    DEAD_AND_ALIVE = "dead-and-alive"


@dataclass(frozen=True, slots=True)
class Registration:
    """What matters of one registration: the kind of its number (UNKNOWN: none), and whether she is dead."""

    citizen_id: int
    number_kind: str
    is_dead: bool = False


def problem_of(wrong: Registration, right: Registration) -> MergeProblem | None:
    """Return what stands in the way, or None.

    Two fødselsnummer are two persons. A D-number and a fødselsnummer may well be one: it is replaced when somebody
    settles. Dead in one and alive in the other must be corrected first, by somebody who knows.
    """
    if wrong.citizen_id == right.citizen_id:
        return MergeProblem.SAME
    if wrong.number_kind == right.number_kind == _FOR_LIFE:
        return MergeProblem.TWO_NUMBERS
    if wrong.is_dead != right.is_dead:
        return MergeProblem.DEAD_AND_ALIVE
    return None


_RANK = (IdKind.UNKNOWN, IdKind.FHN, IdKind.HNR, IdKind.DUF, IdKind.DNR, IdKind.FNR)


def is_better(number_kind: str, *, than: str) -> bool:
    """Whether a number tells more surely who somebody is than another does."""
    return _RANK.index(IdKind(number_kind)) > _RANK.index(IdKind(than))
