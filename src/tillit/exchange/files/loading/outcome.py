"""How many rows are new, changed and as before, and what is wrong with them."""

from dataclasses import dataclass, field

from tillit.exchange.files.checking import Problem


@dataclass(slots=True)
class Outcome:
    """Counts of things (people, shifts, plans), not of rows; a person on two rows is one."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)

    def add(self, other: "Outcome") -> None:
        """Add another outcome to this one."""
        self.created += other.created
        self.changed += other.changed
        self.unchanged += other.unchanged
        self.problems += other.problems

    def as_json(self) -> dict[str, int]:
        """Return the counts."""
        return {"created": self.created, "changed": self.changed, "unchanged": self.unchanged}
