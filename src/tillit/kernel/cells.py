"""What may stand in a cell of a sheet that somebody opens: a text never becomes a formula there."""

import re

#: Signs that no workbook can hold (ECMA-376: control signs but tab, line feed and carriage return).
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""How a formula begins, also when the sheet is saved as CSV; the last four are the wide signs of East Asia."""


def safe(value: object) -> object:
    """Return the value as it may stand in a cell.

    A text that looks like a formula gets an apostrophe in front; signs that no workbook can hold are left out.
    """
    return safe_text(value) if isinstance(value, str) else value


def safe_text(value: str) -> str:
    """Return a text as it may stand in a cell."""
    text = _ILLEGAL.sub("", value)
    return f"'{text}" if text.lstrip(" ").startswith(_LIKE_A_FORMULA) else text
