"""The help by the plan before and after a course, in minutes a week. docs/how-we-count/services-before-after.md."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Services:
    """Minutes of help in an average week by the plan that held; None: no plan held.

    before: the day before the course. at_end: the day after its last day; None while it runs. now: today.
    """

    before: Decimal | None
    at_end: Decimal | None
    now: Decimal | None

    @property
    def change(self) -> Decimal | None:
        """Now less before; None when one of them is not known."""
        return None if self.before is None or self.now is None else self.now - self.before
