"""Which numbers of persons are accepted where. Real numbers stay out of tests, invented ones out of production."""

from dataclasses import dataclass
from enum import StrEnum

from tillit.kernel import national_id
from tillit.kernel.national_id import IdKind, UnreadableNationalId


class Numbers(StrEnum):
    """Which numbers an installation accepts (setting; see standards §3)."""

    REAL = "REAL"  # production
    SYNTHETIC = "SYNTHETIC"  # demo and tests


class IdentityProblem(StrEnum):
    """Why a number is not accepted."""

    NOT_DIGITS = "not-digits"
    LENGTH = "length"
    DATE = "date"
    CONTROL = "control"
    SYNTHETIC_IN_PRODUCTION = "synthetic-in-production"
    REAL_IN_TEST = "real-in-test"


class IdentityRefused(ValueError):
    """The number cannot be used here. Holds the reason, never the number."""

    def __init__(self, problem: IdentityProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Identity:
    """A number that identifies, or UNKNOWN with no value."""

    kind: IdKind
    value: str


#: A national or D-number with the birth date unmarked belongs to somebody; H-, FH- and DUF numbers are given locally
#: and share their form with invented ones, so nothing in them tells the two apart.
_BELONGS_TO_SOMEBODY = frozenset({IdKind.FNR, IdKind.DNR})


def identity(text: str, *, numbers: Numbers) -> Identity:
    """Return the identity in `text`; blank text is somebody whose identity is not known yet.

    Raises IdentityRefused. Neither sex nor date of birth is read from the number.
    """
    if not text.strip():
        return Identity(IdKind.UNKNOWN, "")
    try:
        found = national_id.read(text)
    except UnreadableNationalId as unreadable:
        raise IdentityRefused(IdentityProblem(unreadable.reason)) from None
    if found.is_synthetic and numbers is Numbers.REAL:
        raise IdentityRefused(IdentityProblem.SYNTHETIC_IN_PRODUCTION)
    if not found.is_synthetic and numbers is Numbers.SYNTHETIC and found.kind in _BELONGS_TO_SOMEBODY:
        raise IdentityRefused(IdentityProblem.REAL_IN_TEST)
    return Identity(found.kind, found.value)
