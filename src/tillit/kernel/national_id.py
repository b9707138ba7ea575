"""Norwegian numbers of persons, checked by their control digits.

Source: Skatteetaten's rules for fødselsnummer and D-nummer, with the second rule that applies from 2032, in which
the first control digit may leave remainder 0–3. Neither sex nor date of birth is ever read from a number.
"""

from dataclasses import dataclass
from enum import StrEnum

_WEIGHTS_1 = (3, 7, 6, 1, 8, 9, 4, 5, 2)
_WEIGHTS_2 = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_REMAINDERS_FROM_2032 = frozenset({0, 1, 2, 3})
_DAYS_IN_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class IdKind(StrEnum):
    """What sort of number identifies a person."""

    FNR = "FNR"  # fødselsnummer
    DNR = "DNR"  # D-nummer: day + 40
    HNR = "HNR"  # H-nummer: month + 40, given by a hospital or municipality
    FHN = "FHN"  # felles hjelpenummer: 11 digits starting with 8 or 9
    DUF = "DUF"  # 12 digits
    UNKNOWN = "UNKNOWN"  # no number: identity not known yet


@dataclass(frozen=True, slots=True)
class NationalId:
    """A number with control digits that fit."""

    value: str
    kind: IdKind
    is_synthetic: bool  # issued for tests (Tenor: month + 80, Dolly and H: month + 40, NHN: month + 65)


class UnreadableNationalId(ValueError):
    """The number cannot be a Norwegian number of a person. `reason` is one of the codes below."""

    NOT_DIGITS = "not-digits"
    LENGTH = "length"
    DATE = "date"
    CONTROL = "control"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def read(text: str) -> NationalId:
    """Return the number in `text`, blanks ignored.

    Raises UnreadableNationalId with the reason. H-numbers and Dolly's synthetic numbers share a form (month + 40);
    they are returned as HNR and counted as synthetic only where the caller knows better.
    """
    value = "".join(text.split())
    if not value.isascii() or not value.isdigit():
        raise UnreadableNationalId(UnreadableNationalId.NOT_DIGITS)
    if len(value) == 12:
        return NationalId(value, IdKind.DUF, is_synthetic=False)
    if len(value) != 11:
        raise UnreadableNationalId(UnreadableNationalId.LENGTH)
    if not _control_digits_fit(value):
        raise UnreadableNationalId(UnreadableNationalId.CONTROL)
    if value[0] in "89":
        return NationalId(value, IdKind.FHN, is_synthetic=False)
    return _with_date(value)


def is_valid(text: str) -> bool:
    """Whether `read` accepts the number."""
    try:
        read(text)
    except UnreadableNationalId:
        return False
    return True


def is_valid_organisation_number(text: str) -> bool:
    """Whether nine digits fit the control digit of Brønnøysundregistrene (weights 3 2 7 6 5 4 3 2)."""
    if len(text) != 9 or not text.isascii() or not text.isdigit():
        return False
    digits = [int(sign) for sign in text]
    total = sum(weight * digit for weight, digit in zip((3, 2, 7, 6, 5, 4, 3, 2), digits, strict=False))
    control = (11 - total % 11) % 11
    return control != 10 and control == digits[8]


def synthetic(*, day: int, month: int, year: int, serial: int) -> str | None:
    """Return a Tenor-style synthetic number (month + 80), or None when this serial gives no valid control digit.

    serial: 0–999, the three digits after the date. For invented people only.
    """
    nine = f"{day:02d}{month + 80:02d}{year % 100:02d}{serial:03d}"
    first = (11 - _weighted(nine, _WEIGHTS_1) % 11) % 11
    if first == 10:
        return None
    second = (11 - _weighted(f"{nine}{first}", _WEIGHTS_2) % 11) % 11
    return None if second == 10 else f"{nine}{first}{second}"


def _weighted(digits: str, weights: tuple[int, ...]) -> int:
    return sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=True))


def _control_digits_fit(value: str) -> bool:
    first = (_weighted(value[:9], _WEIGHTS_1) + int(value[9])) % 11
    second = (_weighted(value[:10], _WEIGHTS_2) + int(value[10])) % 11
    return first in _REMAINDERS_FROM_2032 and second == 0


def _with_date(value: str) -> NationalId:
    day, month = int(value[:2]), int(value[2:4])
    kind = IdKind.FNR
    if day > 40:
        kind, day = IdKind.DNR, day - 40
    is_synthetic = False
    if month > 80:
        month, is_synthetic = month - 80, True
    elif month > 65:
        month, is_synthetic = month - 65, True
    elif month > 40:
        month -= 40
        if kind is IdKind.FNR:
            kind = IdKind.HNR
        else:
            is_synthetic = True
    if not 1 <= month <= 12 or not 1 <= day <= _DAYS_IN_MONTH[month - 1]:
        raise UnreadableNationalId(UnreadableNationalId.DATE)
    return NationalId(value, kind, is_synthetic)
