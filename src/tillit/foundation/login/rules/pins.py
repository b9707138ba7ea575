"""Whether a PIN is worth having. Three wrong tries throw it away: four digits do, if they are not the first guessed."""

SHORTEST, LONGEST = 4, 8
_UP = "0123456789012345"
_OFTEN = frozenset({"1212", "2580", "1004", "6969", "1122", "1313", "4321", "2000", "2001", "1998", "1990", "1984"})


def is_good(pin: str) -> bool:
    """Whether a PIN is 4 to 8 digits, and neither a row, one digit over and over, nor one that many choose."""
    if not (pin.isascii() and pin.isdecimal() and SHORTEST <= len(pin) <= LONGEST):
        return False
    return len(set(pin)) > 1 and pin not in _UP and pin[::-1] not in _UP and pin not in _OFTEN
