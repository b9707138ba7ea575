"""Which look-ups somebody should ask about, without a database."""

from tillit.pages.oversight.rules.unusual import (
    MANY,
    NEAR_DAYS,
    NIGHT_ENDS,
    NIGHT_STARTS,
    SAMPLE,
    SEVERAL_REFUSED,
    Employee,
    Finding,
    Look,
    Person,
    Refused,
    Rule,
    findings,
)

__all__ = [
    "MANY", "NEAR_DAYS", "NIGHT_ENDS", "NIGHT_STARTS", "SAMPLE", "SEVERAL_REFUSED", "Employee", "Finding", "Look",
    "Person", "Refused", "Rule", "findings",
]  # fmt: skip
